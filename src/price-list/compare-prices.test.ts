import { describe, expect, it } from "vitest"
import { comparePrices } from "./compare-prices"
import type { PriceComparison } from "./price-comparison"
import { CLAUDE, GPT_OSS, NOVA, SMALL_CATALOG } from "./testing/small-catalog"
import type { ReadPrice } from "./to-price-rows"

const BOTH = ["us-east-1", "us-west-2"]

/** Creates prices from lines such as "gpt us-east-1 regional flex input 0.08". */
function prices(...lines: string[]): ReadPrice[] {
	const models: Record<string, string> = { gpt: GPT_OSS, nova: NOVA, claude: CLAUDE }
	return lines.map((line) => {
		const [model = "", region = "", meter, tier, field, usd, long] = line.split(" ")
		return {
			modelId: models[model] ?? model,
			region,
			meter: meter as ReadPrice["meter"],
			tier: tier as ReadPrice["tier"],
			field: field as ReadPrice["field"],
			usdPerMTok: Number(usd),
			longContext: long === "long",
			usageType: line,
			offer: "AmazonBedrock",
			publishedOn: "2026-11-20",
		}
	})
}

const GPT = ["gpt us-east-1 regional default input 0.15", "gpt us-east-1 regional default output 0.6"]
const CLAUDE_GEO = ["claude us-east-1 regional default input 1.1", "claude us-east-1 regional default output 5.5"]
const CLAUDE_GLOBAL = BOTH.flatMap((region) => [
	`claude ${region} global default input 1`,
	`claude ${region} global default output 5`,
])

function compare(lines: readonly string[], regions: readonly string[] = BOTH): PriceComparison {
	return comparePrices(SMALL_CATALOG, prices(...lines), regions)
}

function changes(comparison: PriceComparison): string[] {
	return comparison.changes.map(
		({ region, tier, field, kind, oldUsdPerMTok, newUsdPerMTok }) =>
			`${region} ${tier} ${field} ${oldUsdPerMTok} → ${newUsdPerMTok} ${kind}`,
	)
}

describe("A price in the price list", () => {
	it("is confirmed and changes nothing when it equals the catalog's price", () => {
		const comparison = compare([...GPT, ...CLAUDE_GEO, ...CLAUDE_GLOBAL])
		expect(changes(comparison)).toEqual([])
		// Two prices of gpt-oss, two of Claude's geo row and two of its one global row.
		expect(comparison.confirmed).toBe(6)
	})

	it("replaces a different catalog price, with the change in percent, and updates the derived prices", () => {
		const comparison = compare(["gpt us-east-1 regional default input 0.18", ...GPT.slice(1), ...CLAUDE_GEO])
		expect(changes(comparison)).toEqual([
			"us-east-1 default input 0.15 → 0.18 changed",
			"us-east-1 flex input 0.075 → 0.09 follows",
			"us-east-1 priority input 0.2625 → 0.315 follows",
		])
		expect(comparison.changes[0]?.percent).toBeCloseTo(20, 9)
		expect(
			comparison.updatedRows.map(({ tier, source, checkedOn, derived }) => [tier, source, checkedOn, derived]),
		).toEqual([
			["default", "aws-price-list-2026-11-20", "2026-11-20", []],
			["flex", "aws-price-list-2026-11-20", "2026-11-20", ["input", "output"]],
			["priority", "aws-price-list-2026-11-20", "2026-11-20", ["input", "output"]],
		])
	})

	it("replaces a derived price even when both are equal", () => {
		const comparison = compare([...GPT, "gpt us-east-1 regional flex input 0.075"])
		expect(changes(comparison)).toEqual(["us-east-1 flex input 0.075 → 0.075 now-printed"])
		expect(comparison.updatedRows).toMatchObject([{ tier: "flex", derived: ["output"] }])
	})

	it("is a first price when the catalog has none, and the prices of other tiers are derived from it", () => {
		const comparison = compare([...GPT, "gpt us-east-1 regional default cacheRead 0.04"])
		expect(changes(comparison)).toEqual([
			"us-east-1 default cacheRead null → 0.04 first-price",
			"us-east-1 flex cacheRead null → 0.02 follows",
			"us-east-1 priority cacheRead null → 0.07 follows",
		])
		expect(comparison.updatedRows[1]?.derived).toEqual(["input", "output", "cacheRead"])
	})

	it("updates the cache-read price that was derived from the input price", () => {
		const comparison = compare([
			"nova us-east-1 regional default input 0.44",
			"nova us-east-1 regional default output 2.75",
		])
		// Cache reads cost a quarter of the input price, both before (0.0825) and after.
		expect(changes(comparison)).toContain("us-east-1 default cacheRead 0.0825 → 0.11 follows")
		expect(changes(comparison)).toContain("us-east-1 flex cacheRead 0.04125 → 0.055 follows")
	})

	it("is used and reported in `offRule` when it is not half or 1.75 times its base", () => {
		const comparison = compare([...GPT, "gpt us-east-1 regional flex input 0.08"])
		expect(changes(comparison)).toEqual(["us-east-1 flex input 0.075 → 0.08 changed"])
		expect(comparison.offRule).toMatchObject([{ tier: "flex", usdPerMTok: 0.08, expectedUsdPerMTok: 0.075 }])
	})
})

