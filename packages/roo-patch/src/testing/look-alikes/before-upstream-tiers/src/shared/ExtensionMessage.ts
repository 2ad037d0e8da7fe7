import type { ClineMessage } from "@roo-code/types"

export interface ExtensionState {
	clineMessages: ClineMessage[]
}

export interface ClineApiReqInfo {
	tokensIn?: number
	tokensOut?: number
	cost?: number
	apiProtocol?: "anthropic" | "openai"
}
