import { describe, expect, test } from "vitest"
import { englishI18n } from "../../testing/english"
import { request } from "@bedrock-tiers/test-kit/samples/view-state"
import { createLocale } from "../../locale"
import { tierComparison } from "./tier-comparison"

const locale = createLocale({ t: englishI18n().t, language: "en" })
const compare = (part: Parameters<typeof request>[0] = {}) => tierComparison(request(part), locale)

describe("The same tokens on the other tiers", () => {
	test("cost what the list says, the tier that served marked", () => {
		// 4,000 in and 3,000 out: Standard at $0.15 and $0.60 a million, Priority at 1.75 times that.
		expect(compare()).toEqual({
			rows: [
				{ tier: "Standard", cost: "$0.0024" },
				{ tier: "Flex", cost: "$0.0012 · served this request" },
				{ tier: "Priority", cost: "$0.0042" },
			],
			caption: "At built-in list prices.",
		})
	})

	test("take the discount that the request had", () => {
		const view = compare({ discountPercent: 10, totalUsd: 0.00108, knownUsd: 0.00108 })
		expect(view?.rows[0]?.cost).toBe("$0.0022")
		expect(view?.caption).toBe("At built-in list prices, 10% off.")
	})

	test("say so when the request was priced by another list, whose record stays as it was", () => {
		const view = compare({ totalUsd: 0.0013, knownUsd: 0.0013 })
		expect(view?.rows[1]?.cost).toBe("$0.0012 · served this request")
		expect(view?.caption).toBe("At built-in list prices. This request itself was priced by another list.")
	})

	test("mark no tier when another served it", () => {
		const rows = compare({
			servedTier: "turbo",
			billedTier: "turbo",
			totalUsd: null,
			knownUsd: 0,
			card: null,
		})?.rows
		expect(rows?.map(({ cost }) => cost)).toEqual(["$0.0024", "$0.0012", "$0.0042"])
	})

	test("are not priced where no price is known", () => {
		const rows = compare({ region: "xx-nowhere-1", totalUsd: null, knownUsd: 0, card: null })?.rows
		expect(rows?.map(({ cost }) => cost)).toEqual(["not priced", "not priced · served this request", "not priced"])
	})

	test("are not shown where there is nothing to compare", () => {
		expect(compare({ usage: null })).toBeNull()
		expect(compare({ baseModelId: "anthropic.claude-sonnet-4-6" })).toBeNull()
		expect(compare({ baseModelId: "acme.brand-new-v1:0" })).toBeNull()
		expect(compare({ baseModelId: null })).toBeNull()
		expect(compare({ card: { origin: "own", source: "", checkedOn: "2026-11-22" } })).toBeNull()
	})
})
