import { detail } from "@bedrock-tiers/error-details"
import type { PriceCard } from "@bedrock-tiers/core"
import {
	DEFAULT_PROFILE_SETTINGS,
	type AssistantMessage,
	type ChatEntry,
	type ChatView,
	type FailedAttempt,
	type ImageAttachment,
	type ImportPreview,
	type Profile,
	type ProfileSettings,
	type RefreshedPrices,
	type RequestSpeed,
	type Speeds,
	type TaskUsage,
	type TextAttachment,
	type TierRefusal,
	type ViewState,
} from "@bedrock-tiers/protocol"
import { usageRecord } from "@bedrock-tiers/core/testing"

type StoredOwnPrice = ProfileSettings["ownPrices"][number]

export { usageRecord as request }

/** An assistant message. `text`, and `reasoning` before it, become its parts unless `parts` is given. */
export function answer({
	text = "Because of Rayleigh scattering.",
	reasoning = "",
	...part
}: Partial<AssistantMessage> & { text?: string; reasoning?: string } = {}): AssistantMessage {
	return {
		role: "assistant",
		id: "answer-1",
		parts: [
			...(reasoning === "" ? [] : [{ kind: "reasoning", text: reasoning, signature: null } as const]),
			...(text === "" ? [] : [{ kind: "text", text } as const]),
		],
		status: "complete",
		error: null,
		request: usageRecord(),
		...part,
	}
}

const ZERO_TOTALS = {
	requests: 0,
	tokens: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
	uncountedRequests: 0,
	knownUsd: 0,
	unpricedRequests: 0,
	estimatedRequests: 0,
}

export const NOTHING_USED: TaskUsage = {
	total: ZERO_TOTALS,
	byTier: [],
	failed: { refused: 0, unanswered: 0 },
	failedByTier: [],
	contextTokens: null,
	contextWindow: 128_000,
	background: ZERO_TOTALS,
	removed: ZERO_TOTALS,
}

export function usage(knownUsd: number, unpricedRequests = 0): TaskUsage {
	const tokens = { inputTokens: 1_000, outputTokens: 234, cacheReadTokens: 0, cacheWriteTokens: 0 }
	const total = {
		requests: 1 + unpricedRequests,
		tokens,
		uncountedRequests: 0,
		knownUsd,
		unpricedRequests,
		estimatedRequests: 0,
	}
	const byTier = [{ tier: "flex", totals: total }]
	return { ...NOTHING_USED, total, byTier, contextTokens: 1_234 }
}

/** User-defined price: $1 per million input tokens and $2 per million output tokens, Standard. */
export function ownPrice(part: Partial<StoredOwnPrice> = {}): StoredOwnPrice {
	return {
		modelId: IMPORTED_MODEL,
		tier: "default",
		inputUsdPerMTok: 1,
		outputUsdPerMTok: 2,
		cacheReadUsdPerMTok: null,
		cacheWriteUsdPerMTok: null,
		cacheWrite1hUsdPerMTok: null,
		setOn: "2026-11-22",
		...part,
	}
}

/** An imported model, which no price list contains. */
export const IMPORTED_MODEL = "arn:aws:bedrock:us-east-1:123456789012:imported-model/abcdef123456"

