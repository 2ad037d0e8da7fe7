import { DEFAULT_PROFILE_SETTINGS } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { profileOptions } from "./profile-options"

describe("profileOptions", () => {
	it("omits settings that are null, so that the model's defaults apply", () => {
		expect(profileOptions(DEFAULT_PROFILE_SETTINGS)).toEqual({
			region: "us-east-1",
			modelId: "openai.gpt-oss-120b-1:0",
			route: "auto",
			serviceTier: "default",
			whenTierCannotServe: "ask",
			api: "converse",
			http: "http2",
			declaredModels: [],
			reasoning: "off",
			promptCaching: "5m",
		})
	})

	it("copies the values that are set, including 0, and converts the idle limit to milliseconds", () => {
		const set = { reasoning: "high", thinkingBudgetTokens: 2_048, promptCaching: "off", maxTokens: 4_096 } as const
		const options = profileOptions({ ...DEFAULT_PROFILE_SETTINGS, ...set, temperature: 0, idleLimitMinutes: 2.5 })
		expect(options).toMatchObject({ ...set, temperature: 0, idleLimitMs: 150_000 })
	})

	it("omits credentials, endpoint, pricing, background tier and chat titles", () => {
		const options = profileOptions({
			...DEFAULT_PROFILE_SETTINGS,
			credentials: { method: "profile", profile: "work" },
			endpoint: "https://gateway.example",
			discountPercent: 10,
			backgroundTier: "flex",
			chatTitles: "written",
		})
		expect(options).toEqual(profileOptions(DEFAULT_PROFILE_SETTINGS))
	})
})
