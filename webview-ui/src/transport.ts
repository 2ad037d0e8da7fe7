import {
	receive,
	toHostSchema,
	toWebviewSchema,
	type Received,
	type ToHost,
	type ToWebview,
} from "@bedrock-tiers/protocol"

/** The way to the host. Both directions are checked: what does not fit is neither posted nor applied. */
export interface Transport {
	/** Posts the message, or says which of its fields does not fit and posts nothing. */
	post(message: ToHost): Received<ToHost>
	/** Calls back with every message of the host, fitting or not, until the returned function is called. */
	subscribe(listener: (incoming: Received<ToWebview>) => void): () => void
	/** What was saved last, as unknown as anything stored; undefined = nothing. */
	loadDraft(): unknown
	/** Kept by VS Code while the view exists, across hiding and reloading. Never holds a secret. */
	saveDraft(draft: unknown): void
}

/** The part of a VS Code webview that a transport stands on; tests and the gallery bring their own. */
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

/** VS Code hands out its interface once per page, so this is called once. */
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
