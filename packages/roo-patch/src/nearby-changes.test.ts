import { describe, expect, it } from "vitest"
import { afterEdits, lines } from "./testing/changes"
import { lookAlike, localePath, patched } from "./testing/look-alike"
import * as paths from "./testing/paths"

/** What a person has written near the places of the edits, and what the patch makes of it. */

const BEFORE = "before-upstream-tiers"
const WITH = "with-upstream-tiers"

describe("comments", () => {
	it("one behind the last property stays on its line", () => {
		expect(patched(BEFORE)[paths.SETTINGS]).toContain(
			lines(
				"	awsBedrockEndpoint: z.string().optional(), // Somewhere between the host and Bedrock.",
				'	awsBedrockServiceTier: z.enum(["STANDARD", "FLEX", "PRIORITY"]).optional(),',
			),
		)
	})

	it("one behind a last property without a comma stays there too", () => {
		const last = "awsBedrockEndpoint: z.string().optional(), // Somewhere"
		const { changes } = afterEdits(BEFORE, paths.SETTINGS, [last, last.replace(",", "")])
		expect(changes).toEqual([
			lines(
				"-awsBedrockEndpoint: z.string().optional() // Somewhere between the host and Bedrock.",
				"+awsBedrockEndpoint: z.string().optional(), // Somewhere between the host and Bedrock.",
				'+awsBedrockServiceTier: z.enum(["STANDARD", "FLEX", "PRIORITY"]).optional()',
			),
		])
	})

	it("one above a statement stays with it when a line comes before it", () => {
		const { text } = afterEdits(BEFORE, paths.HANDLER, [
			"\t\tconst payload: BedrockPayload = {",
			"\t\t// What is sent.\n\t\tconst payload: BedrockPayload = {",
		])
		expect(text).toContain(
			"\t\tconst tierRequest = new BedrockTierRequest(this.options, modelConfig)\n\n\t\t// What is sent.\n\t\tconst payload",
		)
	})

	it("one behind the import before a removed one stays", () => {
		const { changes } = afterEdits(WITH, paths.PANEL, [
			"\tBEDROCK_REGIONS,\n",
			"\tBEDROCK_REGIONS, // for the list\n",
		])
		expect(changes.slice(0, 2)).toEqual(["-type BedrockServiceTier,", "-BEDROCK_SERVICE_TIER_MODEL_IDS,"])
	})

	it("one behind a removed import goes with it", () => {
		const { changes } = afterEdits(WITH, paths.PANEL, [
			"\tBEDROCK_SERVICE_TIER_MODEL_IDS,\n",
			"\tBEDROCK_SERVICE_TIER_MODEL_IDS, // nine\n",
		])
		expect(changes[1]).toBe("-BEDROCK_SERVICE_TIER_MODEL_IDS, // nine")
	})

	it("between the parts of what is replaced they do not hinder", () => {
		const { text } = afterEdits(WITH, paths.HANDLER, [
			"\t\tif (useServiceTier) {\n",
			"\t\t// It was sent.\n\t\tif (useServiceTier) {\n",
		])
		expect(text).toBe(patched(WITH)[paths.HANDLER])
	})
})

describe("statements of a person's own", () => {
	it("beside the streamed usage", () => {
		const { changes } = afterEdits(WITH, paths.TASK, [
			"\t\t\t\t\ttotalCost = chunk.totalCost\n",
			"\t\t\t\t\tcountUp()\n\t\t\t\t\ttotalCost = chunk.totalCost // ours\n\t\t\t\t\tcountDown()\n",
		])
		expect(changes[1]).toBe("+keepServiceTier(this.clineMessages[lastApiReqIndex], chunk)")
	})

	it("between the gate and its log line: they stay", () => {
		const { text } = afterEdits(WITH, paths.HANDLER, [
			"\t\tif (useServiceTier) {\n",
			"\t\tconst theirs = 1\n\t\tif (useServiceTier) {\n",
		])
		expect(text).toContain(
			"\t\tconst tierRequest = new BedrockTierRequest(this.options, modelConfig)\n\t\tconst theirs = 1\n\n\t\tconst payload",
		)
	})

	it("between the base id and the multiplier: they stay", () => {
		const { text } = afterEdits(WITH, paths.HANDLER, [
			"\t\tif (\n\t\t\tthis.options.awsBedrockServiceTier &&\n",
			"\t\tconst theirs = 1\n\t\tif (\n\t\t\tthis.options.awsBedrockServiceTier &&\n",
		])
		expect(text).toContain("this.options, modelConfig.id)\n\t\tconst theirs = 1\n\n\t\t// The caller may change")
	})

	it("before the last return of getModel", () => {
		const { changes } = afterEdits(BEFORE, paths.HANDLER, [
			"\t\t// The caller may change",
			"\t\tmodelConfig.info.maxTokens = 1\n\t\t// The caller may change",
		])
		expect(changes[6]).toMatch(/^\+\/\/ Each tier has prices of its own\.\n/)
	})

	it("among what is done with an error: ours stays before the throttled request, its comment with it", () => {
		const { text } = afterEdits(BEFORE, paths.HANDLER, [
			"\t\t\t// Tried again from outside, as it is.",
			"\t\t\tif (!error) return\n\n\t\t\t// Theirs.",
		])
		expect(text).toContain(
			"\t\t\tif (!error) return\n\n\t\t\tconst tierRefusal = bedrockTierRefusal(error, this.options, modelConfig.id)\n",
		)
		expect(text).toContain("{ status: 400 })\n\n\t\t\t// Theirs.\n\t\t\tif (errorType")
	})

	it("another element beside the cost, another dropdown above the tier's", () => {
		const row = afterEdits(WITH, paths.CHAT_ROW, [
			"\t\t\t<div className={cn(",
			"\t\t\t<b>!</b>\n\t\t\t<div className={cn(",
		])
		expect(row.text).toContain(
			"<b>!</b>\n\t\t\t<BedrockTierLabel text={message.text} />\n\t\t\t<div className={cn(",
		)
		const panel = afterEdits(WITH, paths.PANEL, [
			"\t\t\t{supportsServiceTiers",
			"\t\t\t<hr />\n\t\t\t{supportsServiceTiers",
		])
		expect(panel.text).toContain("<hr />\n\t\t\t<BedrockServiceTier\n")
	})
})

