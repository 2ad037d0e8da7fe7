import { describe, expect, it } from "vitest"
import { comparePrices } from "./compare-prices"
import type { PriceComparison } from "./price-comparison"
import { CLAUDE, GPT_OSS, NOVA, SMALL_CATALOG } from "./testing/small-catalog"
import type { ReadPrice } from "./to-price-rows"

const BOTH = ["us-east-1", "us-west-2"]

/** "gpt us-east-1 regional flex input 0.08" */
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

describe("A price that the list prints", () => {
	it("as the catalog has it is confirmed, and changes nothing", () => {
		const comparison = compare([...GPT, ...CLAUDE_GEO, ...CLAUDE_GLOBAL])
		expect(changes(comparison)).toEqual([])
		// Two of gpt-oss, two of Claude's geo row, two of its one global row.
		expect(comparison.confirmed).toBe(6)
	})

	it("otherwise replaces the catalog's, with percent, and the derived prices follow", () => {
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

	it("takes the place of a derived one, even where it is the same", () => {
		const comparison = compare([...GPT, "gpt us-east-1 regional flex input 0.075"])
		expect(changes(comparison)).toEqual(["us-east-1 flex input 0.075 → 0.075 now-printed"])
		expect(comparison.updatedRows).toMatchObject([{ tier: "flex", derived: ["output"] }])
	})

	it("where the catalog has none is a first price, and its tiers get theirs by the rule", () => {
		const comparison = compare([...GPT, "gpt us-east-1 regional default cacheRead 0.04"])
		expect(changes(comparison)).toEqual([
			"us-east-1 default cacheRead null → 0.04 first-price",
			"us-east-1 flex cacheRead null → 0.02 follows",
			"us-east-1 priority cacheRead null → 0.07 follows",
		])
		expect(comparison.updatedRows[1]?.derived).toEqual(["input", "output", "cacheRead"])
	})

	it("of an input takes along the cache read that was derived from it", () => {
		const comparison = compare([
			"nova us-east-1 regional default input 0.44",
			"nova us-east-1 regional default output 2.75",
		])
		// A quarter of the input before (0.0825) and after.
		expect(changes(comparison)).toContain("us-east-1 default cacheRead 0.0825 → 0.11 follows")
		expect(changes(comparison)).toContain("us-east-1 flex cacheRead 0.04125 → 0.055 follows")
	})

	it("off half and 1.75 times its base is taken, and shown as off the rule", () => {
		const comparison = compare([...GPT, "gpt us-east-1 regional flex input 0.08"])
		expect(changes(comparison)).toEqual(["us-east-1 flex input 0.075 → 0.08 changed"])
		expect(comparison.offRule).toMatchObject([{ tier: "flex", usdPerMTok: 0.08, expectedUsdPerMTok: 0.075 }])
	})
})

describe("Where a price belongs", () => {
	it("the regional meter prices geographic profiles, the global meter the global one", () => {
		const comparison = compare([
			"claude us-east-1 regional default input 1.2",
			...CLAUDE_GEO.slice(1),
			...CLAUDE_GLOBAL,
			...GPT,
		])
		expect(comparison.updatedRows).toMatchObject([{ route: "geo", region: "us-east-1", inputUsdPerMTok: 1.2 }])
	})

	it("a region that the catalog can call but not price gets rows for every tier", () => {
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
		["half a row", "gpt us-west-2 regional default input 0.16", "incomplete"],
		["a region without a route", "gpt eu-west-1 regional default input 0.16", "no-route"],
		["a tier that the model does not take", "claude us-east-1 regional flex input 0.55", "tier-not-offered"],
		[
			"a band that the catalog does not have",
			"claude us-east-1 regional default input 2.2 long",
			"no-context-band",
		],
	])("%s is reported and not taken", (_, line, reason) => {
		const comparison = compare([...GPT, line])
		expect([changes(comparison), comparison.newRows]).toEqual([[], []])
		expect(comparison.notTaken).toMatchObject([{ reason, usageType: line }])
	})

	it("one row for all regions changes only when all were read and agree", () => {
		const moreExpensive = CLAUDE_GLOBAL.map((line) => line.replace("input 1", "input 1.2"))
		expect(changes(compare([...GPT, ...moreExpensive]))).toEqual(["* default input 1 → 1.2 changed"])
		const inPart = compare([...GPT, ...moreExpensive.filter((line) => line.includes("us-east-1"))], ["us-east-1"])
		expect(changes(inPart)).toEqual([])
		expect(inPart.notTaken).toMatchObject([{ reason: "needs-every-region", detail: "1.2" }])
		const divided = compare([...GPT, ...CLAUDE_GLOBAL.slice(0, 2), ...moreExpensive.slice(2)])
		expect(changes(divided)).toEqual([])
		expect(divided.notTaken).toMatchObject([{ reason: "differs-by-region", detail: "1, 1.2" }])
	})

	it("a row from the price list that it no longer has is shown, not removed", () => {
		const { goneRows } = compare([...GPT, ...CLAUDE_GLOBAL, ...CLAUDE_GEO])
		expect(goneRows.map(({ modelId, region, tier }) => `${modelId} ${region} ${tier}`)).toEqual([
			"amazon.nova-2-lite-v1:0 us-east-1 default",
			"anthropic.claude-haiku-4-5-20251001-v1:0 us-west-2 default",
		])
	})
})

describe("A result that cannot be true is refused whole", () => {
	it.each([
		[
			"ten times dearer",
			["gpt us-east-1 regional default input 1.5", ...GPT.slice(1), ...CLAUDE_GEO],
			"openai.gpt-oss-120b-1:0 input (in-region, us-east-1, default) would go from $0.15 to $1.5 per million tokens",
		],
		[
			"ten times cheaper",
			["gpt us-east-1 regional default input 0.015", ...GPT.slice(1), ...CLAUDE_GEO],
			"would go from $0.15 to $0.015",
		],
		[
			"a new row far from the model's others",
			[...GPT, "gpt us-west-2 regional default input 150", "gpt us-west-2 regional default output 600"],
			"would be $150 per million tokens, far from the model's other prices",
		],
		[
			"more than half of all prices more than half as dear again",
			[
				"gpt us-east-1 regional default input 0.25",
				"gpt us-east-1 regional default output 1",
				...CLAUDE_GEO.slice(1),
			],
			"2 of 3 prices would change by more than 50 %",
		],
		["nothing understood", [], "none of the catalog's prices is in it"],
	])("%s", (_, lines, sentence) => {
		expect(() => compare(lines)).toThrow(sentence)
		expect(() => compare(lines)).toThrow("Nothing was changed.")
	})

	it("nine times is believed", () => {
		const lines = ["gpt us-east-1 regional default input 1.35", ...GPT.slice(1), ...CLAUDE_GEO]
		expect(changes(compare(lines))[0]).toBe("us-east-1 default input 0.15 → 1.35 changed")
	})
})
