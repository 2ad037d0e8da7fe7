import type { ModelInfo } from "@roo-code/types"

import type { ApiHandler, ChatMessage } from "../index"
import type { ApiStream } from "../transform/stream"

export abstract class BaseProvider implements ApiHandler {
	abstract createMessage(systemPrompt: string, messages: ChatMessage[]): ApiStream
	abstract getModel(): { id: string; info: ModelInfo }
}
