import {
	receive,
	toHostSchema,
	toWebviewSchema,
	type Received,
	type ToHost,
	type ToWebview,
} from "@bedrock-tiers/protocol"

export type Transport = ReturnType<typeof createTransport>

/** Message of the extension host with this type. */
export type HostMessage<Type extends ToWebview["type"]> = Extract<ToWebview, { type: Type }>

/** The part of VS Code's webview API that a transport uses; tests and the gallery have their own implementation. */
export interface Port {
	postMessage(message: unknown): void
	listen(listener: (data: unknown) => void): () => void
	getState(): unknown
	setState(state: unknown): void
}

/** Connection to the extension host. Messages are validated in both directions: no invalid one is posted or applied. */
export function createTransport(port: Port) {
	return {
		/** Posts the message, or returns the path of the invalid field and posts nothing. */
		post(message: ToHost): Received<ToHost> {
			const received = receive(toHostSchema, message)
			if (received.ok) port.postMessage(received.message)
			return received
		},
		/** Calls the listener with every message of the host, valid or not, until the returned function is called. */
		subscribe: (listener: (incoming: Received<ToWebview>) => void) =>
			port.listen((data) => listener(receive(toWebviewSchema, data))),
		/** The draft that was saved last, not validated; `undefined` if no draft is saved. */
		loadDraft: () => port.getState(),
		/** VS Code stores the draft as long as the view exists, across hiding and reloading. It never contains a secret. */
		saveDraft: (draft: unknown) => port.setState(draft),
	}
}

declare function acquireVsCodeApi(): Pick<Port, "postMessage" | "getState" | "setState">

/** Must be called only once: VS Code allows one `acquireVsCodeApi` call per page. */
export function vscodePort(): Port {
	return {
		...acquireVsCodeApi(),
		listen(listener) {
			const onMessage = (event: MessageEvent) => listener(event.data)
			window.addEventListener("message", onMessage)
			return () => window.removeEventListener("message", onMessage)
		},
	}
}
