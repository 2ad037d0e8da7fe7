import type { ClineMessage } from "./message.js"

export interface ExtensionState {
	clineMessages: ClineMessage[]
}

export interface ClineApiReqInfo {
	tokensIn?: number
	tokensOut?: number
	cost?: number
	apiProtocol?: "anthropic" | "openai"
}
