import { receive, toHostSchema, type ShownView, type ToHost, type ToWebview } from "@bedrock-tiers/protocol"
import * as vscode from "vscode"
import { webviewHtml } from "./webview-html"

export const MAIN_VIEW_ID = "bedrock-tiers.main"

/** The extension's view in the side bar: carries messages between the webview and the session, checked both ways. */
export class MainView implements vscode.WebviewViewProvider {
	readonly #folder: vscode.Uri
	readonly #onMessage: (message: ToHost) => Promise<void>
	#webview: vscode.Webview | undefined
	/** The webview listens: what is posted before is lost. */
	#isReady = false
	/** Asked for before the webview was ready. */
	#pendingShow: Extract<ToWebview, { type: "show" }> | undefined

	/**
	 * @param folder where the built webview lies
	 * @param onMessage called with messages that fit only
	 */
	constructor(folder: vscode.Uri, onMessage: (message: ToHost) => Promise<void>) {
		this.#folder = folder
		this.#onMessage = onMessage
	}

	resolveWebviewView(view: vscode.WebviewView): void {
		const { webview } = view
		this.#webview = webview
		this.#isReady = false
		webview.options = { enableScripts: true, localResourceRoots: [this.#folder] }
		const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#folder, file)).toString()
		webview.onDidReceiveMessage((value: unknown) => this.#receive(value))
		// What is hidden is taken down, and says that it is ready when it is built again.
		view.onDidChangeVisibility(() => {
			if (!view.visible) this.#isReady = false
		})
		view.onDidDispose(() => {
			if (this.#webview !== webview) return
			this.#webview = undefined
			this.#isReady = false
		})
		webview.html = webviewHtml({
			cspSource: webview.cspSource,
			scriptUri: uri("main.js"),
			styleUri: uri("main.css"),
			language: vscode.env.language,
		})
	}

	/** Dropped when no webview is there: it gets the whole state when it comes. */
	post(message: ToWebview): void {
		void this.#webview?.postMessage(message)
	}

	/** Opens the view and shows the part that is asked for. */
	async show(view: ShownView): Promise<void> {
		const message = { type: "show", view } as const
		if (this.#isReady) this.post(message)
		else this.#pendingShow = message
		await vscode.commands.executeCommand(`${MAIN_VIEW_ID}.focus`)
	}

	async #receive(value: unknown): Promise<void> {
		const received = receive(toHostSchema, value)
		if (!received.ok) {
			const { requestId, field, problem } = received
			return this.post({ type: "refused", requestId, field, message: problem })
		}
		await this.#onMessage(received.message)
		if (received.message.type !== "ready") return
		this.#isReady = true
		if (!this.#pendingShow) return
		this.post(this.#pendingShow)
		this.#pendingShow = undefined
	}
}