describe("other names and another form", () => {
	it("a payload of another name", () => {
		const { changes } = afterEdits(
			WITH,
			paths.HANDLER,
			["const payload: Bedrock", "const whatIsSent: Bedrock"],
			["new ConverseStreamCommand(payload)", "new ConverseStreamCommand(whatIsSent)"],
		)
		expect(changes[5]).toContain("+const whatIsSent: BedrockPayload = {")
	})

	it("a payload that stands in the command", () => {
		const inPlace = lines(
			"\t\t\tconst command = new ConverseCommand({",
			"\t\t\t\tmodelId: modelConfig.id,",
			"\t\t\t\tmessages: [],",
			"\t\t\t})",
		)
		const { text } = afterEdits(BEFORE, paths.HANDLER, [
			"\t\t\tconst command = new ConverseCommand(payload)",
			inPlace,
		])
		expect(text).toContain(
			"\t\t\t\tmessages: [],\n\t\t\t\t...new BedrockTierRequest(this.options, modelConfig).member,\n\t\t\t})",
		)
	})

	it("a payload that says which type it satisfies", () => {
		const inPlace = "new ConverseCommand({ modelId: modelConfig.id, messages: [] } satisfies object)"
		const { text } = afterEdits(BEFORE, paths.HANDLER, ["new ConverseCommand(payload)", inPlace])
		expect(text).toContain(
			"{ modelId: modelConfig.id, messages: [],\n\t\t\t...new BedrockTierRequest(this.options, modelConfig).member } satisfies object)",
		)
	})

	it("a usage chunk without a last comma", () => {
		const { changes } = afterEdits(WITH, paths.HANDLER, [
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

	it("statements that share a line", () => {
		const { text } = afterEdits(WITH, paths.TASK, [
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

	it("a removed statement that shares its line: the other one stays", () => {
		const { text } = afterEdits(WITH, paths.PANEL, [
			"\tconst supportsServiceTiers =",
			"\tconst theirs = 1; const supportsServiceTiers =",
		])
		expect(text).toContain("\tconst theirs = 1; \n\n\treturn (")
	})

	it("indentation by spaces", () => {
		const spaces = (text = "") => text.replace(/^\t+/gm, (tabs) => "  ".repeat(tabs.length))
		const text = patched(WITH, { [paths.TASK]: spaces(lookAlike(WITH)[paths.TASK]) })[paths.TASK]
		expect(text).toBe(spaces(patched(WITH)[paths.TASK]))
	})

	it("members that end with a semicolon", () => {
		const { text } = afterEdits(WITH, paths.STREAM, ["\ttotalCost?: number\n", "\ttotalCost?: number;\n"])
		expect(text).toContain("\ttotalCost?: number;\n\tserviceTier?: BedrockTierUsage\n}")
	})

	it("words on one line", () => {
		const path = localePath("fr")
		const text = patched(WITH, { [path]: '{"back":"Retour"}' })[path] ?? ""
		expect(JSON.parse(text)).toEqual({ back: "Retour", bedrockTier: { label: "Tier (fr)" } })
	})

	it("other keys after the settings' words of upstream", () => {
		const path = localePath("fr")
		const text = patched(WITH, { [path]: '{\n    "back": "Retour",\n    "mine": {}\n}' })[path]
		expect(text).toBe(
			'{\n    "back": "Retour",\n    "mine": {},\n    "bedrockTier": {\n        "label": "Tier (fr)"\n    }\n}',
		)
	})
})
