import { DEFAULT_PROFILE_SETTINGS } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { profileOptions } from "./profile-options"

describe("A profile's settings in the handler's words", () => {
	it("leave out what the person left to the model", () => {
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

	it("carry what the person set, 0 too, and the minutes in milliseconds", () => {
		const set = { reasoning: "high", thinkingBudgetTokens: 2_048, promptCaching: "off", maxTokens: 4_096 } as const
		const options = profileOptions({ ...DEFAULT_PROFILE_SETTINGS, ...set, temperature: 0, idleLimitMinutes: 2.5 })
		expect(options).toMatchObject({ ...set, temperature: 0, idleLimitMs: 150_000 })
	})

	it("are no word about secrets, prices, background requests or titles", () => {
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
