import type { RecordedRequest } from "@bedrock-tiers/core"
import {
	DEFAULT_PROFILE_SETTINGS,
	type AssistantMessage,
	type Profile,
	type ProfileSettings,
	type TaskUsage,
	type ViewState,
} from "@bedrock-tiers/protocol"

/** On Flex: 4,000 tokens in at $0.075 and 3,000 out at $0.30 a million: 300 + 900 millionths of a dollar. */
export function request(part: Partial<RecordedRequest> = {}): RecordedRequest {
	return {
		id: "request-1",
		at: "2026-11-20T10:00:00Z",
		modelId: "openai.gpt-oss-120b-1:0",
		baseModelId: "openai.gpt-oss-120b-1:0",
		region: "us-east-1",
		route: "in-region",
		requestedTier: "flex",
		servedTier: "flex",
		notSentReason: null,
		usage: { inputTokens: 4_000, outputTokens: 3_000, cacheReadTokens: 0, cacheWriteTokens: 0 },
		billedTier: "flex",
		basis: "served",
		lines: [
			{ kind: "input", tokens: 4_000, usdPerMTok: 0.075, usd: 0.0003 },
			{ kind: "output", tokens: 3_000, usdPerMTok: 0.3, usd: 0.0009 },
			{ kind: "cacheRead", tokens: 0, usdPerMTok: null, usd: 0 },
			{ kind: "cacheWrite", tokens: 0, usdPerMTok: null, usd: 0 },
		],
		totalUsd: 0.0012,
		knownUsd: 0.0012,
		unpricedReason: null,
		card: { origin: "catalog", source: "AWS Price List, published 2026-08-20", checkedOn: "2026-08-20" },
		discountPercent: 0,
		...part,
	}
}

export function answer(part: Partial<AssistantMessage> = {}): AssistantMessage {
	return {
		role: "assistant",
		id: "answer-1",
		text: "Because of Rayleigh scattering.",
		reasoning: "",
		status: "complete",
		error: null,
		request: request(),
		...part,
	}
}

export const NOTHING_USED: TaskUsage = {
	total: {
		requests: 0,
		tokens: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
		knownUsd: 0,
		unpricedRequests: 0,
	},
	byTier: [],
	contextTokens: null,
	contextWindow: 128_000,
}

export function usage(knownUsd: number, unpricedRequests = 0): TaskUsage {
	const tokens = { inputTokens: 1_000, outputTokens: 234, cacheReadTokens: 0, cacheWriteTokens: 0 }
	const total = { requests: 1 + unpricedRequests, tokens, knownUsd, unpricedRequests }
	return { total, byTier: [{ tier: "flex", totals: total }], contextTokens: 1_234, contextWindow: 128_000 }
}

export function profile(settings: Partial<ProfileSettings> = {}, part: Partial<Profile> = {}): Profile {
	return {
		id: "aws-1",
		name: "My account",
		kind: "aws",
		settings: { ...DEFAULT_PROFILE_SETTINGS, ...settings },
		...part,
	}
}

export function viewState(part: Partial<ViewState> = {}): ViewState {
	return {
		profiles: [profile()],
		activeProfileId: "aws-1",
		apiKeySetFor: [],
		chat: { id: "chat-1", messages: [], busy: false, usage: NOTHING_USED },
		refreshedPrices: null,
		refreshing: false,
		...part,
	}
}
