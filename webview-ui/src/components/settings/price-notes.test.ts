import { pricedRegion, profileTierChoice, type ProfileSettings, type RefreshedPrices } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { englishI18n } from "../../testing/english"
import { IMPORTED_MODEL, ownPrice, profile, refreshedPrices } from "@bedrock-tiers/test-kit/samples/view-state"
import { createLocale } from "../../locale"
import { priceCaption, priceNotes } from "./price-notes"

const locale = createLocale({ t: englishI18n().t, language: "en" })
const GPT = "openai.gpt-oss-120b-1:0"

function tableText(part: Partial<ProfileSettings>, refreshed: RefreshedPrices | null = null) {
	const { settings } = profile(part)
	const choice = profileTierChoice(settings, refreshed)
	return {
		caption: priceCaption(choice, settings.modelId, pricedRegion(settings), locale),
		notes: priceNotes(choice, refreshed, locale),
	}
}

describe("priceCaption", () => {
	test("names model, region and route, and a discount", () => {
		expect(tableText({}).caption).toBe("USD per million tokens · gpt-oss-120b · us-east-1 · In-region")
		expect(tableText({ discountPercent: 7.5 }).caption).toBe(
			"USD per million tokens, 7.5% off list prices · gpt-oss-120b · us-east-1 · In-region",
		)
	})

	test("omits region, route and discount when all prices are the user's own", () => {
		expect(tableText({ modelId: IMPORTED_MODEL, discountPercent: 10, ownPrices: [ownPrice()] }).caption).toBe(
			`USD per million tokens · ${IMPORTED_MODEL}`,
		)
	})

	test("names the region of an ARN, which is the region that is called", () => {
		const modelId = `arn:aws:bedrock:eu-west-1::foundation-model/${GPT}`
		expect(tableText({ modelId }).caption).toBe("USD per million tokens · gpt-oss-120b · eu-west-1 · In-region")
	})
})

describe("priceNotes", () => {
	test("names the source per tier: the user's own price, AWS's price list, built-in price", () => {
		const { notes } = tableText({ ownPrices: [ownPrice({ modelId: GPT, tier: "priority" })] }, refreshedPrices())
		expect(notes).toContain("Standard: AWS price list of Nov 20, 2026, read Nov 21, 2026.")
		expect(notes).toContain("Priority: your price, set on Nov 22, 2026.")
		expect(notes.filter((note) => note.startsWith("Flex: "))).toHaveLength(1)
	})

	test("omits prices that were refreshed for another region", () => {
		const { notes } = tableText({ region: "eu-west-1" }, refreshedPrices())
		expect(notes.join(" ")).not.toContain("AWS price list of")
	})
})
