import { receive, toHostSchema, type ShownView, type ToHost, type ToWebview } from "@bedrock-tiers/protocol"
import * as vscode from "vscode"
import { webviewHtml } from "./webview-html"

export const MAIN_VIEW_ID = "bedrock-tiers.main"

/** The extension's view in the side bar. It passes messages between the webview and the session and validates them. */
export class MainView implements vscode.WebviewViewProvider {
	readonly #folder: vscode.Uri
	readonly #attachments: vscode.Uri
	readonly #onMessage: (message: ToHost) => Promise<void>
	#webview: vscode.Webview | undefined
	/** Whether the webview has loaded and is visible, so that posted messages arrive. */
	#isLive = false
	/** Messages to post when the webview has loaded. */
	#pending: ToWebview[] = []

	/**
	 * @param folder folder of the built webview
	 * @param attachments folder of the images in the chats; the webview can load files from these two folders only
	 * @param onMessage called with valid messages only
	 */
	constructor(folder: vscode.Uri, attachments: vscode.Uri, onMessage: (message: ToHost) => Promise<void>) {
		this.#folder = folder
		this.#attachments = attachments
		this.#onMessage = onMessage
	}

	resolveWebviewView(view: vscode.WebviewView): void {
		const { webview } = view
		this.#webview = webview
		this.#isLive = false
		webview.options = { enableScripts: true, localResourceRoots: [this.#folder, this.#attachments] }
		const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#folder, file)).toString()
		webview.onDidReceiveMessage((value: unknown) => this.#receive(value))
		view.onDidDispose(() => {
			if (this.#webview !== webview) return
			this.#webview = undefined
			this.#isLive = false
		})
		// VS Code destroys the webview's document when the view is hidden and loads it again when the view is shown.
		view.onDidChangeVisibility(() => {
			if (!view.visible) this.#isLive = false
		})
		webview.html = webviewHtml({
			cspSource: webview.cspSource,
			scriptUri: uri("main.js"),
			styleUri: uri("main.css"),
			attachmentsUri: webview.asWebviewUri(this.#attachments).toString(),
			language: vscode.env.language,
		})
	}

	/** Posts a message. It is dropped when there is no webview: a new webview receives the whole state. */
	post(message: ToWebview): void {
		void this.#webview?.postMessage(message)
	}

	/** Opens the view and shows the given part of it. */
	async show(view: ShownView): Promise<void> {
		this.postWhenLive({ type: "show", view })
		await vscode.commands.executeCommand(`${MAIN_VIEW_ID}.focus`)
	}

	/** Posts a message as soon as a webview has loaded. For messages that are not part of the state. */
	postWhenLive(message: ToWebview): void {
		if (this.#isLive) this.post(message)
		else this.#pending.push(message)
	}

	async #receive(value: unknown): Promise<void> {
		const received = receive(toHostSchema, value)
		if (!received.ok) {
			const { requestId, field, details } = received
			return this.post({ type: "refused", requestId, field, details })
		}
		await this.#onMessage(received.message)
		if (received.message.type !== "ready") return
		this.#isLive = true
		for (const message of this.#pending.splice(0)) this.post(message)
	}
}
