import { tierChoice } from "@bedrock-tiers/core"
import { pricedRegion, pricingOf, type ProfileSettings, type RefreshedPrices } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { englishI18n } from "../../testing/english"
import { IMPORTED_MODEL, ownPrice, profile, refreshedPrices } from "@bedrock-tiers/test-kit/samples/view-state"
import { createLocale } from "../../locale"
import { priceCaption, priceNotes } from "./price-notes"

const locale = createLocale({ t: englishI18n().t, language: "en" })
const GPT = "openai.gpt-oss-120b-1:0"

function table(part: Partial<ProfileSettings>, refreshed: RefreshedPrices | null = null) {
	const { settings } = profile(part)
	const choice = tierChoice({ ...settings, pricing: pricingOf(settings, refreshed) })
	return {
		caption: priceCaption(choice, settings.modelId, pricedRegion(settings), locale),
		notes: priceNotes(choice, refreshed, locale),
	}
}

describe("The caption of the prices", () => {
	test("says what they are for, and a discount", () => {
		expect(table({}).caption).toBe("USD per million tokens · gpt-oss-120b · us-east-1 · In-region")
		expect(table({ discountPercent: 7.5 }).caption).toBe(
			"USD per million tokens, 7.5% off list prices · gpt-oss-120b · us-east-1 · In-region",
		)
	})

	test("names no place and no discount where all prices are the person's own", () => {
		expect(table({ modelId: IMPORTED_MODEL, discountPercent: 10, ownPrices: [ownPrice()] }).caption).toBe(
			`USD per million tokens · ${IMPORTED_MODEL}`,
		)
	})

	test("names the region of an ARN, which is the one that is called", () => {
		const modelId = `arn:aws:bedrock:eu-west-1::foundation-model/${GPT}`
		expect(table({ modelId }).caption).toBe("USD per million tokens · gpt-oss-120b · eu-west-1 · In-region")
	})
})

describe("The sources of the prices", () => {
	test("are told apart by tier: the person's own, AWS's list as it was read, the built-in ones", () => {
		const { notes } = table({ ownPrices: [ownPrice({ modelId: GPT, tier: "priority" })] }, refreshedPrices())
		expect(notes).toContain("Standard: AWS price list of Nov 20, 2026, read Nov 21, 2026.")
		expect(notes).toContain("Priority: your price, set on Nov 22, 2026.")
		expect(notes.filter((note) => note.startsWith("Flex: "))).toHaveLength(1)
	})

	test("leave out what was refreshed for another region", () => {
		const { notes } = table({ region: "eu-west-1" }, refreshedPrices())
		expect(notes.join(" ")).not.toContain("AWS price list of")
	})
})
