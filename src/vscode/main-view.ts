import { receive, toHostSchema, type ShownView, type ToHost, type ToWebview } from "@bedrock-tiers/protocol"
import * as vscode from "vscode"
import { webviewHtml } from "./webview-html"

export const MAIN_VIEW_ID = "bedrock-tiers.main"

/** The extension's view in the side bar: carries messages between the webview and the session, checked both ways. */
export class MainView implements vscode.WebviewViewProvider {
	readonly #folder: vscode.Uri
	readonly #attachments: vscode.Uri
	readonly #onMessage: (message: ToHost) => Promise<void>
	#webview: vscode.Webview | undefined
	/** Its page has started and is not hidden: what is posted arrives. */
	#isLive = false
	/** For a page that is not there yet. */
	#pending: ToWebview[] = []

	/**
	 * @param folder where the built webview lies
	 * @param attachments where the images lie that it shows; it may load from these two, and from nowhere else
	 * @param onMessage called with messages that fit only
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
		// A hidden view loses its page, and gets a new one when it is shown.
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

	/** Dropped when no webview is there: it gets the whole state when it comes. */
	post(message: ToWebview): void {
		void this.#webview?.postMessage(message)
	}

	/** Opens the view and shows the part that is asked for. */
	async show(view: ShownView): Promise<void> {
		this.postWhenLive({ type: "show", view })
		await vscode.commands.executeCommand(`${MAIN_VIEW_ID}.focus`)
	}

	/** Waits for a page, where there is none: for what the whole state does not hold. */
	postWhenLive(message: ToWebview): void {
		if (this.#isLive) this.post(message)
		else this.#pending.push(message)
	}

	async #receive(value: unknown): Promise<void> {
		const received = receive(toHostSchema, value)
		if (!received.ok) {
			const { requestId, field, problem } = received
			return this.post({ type: "refused", requestId, field, message: problem })
		}
		await this.#onMessage(received.message)
		if (received.message.type !== "ready") return
		this.#isLive = true
		for (const message of this.#pending.splice(0)) this.post(message)
	}
}
