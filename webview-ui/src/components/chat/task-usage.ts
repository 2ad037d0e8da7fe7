import { COST_KINDS, tokensPerSecond, type CostKind, type UsageRecord, type ServedTier } from "@bedrock-tiers/core"
import type { ChatView } from "@bedrock-tiers/protocol"
import { median } from "../speed/spread"

/** An amount of which a part may have no price: then it is "at least". */
export type KnownCost = { readonly knownUsd: number; readonly complete: boolean }

/** All requests that a chat's total is made of, in the order of their ends. */
export function taskRequests({ messages, background, removedRequests }: ChatView): UsageRecord[] {
	const answers = messages.flatMap((message) =>
		message.role === "assistant" && message.request ? [message.request] : [],
	)
	const others = background.map(({ request }) => request)
	return [...answers, ...removedRequests, ...others].sort((a, b) => a.at.localeCompare(b.at))
}

export type KindRow = KnownCost & { readonly kind: CostKind; readonly tokens: number }

/** Tokens and cost by kind of token; kinds of which there are none are left out, but for input and output. */
export function usageByKind(requests: readonly UsageRecord[]): KindRow[] {
	const lines = requests.flatMap((request) => request.lines)
	return COST_KINDS.map((kind) => {
		const ofKind = lines.filter((line) => line.kind === kind)
		return {
			kind,
			tokens: sum(ofKind.map(({ tokens }) => tokens)),
			knownUsd: sum(ofKind.map(({ usd }) => usd ?? 0)),
			complete: ofKind.every(({ usd }) => usd !== null),
		}
	}).filter(({ kind, tokens }) => tokens > 0 || kind === "input" || kind === "output")
}

export type SpeedRow = {
	readonly tier: ServedTier
	readonly requests: number
	/** Medians; null = not measured. */
	readonly firstTokenMs: number | null
	readonly tokensPerSecond: number | null
}

/** How fast each tier was, in the order in which the tiers were first billed. Requests that were not measured are left out. */
export function speedByTier(requests: readonly UsageRecord[]): SpeedRow[] {
	const measured = requests.filter(({ timing }) => timing)
	const tiers = [...new Set(measured.map(({ billedTier }) => billedTier))]
	return tiers.map((tier) => {
		const ofTier = measured.filter(({ billedTier }) => billedTier === tier)
		return {
			tier,
			requests: ofTier.length,
			firstTokenMs: median(ofTier.map(({ timing }) => timing?.firstTokenMs)),
			tokensPerSecond: median(ofTier.map(requestSpeed)),
		}
	})
}

/** Output tokens per second; null = it cannot be told. */
export function requestSpeed({ timing, usage }: UsageRecord): number | null {
	return timing ? tokensPerSecond(timing, usage?.outputTokens) : null
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0)
}
