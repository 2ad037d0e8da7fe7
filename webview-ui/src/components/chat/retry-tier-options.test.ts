import { DEFAULT_PROFILE_SETTINGS } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { retryTierOptions } from "./retry-tier-options"

const optionsFor = (part: Partial<typeof DEFAULT_PROFILE_SETTINGS>) =>
	retryTierOptions({ ...DEFAULT_PROFILE_SETTINGS, ...part })

describe("retryTierOptions", () => {
	test("offers the tier of the settings and the other tiers of the model", () => {
		expect(optionsFor({ serviceTier: "flex" })).toEqual({ tier: "flex", others: ["default", "priority"] })
		expect(optionsFor({ serviceTier: "default" })).toEqual({ tier: "default", others: ["flex", "priority"] })
	})

	test("offers no other tier when the model is Standard-only", () => {
		const modelId = "anthropic.claude-sonnet-4-6"
		expect(optionsFor({ modelId, serviceTier: "flex" })).toEqual({ tier: "flex", others: [] })
	})

	test("offers every tier when the model is unknown", () => {
		expect(optionsFor({ modelId: "acme.brand-new-v1:0", serviceTier: "priority" }).others).toEqual([
			"default",
			"flex",
		])
	})
})
