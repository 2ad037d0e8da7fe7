import { describe, expect, it } from "vitest"
import { changesOf, lines } from "./testing/changes"
import { patched } from "./testing/look-alike"
import * as paths from "./testing/paths"

/** The changes of the patch to the Bedrock handler and to upstream's tests of it. Other files are in edits.test.ts. */

const BEFORE = "before-upstream-tiers"
const WITH = "with-upstream-tiers"
const ZOO = "zoo"

const IMPORT = '+import { BedrockTierRequest, bedrockTierModelInfo, bedrockTierRefusal } from "./bedrock-service-tier"'
const PRICES = [
	"+// Each tier has prices of its own.",
	"+modelConfig.info = bedrockTierModelInfo(modelConfig.info, this.options, modelConfig.id)",
]
const COST = "+...tierRequest.usage(streamEvent.metadata),"
const COMPLETION = "+...new BedrockTierRequest(this.options, modelConfig).member,"
const THROWN_REFUSAL = lines(
	"+const tierRefusal = bedrockTierRefusal(error, this.options, modelConfig.id)",
	"+if (tierRefusal) throw Object.assign(new Error(tierRefusal), { status: 400 })",
	"+",
)
const RETURNED_REFUSAL = lines(
	"+const tierRefusal = bedrockTierRefusal(error, this.options, this.getModel().id)",
	"+if (tierRefusal) return tierRefusal",
	"+",
)

describe("the Bedrock handler before upstream's tiers", () => {
	it("gets the tier request, its member in both calls, the cost, the prices and the refusal", () => {
		expect(changesOf(BEFORE, paths.HANDLER)).toEqual([
			IMPORT,
			lines("+const tierRequest = new BedrockTierRequest(this.options, modelConfig)", "+"),
			"+...tierRequest.member,",
			COST,
			THROWN_REFUSAL,
			COMPLETION,
			lines(...PRICES, "+"),
			RETURNED_REFUSAL,
		])
	})

	it("gets the member as the last property of the payload, so that nothing overrides it", () => {
		expect(patched(BEFORE)[paths.HANDLER]).toContain(
			"\t\t\tinferenceConfig,\n\t\t\t...tierRequest.member,\n\t\t}\n",
		)
	})
})

describe.each([
	[WITH, "service_tier", []],
	[ZOO, "[SERVICE_TIER_KEY]", ["-SERVICE_TIER_KEY,"]],
] as const)("the Bedrock handler of %s", (generation, member, importedKey) => {
	const all = changesOf(generation, paths.HANDLER)

	it("no longer imports upstream's list, multipliers and type", () => {
		expect(all.slice(0, 3)).toEqual([
			"-type BedrockServiceTier,",
			lines("-BEDROCK_SERVICE_TIER_MODEL_IDS,", "-BEDROCK_SERVICE_TIER_PRICING,", ...importedKey),
			IMPORT,
		])
	})

	it("loses the payload type with the wrong member", () => {
		expect(all[3]).toBe(
			lines(
				"-// With the member that Bedrock was thought to want.",
				"-type BedrockPayloadWithServiceTier = BedrockPayload & {",
				`-	${member}?: BedrockServiceTier`,
				"-}",
				"-",
			),
		)
	})

	it("uses the catalog instead of the list, and no longer logs that a tier was sent", () => {
		expect(all[4]).toBe(
			lines(
				"-// Of the models on the list only.",
				"-const useServiceTier =",
				"-	this.options.awsBedrockServiceTier &&",
				"-	BEDROCK_SERVICE_TIER_MODEL_IDS.some((each) => each === withoutPrefix(modelConfig.id))",
				"-if (useServiceTier) {",
				'-	logger.info("A tier goes out", { serviceTier: this.options.awsBedrockServiceTier })',
				"-}",
				"+const tierRequest = new BedrockTierRequest(this.options, modelConfig)",
			),
		)
	})

	it("sends the member that the SDK knows", () => {
		expect(all.slice(5, 7)).toEqual([
			lines(
				"-// The tier stands beside the rest.",
				"-const payload: BedrockPayloadWithServiceTier = {",
				"+const payload: BedrockPayload = {",
			),
			lines(
				"-// Beside the rest, as said.",
				`-...(useServiceTier && { ${member}: this.options.awsBedrockServiceTier }),`,
				"+...tierRequest.member,",
			),
		])
	})

	it("has the prices of the tier instead of one factor for all prices", () => {
		expect(all[10]?.split("\n").filter((line) => line.startsWith("+"))).toEqual(PRICES)
		expect(all[10]).toMatch(/^-\/\/ The same factor for every price\.\n-const baseModelIdForTier = /)
	})

	it("gets the cost, the completion's member and the refusal, and nothing else", () => {
		expect([...all.slice(7, 10), ...all.slice(11)]).toEqual([COST, THROWN_REFUSAL, COMPLETION, RETURNED_REFUSAL])
	})
})

describe.each([
	[WITH, "commandArg.service_tier"],
	[ZOO, "commandArg[SERVICE_TIER_KEY]"],
] as const)("upstream's tests of the tiers: %s", (generation, member) => {
	it("assert the member that is sent, its absence, and prices to two decimals", () => {
		const absent = lines(`-expect(${member}).toBeUndefined()`, "+expect(commandArg.serviceTier).toBeUndefined()")
		expect(changesOf(generation, paths.SPEC)).toEqual([
			"+ServiceTierType: {},",
			lines(
				"-expect(priority.inputPrice).toBe(inputPrice * 1.75)",
				"-expect(priority.outputPrice).toBe(outputPrice * 1.75)",
				"+expect(priority.inputPrice).toBeCloseTo(inputPrice * 1.75)",
				"+expect(priority.outputPrice).toBeCloseTo(outputPrice * 1.75)",
			),
			lines(
				`-expect(${member}).toBe("PRIORITY")`,
				'+expect(commandArg.serviceTier).toEqual({ type: "priority" })',
			),
			lines(`-expect(${member}).toBe("FLEX")`, '+expect(commandArg.serviceTier).toEqual({ type: "flex" })'),
			absent,
			absent,
		])
	})
})
