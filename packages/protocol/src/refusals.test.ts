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

describe("Refusals that speak of what the settings would ask for", () => {
	const found = (part: object, ...refusals: TierRefusal[]) =>
		refusalsFor(refusals, "work", { ...DEFAULT_PROFILE_SETTINGS, modelId: GPT, ...part })

	it("are those of this profile, model, API and region, of any tier", () => {
		const [flex, priority] = [refusal({}), refusal({ tier: "priority" })]
		const others = [
			refusal({}, "home"),
			refusal({ modelId: "openai.gpt-oss-20b-1:0" }),
			refusal({ api: "invoke-model" }),
			refusal({ region: "us-west-2" }),
		]
		expect(found({}, ...others, flex, priority)).toEqual([flex, priority])
	})

	it("go by the id as it is called: a refusal through the geographic profile is none of the global one", () => {
		const geo = refusal({ modelId: `us.${CLAUDE}`, route: "geo" })
		expect(found({ modelId: CLAUDE }, geo)).toEqual([geo])
		expect(found({ modelId: CLAUDE, route: "global" }, geo)).toEqual([])
	})

	it("go by an ARN's own region", () => {
		const modelId = `arn:aws:bedrock:eu-west-2::foundation-model/${GPT}`
		const london = refusal({ modelId, region: "eu-west-2" })
		expect(found({ modelId }, london)).toEqual([london])
	})

	it("go by the model where the table knows no route and the account's own list gave one", () => {
		const listed = refusal({ modelId: `global.${CLAUDE}`, region: "sa-east-1", route: "global" })
		expect(found({ modelId: CLAUDE, region: "sa-east-1" }, listed)).toEqual([listed])
	})

	it("are none while the model id is half typed", () => {
		expect(found({ modelId: "gpt" }, refusal({}))).toEqual([])
	})
})

describe("The message that forgets a refusal", () => {
	const forget = { type: "forget-refusal", profileId: "work", tierRequest: refusal({}).tierRequest }

	it("names it whole", () => {
		expect(receive(toHostSchema, forget)).toMatchObject({ ok: true })
	})

	it.each([
		["a part that is missing", { tierRequest: { modelId: GPT } }, "tierRequest.api"],
		["a part that is none of it", { tierRequest: { ...forget.tierRequest, account: "1" } }, "tierRequest.account"],
		["a tier that is none", { tierRequest: { ...forget.tierRequest, tier: "FLEX" } }, "tierRequest.tier"],
	])("is refused with %s", (_, damage, field) => {
		expect(receive(toHostSchema, { ...forget, ...damage })).toMatchObject({ ok: false, field })
	})
})
