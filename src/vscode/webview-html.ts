import { randomBytes } from "node:crypto"

export type WebviewResources = {
	/** Value of `webview.cspSource`. */
	readonly cspSource: string
	readonly scriptUri: string
	readonly styleUri: string
	readonly language: string
	/** URI of the folder with the images of the chats. */
	readonly attachmentsUri: string
}

/** HTML of the webview: no remote content, inline scripts or `eval`. The UI toolkit needs inline styles. */
export function webviewHtml(resources: WebviewResources): string {
	const { cspSource, scriptUri, styleUri, language, attachmentsUri } = resources
	const nonce = randomBytes(16).toString("base64")
	const policy = [
		"default-src 'none'",
		// `default-src` does not apply to these two directives.
		"base-uri 'none'",
		"form-action 'none'",
		`img-src ${cspSource}`,
		`font-src ${cspSource}`,
		`style-src ${cspSource} 'unsafe-inline'`,
		`script-src 'nonce-${nonce}' ${cspSource}`,
	].join("; ")
	return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${styleUri}">
<title>Bedrock Tiers</title>
</head>
<body>
<div id="root" data-attachments="${attachmentsUri}"></div>
<script type="module" nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>`
}
