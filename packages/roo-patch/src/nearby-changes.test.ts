import { describe, expect, it } from "vitest"
import { patchAfterEdits, lines } from "./testing/changes"
import { lookAlike, localePath, patched } from "./testing/look-alike"
import * as paths from "./testing/paths"

/** How the patch treats a user's own changes near the places of its edits. */

const BEFORE = "before-upstream-tiers"
const WITH = "with-upstream-tiers"

describe("a comment", () => {
	it("after the last property stays on its line", () => {
		expect(patched(BEFORE)[paths.SETTINGS]).toContain(
			lines(
				"	awsBedrockEndpoint: z.string().optional(), // Somewhere between the host and Bedrock.",
				'	awsBedrockServiceTier: z.enum(["STANDARD", "FLEX", "PRIORITY"]).optional(),',
			),
		)
	})

	it("after a last property without a comma also stays on its line", () => {
		const last = "awsBedrockEndpoint: z.string().optional(), // Somewhere"
		const { changes } = patchAfterEdits(BEFORE, paths.SETTINGS, [last, last.replace(",", "")])
		expect(changes).toEqual([
			lines(
				"-awsBedrockEndpoint: z.string().optional() // Somewhere between the host and Bedrock.",
				"+awsBedrockEndpoint: z.string().optional(), // Somewhere between the host and Bedrock.",
				'+awsBedrockServiceTier: z.enum(["STANDARD", "FLEX", "PRIORITY"]).optional()',
			),
		])
	})

	it("above a statement stays with it when a line is inserted before the statement", () => {
		const { text } = patchAfterEdits(BEFORE, paths.HANDLER, [
			"\t\tconst payload: BedrockPayload = {",
			"\t\t// What is sent.\n\t\tconst payload: BedrockPayload = {",
		])
		expect(text).toContain(
			"\t\tconst tierRequest = new BedrockTierRequest(this.options, modelConfig)\n\n\t\t// What is sent.\n\t\tconst payload",
		)
	})

	it("after the import before a removed one stays", () => {
		const { changes } = patchAfterEdits(WITH, paths.PANEL, [
			"\tBEDROCK_REGIONS,\n",
			"\tBEDROCK_REGIONS, // for the list\n",
		])
		expect(changes.slice(0, 2)).toEqual(["-type BedrockServiceTier,", "-BEDROCK_SERVICE_TIER_MODEL_IDS,"])
	})

	it("after a removed import is removed with it", () => {
		const { changes } = patchAfterEdits(WITH, paths.PANEL, [
			"\tBEDROCK_SERVICE_TIER_MODEL_IDS,\n",
			"\tBEDROCK_SERVICE_TIER_MODEL_IDS, // nine\n",
		])
		expect(changes[1]).toBe("-BEDROCK_SERVICE_TIER_MODEL_IDS, // nine")
	})

	it("between replaced statements is removed with them", () => {
		const { text } = patchAfterEdits(WITH, paths.HANDLER, [
			"\t\tif (useServiceTier) {\n",
			"\t\t// It was sent.\n\t\tif (useServiceTier) {\n",
		])
		expect(text).toBe(patched(WITH)[paths.HANDLER])
	})
})

describe("a user's own statement or element", () => {
	it("next to the streamed usage does not prevent the edit", () => {
		const { changes } = patchAfterEdits(WITH, paths.TASK, [
			"\t\t\t\t\ttotalCost = chunk.totalCost\n",
			"\t\t\t\t\tcountUp()\n\t\t\t\t\ttotalCost = chunk.totalCost // ours\n\t\t\t\t\tcountDown()\n",
		])
		expect(changes[1]).toBe("+keepServiceTier(this.clineMessages[lastApiReqIndex], chunk)")
	})

	it("between the gate and its log line stays", () => {
		const { text } = patchAfterEdits(WITH, paths.HANDLER, [
			"\t\tif (useServiceTier) {\n",
			"\t\tconst theirs = 1\n\t\tif (useServiceTier) {\n",
		])
		expect(text).toContain(
			"\t\tconst tierRequest = new BedrockTierRequest(this.options, modelConfig)\n\t\tconst theirs = 1\n\n\t\tconst payload",
		)
	})

	it("between the base id and the multiplier stays", () => {
		const { text } = patchAfterEdits(WITH, paths.HANDLER, [
			"\t\tif (\n\t\t\tthis.options.awsBedrockServiceTier &&\n",
			"\t\tconst theirs = 1\n\t\tif (\n\t\t\tthis.options.awsBedrockServiceTier &&\n",
		])
		expect(text).toContain("this.options, modelConfig.id)\n\t\tconst theirs = 1\n\n\t\t// The caller may change")
	})

	it("before the last return of getModel does not prevent the edit", () => {
		const { changes } = patchAfterEdits(BEFORE, paths.HANDLER, [
			"\t\t// The caller may change",
			"\t\tmodelConfig.info.maxTokens = 1\n\t\t// The caller may change",
		])
		expect(changes[6]).toMatch(/^\+\/\/ Each tier has prices of its own\.\n/)
	})

	it("in the error handling stays, and the edit goes before the throttled request and its comment", () => {
		const { text } = patchAfterEdits(BEFORE, paths.HANDLER, [
			"\t\t\t// Tried again from outside, as it is.",
			"\t\t\tif (!error) return\n\n\t\t\t// Theirs.",
		])
		expect(text).toContain(
			"\t\t\tif (!error) return\n\n\t\t\tconst tierRefusal = bedrockTierRefusal(error, this.options, modelConfig.id)\n",
		)
		expect(text).toContain("{ status: 400 })\n\n\t\t\t// Theirs.\n\t\t\tif (errorType")
	})

	it("next to the cost, or above the dropdown of the tier, does not prevent the edit", () => {
		const row = patchAfterEdits(WITH, paths.CHAT_ROW, [
			"\t\t\t<div className={cn(",
			"\t\t\t<b>!</b>\n\t\t\t<div className={cn(",
		])
		expect(row.text).toContain(
			"<b>!</b>\n\t\t\t<BedrockTierLabel text={message.text} />\n\t\t\t<div className={cn(",
		)
		const panel = patchAfterEdits(WITH, paths.PANEL, [
			"\t\t\t{supportsServiceTiers",
			"\t\t\t<hr />\n\t\t\t{supportsServiceTiers",
		])
		expect(panel.text).toContain("<hr />\n\t\t\t<BedrockServiceTier\n")
	})
})

