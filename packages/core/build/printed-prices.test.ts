import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { findModel, findPriceCard, isSelectableTier, priceCardsOf, tierPrice, tierPriceRuleOf } from "../src/index"

type PrintedRow = {
	readonly modelId: string
	readonly region: string
	readonly tier: string
	readonly input: number
	readonly output: number
}

/**
 * Rows of AWS's price list of 2026-10-06 in USD per million tokens: Nova 2 Lite by geo, all others in-region. Qwen3
 * Next is not in the file: the list's Standard rows of it are those of the mantle endpoint.
 */
const PRINTED = readFileSync(new URL("./testing/aws-price-list-2026-10-06.csv", import.meta.url), "utf8")
	.trim()
	.split("\n")
	.slice(1)
	.map((line): PrintedRow => {
		const [modelId = "", region = "", tier = "", input, output] = line.split(",")
		return { modelId, region, tier, input: Number(input), output: Number(output) }
	})

describe("The rows of AWS's price list of 2026-10-06", () => {
	it("are 612: 204 places of 26 models, each with three tiers", () => {
		expect(PRINTED).toHaveLength(612)
		expect(new Set(PRINTED.map(({ modelId }) => modelId)).size).toBe(26)
		expect(PRINTED.filter(({ tier }) => tier === "default")).toHaveLength(204)
	})

	it.each(PRINTED)("are in the catalog as printed: $modelId in $region on $tier", (row) => {
		const route = findModel(row.modelId)?.routes.inRegion.length ? "in-region" : "geo"
		const { card } = findPriceCard({ baseModelId: row.modelId, ...row, route, promptTokens: 0 })
		expect(card).toMatchObject({
			inputUsdPerMTok: row.input,
			outputUsdPerMTok: row.output,
			checkedOn: "2026-10-06",
		})
		expect(card?.derived).not.toContain("input")
		expect(card?.derived).not.toContain("output")
	})

	it("obey the rule that computes the tier prices of places without a printed row: 816 of 816", () => {
		const standardRows = new Map(
			PRINTED.filter(({ tier }) => tier === "default").map((row) => [`${row.modelId} ${row.region}`, row]),
		)
		const checked = PRINTED.flatMap((row) => {
			const standard = standardRows.get(`${row.modelId} ${row.region}`)
			if (!standard || row.tier === "default" || !isSelectableTier(row.tier)) return []
			const rule = tierPriceRuleOf(row.modelId, row.region)
			return [
				[tierPrice(standard.input, row.tier, rule), row.input],
				[tierPrice(standard.output, row.tier, rule), row.output],
			]
		})
		expect(checked).toHaveLength(816)
		expect(checked.filter(([computed, printed]) => computed !== printed)).toEqual([])
	})
})

it("Every tier price of a model with rounded prices has at most two decimals where AWS rounds", () => {
	const cards = priceCardsOf("openai.gpt-oss-safeguard-20b").filter(({ tier }) => tier === "flex")
	expect(cards.map(({ region, inputUsdPerMTok }) => [region, inputUsdPerMTok])).toContainEqual(["us-east-1", 0.03])
	expect(cards.map(({ region, inputUsdPerMTok }) => [region, inputUsdPerMTok])).toContainEqual([
		"ap-southeast-2",
		0.03605,
	])
})
