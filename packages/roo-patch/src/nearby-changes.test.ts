import { describe, expect, it } from "vitest"
import { changes } from "./testing/changes"
import {
	changed,
	GENERATIONS,
	lookAlike,
	localePath,
	patched,
	withCrlf,
	type Files,
	type Generation,
} from "./testing/look-alike"
import * as paths from "./testing/paths"

/** Checkouts that are not quite as upstream left them, and what the patch makes of them. */

const BEFORE = "before-upstream-tiers"
const WITH = "with-upstream-tiers"

/** What the patch does to one file as a person has changed it. */
function after(
	generation: Generation,
	path: string,
	...edits: [from: string, to: string][]
): { text: string; changes: string[] } {
	const start = lookAlike(generation)[path] ?? ""
	const theirs = edits.reduce((text, [from, to]) => changed(text, from, to), start)
	const text = patched(generation, { [path]: theirs })[path] ?? ""
	return { text, changes: changes(theirs, text) }
}

const lines = (...all: string[]) => all.join("\n")

describe("a file with CRLF", () => {
	it.each(GENERATIONS)("is patched like one with LF, and every line of it keeps its CRLF: %s", (generation) => {
		const files = lookAlike(generation)
		const crlf: Files = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, withCrlf(text)]))
		const [result, expected] = [patched(generation, crlf), patched(generation)]
		for (const path of Object.keys(files)) expect(result[path], path).toBe(withCrlf(expected[path] ?? ""))
	})

	it("keeps it inside a value of several lines that is wrapped", () => {
		const text = changed(
			lookAlike(WITH)[paths.SELECTED_MODEL] ?? "",
			"{ maxTokens: 4_000, contextWindow: 100_000, supportsPromptCache: true }",
			"{\n\t\t\t\t\t\tmaxTokens: 4_000,\n\t\t\t\t\t\tcontextWindow: 100_000,\n\t\t\t\t\t}",
		)
		const [result, expected] = [withCrlf(text), text].map(
			(each) => patched(WITH, { [paths.SELECTED_MODEL]: each })[paths.SELECTED_MODEL] ?? "",
		)
		expect(result).toBe(withCrlf(expected ?? ""))
		expect(expected).toContain(
			"info: withBedrockTierPrices({\n\t\t\t\t\t\tmaxTokens: 4_000,\n\t\t\t\t\t\tcontextWindow: 100_000,\n\t\t\t\t\t}, apiConfiguration),",
		)
	})

	it("is told by its first line end, and lines of the other kind stay as they are", () => {
		const text = `// first\r\n${lookAlike(WITH)[paths.TASK] ?? ""}`
		const result = patched(WITH, { [paths.TASK]: text })[paths.TASK] ?? ""
		expect(result.match(/\r\n/g)).toHaveLength(4)
		expect(result.replaceAll("\r\n", "\n")).toBe(`// first\n${patched(WITH)[paths.TASK]}`)
	})
})

describe("a file's edges", () => {
	it("no line end at the end of the file: none comes", () => {
		expect(patched(WITH, { [paths.TYPES_INDEX]: 'export * from "./providers/index.js"' })[paths.TYPES_INDEX]).toBe(
			'export * from "./providers/index.js"\nexport * from "./bedrock-tiers/index.js"',
		)
	})

	it("a byte order mark stays first", () => {
		const text = patched(WITH, { [paths.STREAM]: `\uFEFF${lookAlike(WITH)[paths.STREAM]}` })[paths.STREAM]
		expect(text).toBe(`\uFEFF${patched(WITH)[paths.STREAM]}`)
	})
})

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
		const { changes } = after(BEFORE, paths.SETTINGS, [last, last.replace(",", "")])
		expect(changes).toEqual([
			lines(
				"-awsBedrockEndpoint: z.string().optional() // Somewhere between the host and Bedrock.",
				"+awsBedrockEndpoint: z.string().optional(), // Somewhere between the host and Bedrock.",
				'+awsBedrockServiceTier: z.enum(["STANDARD", "FLEX", "PRIORITY"]).optional()',
			),
		])
	})

	it("one above a statement stays with it when a line comes before it", () => {
		const { text } = after(BEFORE, paths.HANDLER, [
			"\t\tconst payload: BedrockPayload = {",
			"\t\t// What is sent.\n\t\tconst payload: BedrockPayload = {",
		])
		expect(text).toContain(
			"\t\tconst tierRequest = new BedrockTierRequest(this.options, modelConfig)\n\n\t\t// What is sent.\n\t\tconst payload",
		)
	})

	it("one behind the import before a removed one stays", () => {
		const { changes } = after(WITH, paths.PANEL, ["\tBEDROCK_REGIONS,\n", "\tBEDROCK_REGIONS, // for the list\n"])
		expect(changes.slice(0, 2)).toEqual(["-type BedrockServiceTier,", "-BEDROCK_SERVICE_TIER_MODEL_IDS,"])
	})

	it("one behind a removed import goes with it", () => {
		const { changes } = after(WITH, paths.PANEL, [
			"\tBEDROCK_SERVICE_TIER_MODEL_IDS,\n",
			"\tBEDROCK_SERVICE_TIER_MODEL_IDS, // nine\n",
		])
		expect(changes[1]).toBe("-BEDROCK_SERVICE_TIER_MODEL_IDS, // nine")
	})

	it("between the parts of what is replaced they do not hinder", () => {
		const { text } = after(WITH, paths.HANDLER, [
			"\t\tif (useServiceTier) {\n",
			"\t\t// It was sent.\n\t\tif (useServiceTier) {\n",
		])
		expect(text).toBe(patched(WITH)[paths.HANDLER])
	})
})