describe("comparePrices", () => {
	it("uses the regional meter for geographic profiles and the global meter for the global profile", () => {
		const comparison = compare([
			"claude us-east-1 regional default input 1.2",
			...CLAUDE_GEO.slice(1),
			...CLAUDE_GLOBAL,
			...GPT,
		])
		expect(comparison.updatedRows).toMatchObject([{ route: "geo", region: "us-east-1", inputUsdPerMTok: 1.2 }])
	})

	it("adds rows for every tier in a region where the model can be called but has no price", () => {
		const comparison = compare([
			...GPT,
			"gpt us-west-2 regional default input 0.16",
			"gpt us-west-2 regional default output 0.64",
		])
		expect(
			comparison.newRows.map(({ route, region, tier, inputUsdPerMTok, derived }) => [
				route,
				region,
				tier,
				inputUsdPerMTok,
				derived,
			]),
		).toEqual([
			["in-region", "us-west-2", "default", 0.16, []],
			["in-region", "us-west-2", "flex", 0.08, ["input", "output"]],
			["in-region", "us-west-2", "priority", 0.28, ["input", "output"]],
		])
	})

	it.each([
		["an incomplete row", "gpt us-west-2 regional default input 0.16", "incomplete"],
		["a region without a route", "gpt eu-west-1 regional default input 0.16", "no-route"],
		["a tier that the model does not support", "claude us-east-1 regional flex input 0.55", "tier-not-offered"],
		[
			"a context band that the catalog does not have",
			"claude us-east-1 regional default input 2.2 long",
			"no-context-band",
		],
	])("reports and does not use the price of %s", (_, line, reason) => {
		const comparison = compare([...GPT, line])
		expect([changes(comparison), comparison.newRows]).toEqual([[], []])
		expect(comparison.skipped).toMatchObject([{ reason, usageType: line }])
	})

	it("changes a row for all regions only when all regions were read and agree", () => {
		const moreExpensive = CLAUDE_GLOBAL.map((line) => line.replace("input 1", "input 1.2"))
		expect(changes(compare([...GPT, ...moreExpensive]))).toEqual(["* default input 1 → 1.2 changed"])
		const partial = compare([...GPT, ...moreExpensive.filter((line) => line.includes("us-east-1"))], ["us-east-1"])
		expect(changes(partial)).toEqual([])
		expect(partial.skipped).toMatchObject([{ reason: "needs-every-region", detail: "1.2" }])
		const disagreeing = compare([...GPT, ...CLAUDE_GLOBAL.slice(0, 2), ...moreExpensive.slice(2)])
		expect(changes(disagreeing)).toEqual([])
		expect(disagreeing.skipped).toMatchObject([{ reason: "differs-by-region", detail: "1, 1.2" }])
	})

	it("reports but does not remove a row whose price is no longer in the price list", () => {
		const { goneRows } = compare([...GPT, ...CLAUDE_GLOBAL, ...CLAUDE_GEO])
		expect(goneRows.map(({ modelId, region, tier }) => `${modelId} ${region} ${tier}`)).toEqual([
			"amazon.nova-2-lite-v1:0 us-east-1 default",
			"anthropic.claude-haiku-4-5-20251001-v1:0 us-west-2 default",
		])
	})
})

describe("An implausible price list", () => {
	it.each([
		[
			"a price that rises to ten times its value",
			["gpt us-east-1 regional default input 1.5", ...GPT.slice(1), ...CLAUDE_GEO],
			"openai.gpt-oss-120b-1:0 input (in-region, us-east-1, default) would go from $0.15 to $1.5 per million tokens",
		],
		[
			"a price that drops to a tenth",
			["gpt us-east-1 regional default input 0.015", ...GPT.slice(1), ...CLAUDE_GEO],
			"would go from $0.15 to $0.015",
		],
		[
			"a new row far from the model's others",
			[...GPT, "gpt us-west-2 regional default input 150", "gpt us-west-2 regional default output 600"],
			"would be $150 per million tokens, far from the model's other prices",
		],
		[
			"more than half of all prices increased by more than 50 %",
			[
				"gpt us-east-1 regional default input 0.25",
				"gpt us-east-1 regional default output 1",
				...CLAUDE_GEO.slice(1),
			],
			"2 of 3 prices would change by more than 50 %",
		],
		["the absence of readable prices", [], "none of the catalog's prices is in it"],
	])("is refused as a whole because of %s", (_, lines, message) => {
		expect(() => compare(lines)).toThrow(message)
		expect(() => compare(lines)).toThrow("Nothing was changed.")
	})

	it("is accepted when a price rises to nine times its value", () => {
		const lines = ["gpt us-east-1 regional default input 1.35", ...GPT.slice(1), ...CLAUDE_GEO]
		expect(changes(compare(lines))[0]).toBe("us-east-1 default input 0.15 → 1.35 changed")
	})
})