/** AWS's price list of us-east-1: gpt-oss-120b, Standard, $0.20 input and $0.80 output per million tokens. */
export function refreshedPrices(part: Partial<RefreshedPrices> = {}): RefreshedPrices {
	const row: PriceCard = {
		modelId: "openai.gpt-oss-120b-1:0",
		region: "us-east-1",
		route: "in-region",
		tier: "default",
		inputUsdPerMTok: 0.2,
		outputUsdPerMTok: 0.8,
		cacheReadUsdPerMTok: null,
		cacheWriteUsdPerMTok: null,
		cacheWrite1hUsdPerMTok: null,
		fromPromptTokens: 0,
		belowPromptTokens: null,
		source: "aws-price-list",
		checkedOn: "2026-11-20",
		derived: [],
	}
	return { region: "us-east-1", publishedOn: "2026-11-20", refreshedAt: "2026-11-21T09:00:00Z", rows: [row], ...part }
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

export function chatView(part: Partial<ChatView> = {}): ChatView {
	return {
		id: "chat-1",
		title: null,
		toolsAllowed: false,
		tier: null,
		background: [],
		removedRequests: [],
		summary: null,
		messages: [],
		busy: false,
		answeredElsewhere: false,
		usage: NOTHING_USED,
		...part,
	}
}

/** Flex, refused for the first profile on 22 November 2026, remembered for 7 days. */
export function refusal(
	part: Partial<TierRefusal> = {},
	tierRequest: Partial<TierRefusal["tierRequest"]> = {},
): TierRefusal {
	return {
		profileId: "aws-1",
		tierRequest: {
			modelId: "openai.gpt-oss-120b-1:0",
			api: "converse",
			region: "us-east-1",
			route: "in-region",
			tier: "flex",
			...tierRequest,
		},
		refusedAt: "2026-11-22T10:00:00.000Z",
		rememberedUntil: "2026-11-29T10:00:00.000Z",
		...part,
	}
}

export function failedAttempt(part: Partial<FailedAttempt> = {}): FailedAttempt {
	return {
		at: "2026-11-22T10:00:00.000Z",
		code: "tier-refused",
		details: [],
		outcome: "refused",
		sentTier: "flex",
		nextTier: null,
		waitMs: 0,
		...part,
	}
}

/**
 * Preview of a file with two Bedrock profiles, one of them with a name already in use, and one profile of another
 * provider.
 */
export function importPreview(part: Partial<ImportPreview> = {}): ImportPreview {
	return {
		fileName: "roo-code-settings.json",
		profiles: [
			{
				name: "My account",
				newName: "My account (2)",
				modelId: "amazon.nova-pro-v1:0",
				region: "eu-west-1",
				serviceTier: "flex",
				method: "static-keys",
				hasSecrets: true,
				notes: [detail("roo.field-unknown", { field: "rateLimitSeconds" })],
			},
			{
				name: "team",
				newName: "team",
				modelId: "openai.gpt-oss-120b-1:0",
				region: "us-east-1",
				serviceTier: "default",
				method: "default-chain",
				hasSecrets: false,
				notes: [],
			},
		],
		leftOut: [{ name: "router", reason: [detail("roo.other-provider", { provider: "openrouter" })] }],
		...part,
	}
}

/** One of many history entries; each is a minute older than the previous one. */
export function historyEntry(index: number, part: Partial<ChatEntry> = {}): ChatEntry {
	return {
		id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
		title: "Why is the sky blue?",
		updatedAt: new Date(Date.UTC(2026, 10, 22, 10) - index * 60_000).toISOString(),
		models: ["openai.gpt-oss-120b-1:0"],
		tiers: ["flex"],
		requests: 1,
		knownUsd: 0.0012,
		unpricedRequests: 0,
		estimatedRequests: 0,
		messages: 2,
		...part,
	}
}

export function viewState(part: Partial<ViewState> = {}): ViewState {
	return {
		profiles: [profile()],
		activeProfileId: "aws-1",
		apiKeySetFor: [],
		staticKeysSetFor: [],
		chat: chatView(),
		workspaceOpen: true,
		refreshedPrices: null,
		refreshing: false,
		refusals: [],
		importPreview: null,
		...part,
	}
}

/** A Priority request: first token after 0.4 seconds, then 100 tokens per second. */
export function requestSpeed(part: Partial<RequestSpeed> = {}): RequestSpeed {
	return {
		at: "2026-11-20T10:00:00.000Z",
		tier: "priority",
		region: "us-east-1",
		route: "in-region",
		promptTokens: 4_000,
		firstTokenMs: 400,
		tokensPerSecond: 100,
		timesStandardCost: 1.75,
		...part,
	}
}

/** An image of 640 by 400 pixels. The webview loads it from the URL prefix in `data-attachments`. */
export function imageAttachment(part: Partial<ImageAttachment> = {}): ImageAttachment {
	return {
		kind: "image",
		id: "1".repeat(64),
		name: "screenshot.png",
		mediaType: "image/png",
		bytes: 123_456,
		width: 640,
		height: 400,
		...part,
	}
}

/** Requests of one tier, ten minutes apart, one for each time to the first token in milliseconds. */
export function requestsOf(tier: string, firstTokensMs: readonly number[], part: Partial<RequestSpeed> = {}) {
	return firstTokensMs.map((firstTokenMs, index) => {
		const at = new Date(Date.UTC(2026, 10, 20, 10, 10 * index)).toISOString()
		const timesStandardCost = { flex: 0.5, default: 1, priority: 1.75 }[tier] ?? null
		return requestSpeed({ at, tier, firstTokenMs, timesStandardCost, ...part })
	})
}

export function speeds(requests: readonly RequestSpeed[], leftOut: Partial<Speeds["leftOut"]> = {}): Speeds {
	const modelId = requests.length > 0 ? "openai.gpt-oss-120b-1:0" : null
	return {
		modelId,
		models: modelId === null ? [] : [{ id: modelId, requests: requests.length }],
		requests: [...requests],
		leftOut: { notMeasured: 0, background: 0, older: 0, beyondLimit: 0, failedAttempts: 0, ...leftOut },
	}
}

/** Lines 12 to 40 of a file. */
export function textAttachment(part: Partial<TextAttachment> = {}): TextAttachment {
	return {
		kind: "text",
		id: "2".repeat(64),
		path: "src/a.ts",
		lines: { from: 12, to: 40 },
		characters: 1_234,
		mayBeSecret: false,
		...part,
	}
}

/**
 * Value for `data-attachments`: a data URL ending in `#`, so that an appended file name is a fragment and every name
 * shows this image.
 */
export const EVERY_IMAGE = `data:image/svg+xml,${encodeURIComponent(
	'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><rect width="640" height="400" fill="teal"/></svg>',
)}#`