describe("imports in another form", () => {
	const HANDLER_NAMES = /import \{\n\ttype BedrockModelId,[^}]*\} from/

	function onOneLine(generation: Generation): string {
		const text = lookAlike(generation)[paths.HANDLER] ?? ""
		return text.replace(HANDLER_NAMES, (names) => names.replace(/,\n\}/, " }").replaceAll("\n\t", " "))
	}

	it("on one line, the removed names in the middle of it", () => {
		const text = patched(WITH, { [paths.HANDLER]: onOneLine(WITH) })[paths.HANDLER]
		expect(text).toContain(
			"import { type BedrockModelId, type ModelInfo, type ProviderSettings, BEDROCK_GLOBAL_INFERENCE_MODEL_IDS, " +
				'bedrockDefaultModelId, bedrockModels } from "@roo-code/types"',
		)
	})

	it.each([
		[
			"on one line",
			"import { bedrockModels, BEDROCK_SERVICE_TIER_MODEL_IDS, BEDROCK_SERVICE_TIER_PRICING } from",
			"import { bedrockModels } from",
		],
		[
			"on lines of their own, without a last comma",
			"import {\n\tbedrockModels,\n\tBEDROCK_SERVICE_TIER_MODEL_IDS,\n\tBEDROCK_SERVICE_TIER_PRICING\n} from",
			"import {\n\tbedrockModels\n} from",
		],
		[
			"all of them",
			"import { BEDROCK_SERVICE_TIER_MODEL_IDS, BEDROCK_SERVICE_TIER_PRICING } from",
			"import { } from",
		],
	])("two removed names at the end: %s", (_, theirs, ours) => {
		const others = ["BEDROCK_SERVICE_TIER_MODEL_IDS", "BEDROCK_SERVICE_TIER_PRICING", "bedrockModels"]
		const text = others.reduce(
			(all, name) => changed(all, `\t${name},\n`, ""),
			lookAlike(WITH)[paths.HANDLER] ?? "",
		)
		const file = `${theirs} "@roo-code/types"\n${text}`
		expect(patched(WITH, { [paths.HANDLER]: file })[paths.HANDLER]?.startsWith(`${ours} "@roo-code/types"\n`)).toBe(
			true,
		)
	})

	it("a removed import that is the last of all: ours takes its place", () => {
		const moved = 'import { formatPrice } from "@src/utils/formatPrice"\n'
		const { text } = after(
			WITH,
			paths.MODEL_INFO,
			[moved, ""],
			['TranslationContext"\n', `TranslationContext"\n${moved}`],
		)
		expect(text).toContain(
			lines(
				'import { useAppTranslation } from "@src/i18n/TranslationContext"',
				'import { formatModelPrice } from "@src/utils/formatModelPrice"',
				"",
				"type ModelInfoViewProps",
			),
		)
	})
})

