import { englishLocale } from "@bedrock-tiers/test-kit/hosts/english-locale"
import type { SelectableTier } from "@bedrock-tiers/core"
import { DEFAULT_PROFILE_SETTINGS, type ProfileSettings, type TaskUsage, type ViewState } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { statusText } from "./status-text"

const tokens = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }
const totals = (requests: number, knownUsd: number, unpricedRequests = 0) => ({
	requests,
	tokens,
	uncountedRequests: 0,
	knownUsd,
	unpricedRequests,
	estimatedRequests: 0,
})
const usage = (part: Partial<TaskUsage> = {}): TaskUsage => ({
	total: totals(0, 0),
	byTier: [],
	failed: { refused: 0, unanswered: 0 },
	failedByTier: [],
	removed: totals(0, 0),
	contextTokens: null,
	contextWindow: null,
	background: totals(0, 0),
	...part,
})

function shown(settings: Partial<ProfileSettings>, used = usage(), tier: SelectableTier | null = null) {
	const profile = { id: "p", name: "P", kind: "aws", settings: { ...DEFAULT_PROFILE_SETTINGS, ...settings } } as const
	const chat = { tier, usage: used }
	return statusText({ profiles: [profile], activeProfileId: "p", chat } as unknown as ViewState, englishLocale)
}

describe("The status bar", () => {
	it("shows model and tier without a cost before the first request", () => {
		expect(shown({ serviceTier: "flex" })).toEqual({
			text: "gpt-oss-120b · Flex",
			tooltip: [
				"Model: gpt-oss-120b (us-east-1)",
				"Service tier: Flex",
				"This chat: nothing was asked yet",
				"Click to select a service tier.",
			],
		})
	})

	it("shows the chat's own tier when it has one", () => {
		expect(shown({ serviceTier: "flex" }, usage(), "priority").text).toBe("gpt-oss-120b · Priority")
	})

	it("shows the cost of the chat", () => {
		expect(shown({}, usage({ total: totals(2, 0.0042) }))).toMatchObject({
			text: "gpt-oss-120b · Standard · $0.0042",
			tooltip: expect.arrayContaining(["This chat: $0.0042, requests: 2"]),
		})
	})

	it("distinguishes a known cost, a partly known cost and an unknown cost", () => {
		expect(shown({}, usage({ total: totals(2, 0.0042, 1) }))).toMatchObject({
			text: "gpt-oss-120b · Standard · at least $0.0042",
			tooltip: expect.arrayContaining(["Requests without a full price: 1"]),
		})
		expect(shown({}, usage({ total: totals(1, 0, 1) })).text).toBe("gpt-oss-120b · Standard · not priced")
		expect(shown({}, usage({ total: totals(1, 0) })).text).toBe("gpt-oss-120b · Standard · $0.00")
		const failed = { refused: 0, unanswered: 1 }
		expect(shown({}, usage({ failed })).text).toBe("gpt-oss-120b · Standard · not priced")
		expect(shown({}, usage({ total: totals(1, 0.0042), failed })).text).toBe(
			"gpt-oss-120b · Standard · at least $0.0042",
		)
	})

	it("lists the cost per tier and the number of attempts whose cost is unknown in the tooltip", () => {
		const byTier = [
			{ tier: "flex", totals: totals(1, 0.0021) },
			{ tier: "turbo", totals: totals(1, 0, 1) },
		]
		const failed = { refused: 1, unanswered: 2 }
		const { tooltip } = shown({}, usage({ total: totals(2, 0.0021, 1), byTier, failed }))
		expect(tooltip).toEqual(
			expect.arrayContaining([
				"Of it on Flex: $0.0021",
				"Of it on turbo: not priced",
				"Attempts without an answer, of which it is not known whether they were billed: 2",
			]),
		)
	})

	it("shows Standard, and that the setting is kept, when the model does not support the stored tier", () => {
		const { text, tooltip } = shown({ modelId: "anthropic.claude-sonnet-4-6", serviceTier: "flex" })
		expect(text).toBe("Claude Sonnet 4.6 · Standard")
		expect(tooltip[1]).toBe("Service tier: Standard. Flex is kept for later: the model does not take it.")
	})
})
