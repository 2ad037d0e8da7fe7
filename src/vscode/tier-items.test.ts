import { englishLocale } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { DEFAULT_PROFILE_SETTINGS, profileTierChoice, type ProfileSettings } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import type { TierPick } from "../app/session"
import { tierItems, tierTitle } from "./tier-items"

function pick(change: Partial<ProfileSettings>, refusals: TierPick["refusals"] = []): TierPick {
	const settings = { ...DEFAULT_PROFILE_SETTINGS, ...change }
	return {
		profile: { id: "p", name: "Work", kind: "aws", settings },
		choice: profileTierChoice(settings, null),
		refusals,
	}
}

describe("The service tier quick pick", () => {
	it("lists the tiers that the model supports with description and price, and marks the stored one", () => {
		expect(tierItems(pick({ serviceTier: "flex" }), englishLocale)).toEqual([
			{
				tier: "default",
				label: "Standard",
				description: "",
				detail: "The normal price and speed. $0.15 in, $0.60 out per million tokens.",
			},
			{
				tier: "flex",
				label: "Flex",
				description: "stored",
				detail: "Half the price, may wait. $0.075 in, $0.30 out per million tokens.",
			},
			{
				tier: "priority",
				label: "Priority",
				description: "",
				detail: "1.75 times the price, served first. $0.2625 in, $1.05 out per million tokens.",
			},
		])
		expect(tierTitle(pick({}), englishLocale)).toBe("Service tier for gpt-oss-120b (Work)")
	})

	it("marks a tier that AWS refused recently", () => {
		const tierRequest = {
			modelId: "openai.gpt-oss-120b-1:0",
			api: "converse",
			region: "us-east-1",
			route: "in-region",
			tier: "flex",
		} as const
		const refusal = { profileId: "p", tierRequest, refusedAt: "", rememberedUntil: "" }
		expect(tierItems(pick({}, [refusal]), englishLocale)[1]?.description).toBe("refused by AWS lately")
	})

	it("lists only Standard, with the reason in the title, for a model without tier support", () => {
		const claude = pick({ modelId: "anthropic.claude-sonnet-4-6" })
		expect(tierItems(claude, englishLocale).map(({ tier }) => tier)).toEqual(["default"])
		expect(tierTitle(claude, englishLocale)).toBe("Claude Sonnet 4.6 runs on Standard only.")
	})

	it("shows no price for a model whose prices are unknown", () => {
		const unknown = tierItems(pick({ modelId: "made.up-model-v1:0" }), englishLocale)
		expect(unknown.map(({ detail }) => detail.endsWith("Its price is not known."))).toEqual([true, true, true])
	})
})