describe("other names and formats", () => {
	it("a payload with another name is edited", () => {
		const { changes } = patchAfterEdits(
			WITH,
			paths.HANDLER,
			["const payload: Bedrock", "const whatIsSent: Bedrock"],
			["new ConverseStreamCommand(payload)", "new ConverseStreamCommand(whatIsSent)"],
		)
		expect(changes[5]).toContain("+const whatIsSent: BedrockPayload = {")
	})

	it("a payload that is inline in the command is edited", () => {
		const inPlace = lines(
			"\t\t\tconst command = new ConverseCommand({",
			"\t\t\t\tmodelId: modelConfig.id,",
			"\t\t\t\tmessages: [],",
			"\t\t\t})",
		)
		const { text } = patchAfterEdits(BEFORE, paths.HANDLER, [
			"\t\t\tconst command = new ConverseCommand(payload)",
			inPlace,
		])
		expect(text).toContain(
			"\t\t\t\tmessages: [],\n\t\t\t\t...new BedrockTierRequest(this.options, modelConfig).member,\n\t\t\t})",
		)
	})

	it("a payload with `satisfies` is edited", () => {
		const inPlace = "new ConverseCommand({ modelId: modelConfig.id, messages: [] } satisfies object)"
		const { text } = patchAfterEdits(BEFORE, paths.HANDLER, ["new ConverseCommand(payload)", inPlace])
		expect(text).toContain(
			"{ modelId: modelConfig.id, messages: [],\n\t\t\t...new BedrockTierRequest(this.options, modelConfig).member } satisfies object)",
		)
	})

	it("a usage chunk without a trailing comma stays without one", () => {
		const { changes } = patchAfterEdits(WITH, paths.HANDLER, [
			"cacheReadTokens: usage.cacheReadInputTokens || 0,\n",
			"cacheReadTokens: usage.cacheReadInputTokens || 0\n",
		])
		expect(changes[7]).toBe(
			lines(
				"-cacheReadTokens: usage.cacheReadInputTokens || 0",
				"+cacheReadTokens: usage.cacheReadInputTokens || 0,",
				"+...tierRequest.usage(streamEvent.metadata)",
			),
		)
	})

	it("statements that share a line are separated by the inserted line", () => {
		const { text } = patchAfterEdits(WITH, paths.TASK, [
			"\t\t\t\t\ttotalCost = chunk.totalCost\n\t\t\t\t\tbreak\n",
			"\t\t\t\t\ttotalCost = chunk.totalCost; break\n",
		])
		expect(text).toContain(
			lines(
				"\t\t\t\t\ttotalCost = chunk.totalCost;",
				"\t\t\t\t\tkeepServiceTier(this.clineMessages[lastApiReqIndex], chunk)",
				"\t\t\t\t\tbreak\n",
			),
		)
	})

	it("a statement that shares a line with a removed one stays", () => {
		const { text } = patchAfterEdits(WITH, paths.PANEL, [
			"\tconst supportsServiceTiers =",
			"\tconst theirs = 1; const supportsServiceTiers =",
		])
		expect(text).toContain("\tconst theirs = 1; \n\n\treturn (")
	})

	it("indentation by spaces is used for inserted lines", () => {
		const spaces = (text = "") => text.replace(/^\t+/gm, (tabs) => "  ".repeat(tabs.length))
		const text = patched(WITH, { [paths.TASK]: spaces(lookAlike(WITH)[paths.TASK]) })[paths.TASK]
		expect(text).toBe(spaces(patched(WITH)[paths.TASK]))
	})

	it("members that end with a semicolon stay as they are", () => {
		const { text } = patchAfterEdits(WITH, paths.STREAM, ["\ttotalCost?: number\n", "\ttotalCost?: number;\n"])
		expect(text).toContain("\ttotalCost?: number;\n\tserviceTier?: BedrockTierUsage\n}")
	})

	it("translations on one line get the new key", () => {
		const path = localePath("fr")
		const text = patched(WITH, { [path]: '{"back":"Retour"}' })[path] ?? ""
		expect(JSON.parse(text)).toEqual({ back: "Retour", bedrockTier: { label: "Tier (fr)" } })
	})

	it("translations with other keys get the new key at the end", () => {
		const path = localePath("fr")
		const text = patched(WITH, { [path]: '{\n    "back": "Retour",\n    "mine": {}\n}' })[path]
		expect(text).toBe(
			'{\n    "back": "Retour",\n    "mine": {},\n    "bedrockTier": {\n        "label": "Tier (fr)"\n    }\n}',
		)
	})
})
