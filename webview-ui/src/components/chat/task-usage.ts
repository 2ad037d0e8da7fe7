import {
	byTierOrder,
	isEstimated,
	PRICE_FIELDS,
	shownAmount,
	tokensPerSecond,
	type CostLine,
	type UsageRecord,
} from "@bedrock-tiers/core"
import type { ChatView } from "@bedrock-tiers/protocol"
import { median } from "../speed/spread"
import { answerRequests } from "./usage-badge-text"

/** All requests that are part of a chat's total, in the order in which they ended. */
export function taskRequests({ messages, background, removedRequests }: ChatView): UsageRecord[] {
	const others = background.map(({ request }) => request)
	return [...answerRequests(messages), ...removedRequests, ...others].sort((a, b) => a.at.localeCompare(b.at))
}

/** Tokens and cost by token kind. */
export function usageByKind(requests: readonly UsageRecord[]) {
	const lines = requests.flatMap((request) => request.lines)
	return PRICE_FIELDS.map((kind) => {
		const ofKind = lines.filter((line) => line.kind === kind)
		return {
			kind,
			tokens: sum(ofKind.map(({ tokens }) => tokens)),
			cost: shownAmount(
				sum(ofKind.map(({ usd }) => usd ?? 0)),
				ofKind.every(({ usd }) => usd !== null),
				isEstimated({ lines: ofKind }),
			),
		}
	}).filter(isListed)
}

/** Kinds without tokens are omitted, except input and output. */
export function isListed({ kind, tokens }: Pick<CostLine, "kind" | "tokens">): boolean {
	return tokens > 0 || kind === "input" || kind === "output"
}

/** Median speeds by billed tier; `null` when not measured. Requests without timing are omitted. */
export function speedByTier(requests: readonly UsageRecord[]) {
	const measured = requests.filter(({ timing }) => timing)
	const tiers = [...new Set(measured.map(({ billedTier }) => billedTier))].sort(byTierOrder)
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

/** Output tokens per second; `null` when unknown. */
export function requestSpeed({ timing, usage }: UsageRecord): number | null {
	return timing ? tokensPerSecond(timing, usage?.outputTokens) : null
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0)
}
