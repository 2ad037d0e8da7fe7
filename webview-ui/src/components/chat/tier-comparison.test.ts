import { describe, expect, test } from "vitest"
import { englishI18n } from "../../testing/english"
import { request } from "@bedrock-tiers/test-kit/samples/view-state"
import { createLocale } from "../../locale"
import { tierComparison } from "./tier-comparison"

const locale = createLocale({ t: englishI18n().t, language: "en" })
const compare = (part: Parameters<typeof request>[0] = {}) => tierComparison(request(part), locale)

describe("The tier comparison", () => {
	test("shows list prices and marks the tier that served", () => {
		// 4,000 input and 3,000 output tokens: $0.15 and $0.60 per million on Standard, 1.75 times that on Priority.
		expect(compare()).toEqual({
			rows: [
				{ tier: "Standard", cost: "$0.0024" },
				{ tier: "Flex", cost: "$0.0012 · served this request" },
				{ tier: "Priority", cost: "$0.0042" },
			],
			caption: "At built-in list prices.",
		})
	})

	test("applies the discount of the request", () => {
		const view = compare({ discountPercent: 10, totalUsd: 0.00108, knownUsd: 0.00108 })
		expect(view?.rows[0]?.cost).toBe("$0.0022")
		expect(view?.caption).toBe("At built-in list prices, 10% off.")
	})

	test("notes that the request was priced by another list, and does not change its recorded cost", () => {
		const view = compare({ totalUsd: 0.0013, knownUsd: 0.0013 })
		expect(view?.rows[1]?.cost).toBe("$0.0012 · served this request")
		expect(view?.caption).toBe("At built-in list prices. This request itself was priced by another list.")
	})

	test("marks no tier when one that is not listed served the request", () => {
		const rows = compare({
			servedTier: "turbo",
			billedTier: "turbo",
			totalUsd: null,
			knownUsd: 0,
			card: null,
		})?.rows
		expect(rows?.map(({ cost }) => cost)).toEqual(["$0.0024", "$0.0012", "$0.0042"])
	})

	test("shows no amounts when no price is known", () => {
		const rows = compare({ region: "xx-nowhere-1", totalUsd: null, knownUsd: 0, card: null })?.rows
		expect(rows?.map(({ cost }) => cost)).toEqual(["not priced", "not priced · served this request", "not priced"])
	})

	test("shows the amount of the priced tokens when a kind of token has no price", () => {
		const usage = { inputTokens: 4_000, outputTokens: 3_000, cacheReadTokens: 0, cacheWriteTokens: 1_000 }
		const rows = compare({ usage, totalUsd: null, knownUsd: 0.0012, card: null })?.rows
		expect(rows?.map(({ cost }) => cost)).toEqual([
			"at least $0.0024",
			"at least $0.0012 · served this request",
			"at least $0.0042",
		])
	})

	test("is `null` when there is nothing to compare", () => {
		expect(compare({ usage: null })).toBeNull()
		expect(compare({ baseModelId: "anthropic.claude-sonnet-4-6" })).toBeNull()
		expect(compare({ baseModelId: "acme.brand-new-v1:0" })).toBeNull()
		expect(compare({ baseModelId: null })).toBeNull()
		expect(compare({ card: { origin: "own", source: "", checkedOn: "2026-11-22" } })).toBeNull()
	})
})
