import { describe, expect, it } from "vitest"
import {
	DEFAULT_PROFILE_SETTINGS,
	receive,
	refusalsFor,
	toHostSchema,
	type TierRequest,
	type TierRefusal,
} from "./index"

const GPT = "openai.gpt-oss-120b-1:0"
const CLAUDE = "anthropic.claude-sonnet-4-6"

function refusal(tierRequest: Partial<TierRequest>, profileId = "work"): TierRefusal {
	return {
		profileId,
		tierRequest: {
			modelId: GPT,
			api: "converse",
			region: "us-east-1",
			route: "in-region",
			tier: "flex",
			...tierRequest,
		},
		refusedAt: "2026-11-22T10:00:00.000Z",
		rememberedUntil: "2026-11-29T10:00:00.000Z",
	}
}

describe("refusalsFor", () => {
	const findRefusals = (part: object, ...refusals: TierRefusal[]) =>
		refusalsFor(refusals, "work", { ...DEFAULT_PROFILE_SETTINGS, modelId: GPT, ...part })

	it("returns refusals of this profile, model, API and region, for any tier", () => {
		const [flex, priority] = [refusal({}), refusal({ tier: "priority" })]
		const others = [
			refusal({}, "home"),
			refusal({ modelId: "openai.gpt-oss-20b-1:0" }),
			refusal({ api: "invoke-model" }),
			refusal({ region: "us-west-2" }),
		]
		expect(findRefusals({}, ...others, flex, priority)).toEqual([flex, priority])
	})

	it("matches the model id as sent: a refusal of the geographic profile is not one of the global profile", () => {
		const geoRefusal = refusal({ modelId: `us.${CLAUDE}`, route: "geo" })
		expect(findRefusals({ modelId: CLAUDE }, geoRefusal)).toEqual([geoRefusal])
		expect(findRefusals({ modelId: CLAUDE, route: "global" }, geoRefusal)).toEqual([])
	})

	it("matches the region of an ARN", () => {
		const modelId = `arn:aws:bedrock:eu-west-2::foundation-model/${GPT}`
		const londonRefusal = refusal({ modelId, region: "eu-west-2" })
		expect(findRefusals({ modelId }, londonRefusal)).toEqual([londonRefusal])
	})

	it("matches the base model when the catalog knows no route and the account's own profile list provided one", () => {
		const globalRefusal = refusal({ modelId: `global.${CLAUDE}`, region: "sa-east-1", route: "global" })
		expect(findRefusals({ modelId: CLAUDE, region: "sa-east-1" }, globalRefusal)).toEqual([globalRefusal])
	})

	it("returns no refusals while the model id is incomplete", () => {
		expect(findRefusals({ modelId: "gpt" }, refusal({}))).toEqual([])
	})
})

describe("The forget-refusal message", () => {
	const forget = { type: "forget-refusal", profileId: "work", tierRequest: refusal({}).tierRequest }

	it("is accepted with a complete tier request", () => {
		expect(receive(toHostSchema, forget)).toMatchObject({ ok: true })
	})

	it.each([
		["a missing member", { tierRequest: { modelId: GPT } }, "tierRequest.api"],
		["an unknown member", { tierRequest: { ...forget.tierRequest, account: "1" } }, "tierRequest.account"],
		["an unknown tier", { tierRequest: { ...forget.tierRequest, tier: "FLEX" } }, "tierRequest.tier"],
	])("is rejected with %s", (_, invalidPart, field) => {
		expect(receive(toHostSchema, { ...forget, ...invalidPart })).toMatchObject({ ok: false, field })
	})
})
