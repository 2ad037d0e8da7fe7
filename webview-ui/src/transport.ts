import {
	receive,
	toHostSchema,
	toWebviewSchema,
	type Received,
	type ToHost,
	type ToWebview,
} from "@bedrock-tiers/protocol"

/** Connection to the extension host. Messages are validated in both directions: no invalid one is posted or applied. */
export interface Transport {
	/** Posts the message, or returns the path of the invalid field and posts nothing. */
	post(message: ToHost): Received<ToHost>
	/** Calls the listener with every message of the host, valid or not, until the returned function is called. */
	subscribe(listener: (incoming: Received<ToWebview>) => void): () => void
	/** The draft that was saved last, not validated; `undefined` when there is none. */
	loadDraft(): unknown
	/** VS Code stores the draft as long as the view exists, across hiding and reloading. It never contains a secret. */
	saveDraft(draft: unknown): void
}

/** The part of VS Code's webview API that a transport uses; tests and the gallery have their own implementation. */
export interface Port {
	postMessage(message: unknown): void
	listen(listener: (data: unknown) => void): () => void
	getState(): unknown
	setState(state: unknown): void
}

export function createTransport(port: Port): Transport {
	return {
		post(message) {
			const received = receive(toHostSchema, message)
			if (received.ok) port.postMessage(received.message)
			return received
		},
		subscribe: (listener) => port.listen((data) => listener(receive(toWebviewSchema, data))),
		loadDraft: () => port.getState(),
		saveDraft: (draft) => port.setState(draft),
	}
}

declare function acquireVsCodeApi(): Pick<Port, "postMessage" | "getState" | "setState">

/** Must be called only once: VS Code allows one `acquireVsCodeApi` call per page. */
export function vscodePort(): Port {
	const vscode = acquireVsCodeApi()
	return {
		postMessage: (message) => vscode.postMessage(message),
		listen(listener) {
			const onMessage = (event: MessageEvent) => listener(event.data)
			window.addEventListener("message", onMessage)
			return () => window.removeEventListener("message", onMessage)
		},
		getState: () => vscode.getState(),
		setState: (state) => vscode.setState(state),
	}
}
