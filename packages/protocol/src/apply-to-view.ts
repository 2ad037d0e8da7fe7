import type { ToWebview } from "./messages"
import type { ChatMessage, ChatView, ViewState } from "./view-state"

/** Applies a message of the extension host to the view state; `null` until the first state. */
export function applyToView(view: ViewState | null, message: ToWebview): ViewState | null {
	if (message.type === "state") return message.state
	if (!view) return null
	switch (message.type) {
		case "state-changed":
			return { ...view, ...message.changes, chat: { ...view.chat, ...message.changes.chat } }
		case "message": {
			const { busy, usage } = message
			return { ...view, chat: { ...view.chat, messages: withMessage(view.chat, message.message), busy, usage } }
		}
		case "refusals":
			return { ...view, refusals: message.refusals }
		default:
			return view
	}
}

function withMessage({ messages }: ChatView, message: ChatMessage): ChatMessage[] {
	const index = messages.findLastIndex(({ id }) => id === message.id)
	return index < 0 ? [...messages, message] : messages.with(index, message)
}
