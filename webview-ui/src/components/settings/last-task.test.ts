import { LIST_PRICES, type RecordedRequest } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { englishI18n } from "../../testing/english"
import { answer, chatView, NOTHING_USED, request } from "../../testing/samples"
import { createWords } from "../../words"
import { lastTask } from "./last-task"

const words = createWords(englishI18n())
const taskOf = (...requests: RecordedRequest[]) => {
	const messages = requests.map((each, index) => answer({ id: `${index}`, request: each }))
	return lastTask(chatView({ messages }), LIST_PRICES, words)
}
const costs = (...requests: RecordedRequest[]) => taskOf(...requests)?.rows.map(({ tier, cost }) => `${tier} ${cost}`)

/** Claude Sonnet 4.6, which runs on Standard alone: $3 in and $15 out a million. */
const claude = request({
	baseModelId: "anthropic.claude-sonnet-4-6",
	modelId: "global.anthropic.claude-sonnet-4-6",
	route: "global",
	billedTier: "default",
	totalUsd: 0.057,
	knownUsd: 0.057,
})

describe("What the open chat would have cost on each tier", () => {
	it("is the sum of its requests, each by its own tokens", () => {
		// Twice 4,000 in and 3,000 out: Standard 2 × (4,000 × $0.15 + 3,000 × $0.60), half of it, 1.75 times.
		expect(costs(request(), request({ id: "b" }))).toEqual(["Standard $0.0048", "Flex $0.0024", "Priority $0.0084"])
		expect(taskOf(request(), request())?.caption).toBe(
			"At the prices that hold now. It was 2 requests, which cost $0.0024.",
		)
	})

	it("counts a request as Standard on a tier that its model does not take", () => {
		// 4,000 × $3 + 3,000 × $15 = $0.057, beside $0.0024, $0.0012 and $0.0042.
		expect(costs(request(), claude)).toEqual(["Standard $0.0594", "Flex $0.0582", "Priority $0.0612"])
	})

	it("is at least what is known, and not priced where nothing is", () => {
		const noUsage = request({ usage: null, totalUsd: null, knownUsd: 0 })
		expect(costs(request(), noUsage)).toEqual([
			"Standard at least $0.0024",
			"Flex at least $0.0012",
			"Priority at least $0.0042",
		])
		const unknown = request({ baseModelId: "acme.brand-new-v1:0", totalUsd: null, knownUsd: 0 })
		expect(costs(unknown)).toEqual(["Standard not priced", "Flex not priced", "Priority not priced"])
	})

	it("goes by the prices that hold now, not by those of then", () => {
		const messages = [answer()]
		const half = lastTask(chatView({ messages }), { ...LIST_PRICES, discountPercent: 50 }, words)
		expect(half?.rows[0]).toEqual({ tier: "Standard", cost: "$0.0012" })
	})

	it("leaves titles and summaries out, and says so", () => {
		const background = { ...NOTHING_USED.total, requests: 1 }
		const chat = chatView({ messages: [answer()], usage: { ...NOTHING_USED, background } })
		expect(lastTask(chat, LIST_PRICES, words)?.caption).toMatch(/Titles and summaries are not counted\.$/)
	})

	it("is nothing for an empty chat, and for models with one tier alone", () => {
		expect(taskOf()).toBeNull()
		expect(taskOf(claude)).toBeNull()
	})
})
