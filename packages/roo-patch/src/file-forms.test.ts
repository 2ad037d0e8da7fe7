import { describe, expect, it } from "vitest"
import { afterEdits, lines } from "./testing/changes"
import { changed, GENERATIONS, lookAlike, patched, withCrlf, type Files, type Generation } from "./testing/look-alike"
import * as paths from "./testing/paths"

/** Line ends, a file's first and last bytes, and imports in another form than the host's formatter gives them. */

const WITH = "with-upstream-tiers"

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

	it("comments at the top stay together, below what is put before the first statement", () => {
		const header = "// One.\n// Two.\n/** The stream. */\n"
		const text = patched(WITH, { [paths.STREAM]: header + lookAlike(WITH)[paths.STREAM] })[paths.STREAM]
		expect(
			text?.startsWith(`import type { BedrockTierUsage } from "@roo-code/types"\n\n${header}export type`),
		).toBe(true)
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
		const { text } = afterEdits(
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
