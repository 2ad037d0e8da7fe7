import type { ModelInfo } from "@roo-code/types"

import type { ApiStream } from "./transform/stream"

export interface ChatMessage {
	role: "user" | "assistant"
	content: string
}

export interface ApiHandler {
	createMessage(systemPrompt: string, messages: ChatMessage[]): ApiStream
	getModel(): { id: string; info: ModelInfo }
}

export interface SingleCompletionHandler {
	completePrompt(prompt: string): Promise<string>
}
