import { DEFAULT_PROFILE_SETTINGS } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { retryTierOptions } from "./retry-tier-options"

const on = (part: Partial<typeof DEFAULT_PROFILE_SETTINGS>) =>
	retryTierOptions({ ...DEFAULT_PROFILE_SETTINGS, ...part })

describe("An answer can be asked for again", () => {
	test("on the tier that is set, and on the others of the model", () => {
		expect(on({ serviceTier: "flex" })).toEqual({ tier: "flex", others: ["default", "priority"] })
		expect(on({ serviceTier: "default" })).toEqual({ tier: "default", others: ["flex", "priority"] })
	})

	test("on no other where the model takes none", () => {
		const modelId = "anthropic.claude-sonnet-4-6"
		expect(on({ modelId, serviceTier: "flex" })).toEqual({ tier: "flex", others: [] })
	})

	test("on any where the model is not known", () => {
		expect(on({ modelId: "acme.brand-new-v1:0", serviceTier: "priority" }).others).toEqual(["default", "flex"])
	})
})