describe("statements of a person's own", () => {
	it("beside the streamed usage", () => {
		const { changes } = after(WITH, paths.TASK, [
			"\t\t\t\t\ttotalCost = chunk.totalCost\n",
			"\t\t\t\t\tcountUp()\n\t\t\t\t\ttotalCost = chunk.totalCost // ours\n\t\t\t\t\tcountDown()\n",
		])
		expect(changes[1]).toBe("+keepServiceTier(this.clineMessages[lastApiReqIndex], chunk)")
	})

	it("between the gate and its log line: they stay", () => {
		const { text } = after(WITH, paths.HANDLER, [
			"\t\tif (useServiceTier) {\n",
			"\t\tconst theirs = 1\n\t\tif (useServiceTier) {\n",
		])
		expect(text).toContain(
			"\t\tconst tierRequest = new BedrockTierRequest(this.options, modelConfig)\n\t\tconst theirs = 1\n\n\t\tconst payload",
		)
	})

	it("between the base id and the multiplier: they stay", () => {
		const { text } = after(WITH, paths.HANDLER, [
			"\t\tif (\n\t\t\tthis.options.awsBedrockServiceTier &&\n",
			"\t\tconst theirs = 1\n\t\tif (\n\t\t\tthis.options.awsBedrockServiceTier &&\n",
		])
		expect(text).toContain("this.options, modelConfig.id)\n\t\tconst theirs = 1\n\n\t\t// The caller may change")
	})

	it("before the last return of getModel", () => {
		const { changes } = after(BEFORE, paths.HANDLER, [
			"\t\t// The caller may change",
			"\t\tmodelConfig.info.maxTokens = 1\n\t\t// The caller may change",
		])
		expect(changes[5]).toMatch(/^\+\/\/ Each tier has prices of its own\.\n/)
	})

	it("first in the error methods: ours come before them", () => {
		const { text } = after(BEFORE, paths.HANDLER, [
			"\t\tconst words = error",
			'\t\t// Theirs.\n\t\tif (!error) return "GENERIC"\n\t\tconst words = error',
		])
		expect(text).toContain(
			'\t\tif (isBedrockTierRefusal(error)) return "GENERIC"\n\n\t\t// Theirs.\n\t\tif (!error)',
		)
	})

	it("another element beside the cost, another dropdown above the tier's", () => {
		const row = after(WITH, paths.CHAT_ROW, [
			"\t\t\t<div className={cn(",
			"\t\t\t<b>!</b>\n\t\t\t<div className={cn(",
		])
		expect(row.text).toContain(
			"<b>!</b>\n\t\t\t<BedrockTierLabel text={message.text} />\n\t\t\t<div className={cn(",
		)
		const panel = after(WITH, paths.PANEL, [
			"\t\t\t{supportsServiceTiers",
			"\t\t\t<hr />\n\t\t\t{supportsServiceTiers",
		])
		expect(panel.text).toContain("<hr />\n\t\t\t<BedrockServiceTier\n")
	})
})

describe("other names and another form", () => {
	it("a payload of another name", () => {
		const { changes } = after(
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
		const { text } = after(BEFORE, paths.HANDLER, ["\t\t\tconst command = new ConverseCommand(payload)", inPlace])
		expect(text).toContain(
			"\t\t\t\tmessages: [],\n\t\t\t\t...new BedrockTierRequest(this.options, modelConfig).member,\n\t\t\t})",
		)
	})

	it("a payload that says which type it satisfies", () => {
		const inPlace = "new ConverseCommand({ modelId: modelConfig.id, messages: [] } satisfies object)"
		const { text } = after(BEFORE, paths.HANDLER, ["new ConverseCommand(payload)", inPlace])
		expect(text).toContain(
			"{ modelId: modelConfig.id, messages: [],\n\t\t\t...new BedrockTierRequest(this.options, modelConfig).member } satisfies object)",
		)
	})

	it("a usage chunk without a last comma", () => {
		const { changes } = after(WITH, paths.HANDLER, [
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
		const { text } = after(WITH, paths.TASK, [
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

	it("indentation by spaces", () => {
		const spaces = (text = "") => text.replace(/^\t+/gm, (tabs) => "  ".repeat(tabs.length))
		const text = patched(WITH, { [paths.TASK]: spaces(lookAlike(WITH)[paths.TASK]) })[paths.TASK]
		expect(text).toBe(spaces(patched(WITH)[paths.TASK]))
	})

	it("members that end with a semicolon", () => {
		const { text } = after(WITH, paths.STREAM, ["\ttotalCost?: number\n", "\ttotalCost?: number;\n"])
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
