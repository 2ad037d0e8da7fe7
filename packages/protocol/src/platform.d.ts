/** The one platform object that this room uses; the extension host and the webview both have it. */
declare class URL {
	constructor(text: string)
	readonly protocol: string
	readonly hostname: string
	readonly username: string
	readonly password: string
}
