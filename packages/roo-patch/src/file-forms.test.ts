import { describe, expect, it } from "vitest"
import { patchAfterEdits, lines } from "./testing/changes"
import {
	replaceOnce,
	GENERATIONS,
	lookAlike,
	patched,
	withCrlf,
	type Files,
	type Generation,
} from "./testing/look-alike"
import * as paths from "./testing/paths"

/** Line endings, the start and the end of a file, and imports in another format than that of Roo Code's formatter. */

const WITH = "with-upstream-tiers"

describe("a file with CRLF", () => {
	it.each(GENERATIONS)("is patched like a file with LF, and every line keeps its CRLF: %s", (generation) => {
		const files = lookAlike(generation)
		const crlf: Files = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, withCrlf(text)]))
		const [result, expected] = [patched(generation, crlf), patched(generation)]
		for (const path of Object.keys(files)) expect(result[path], path).toBe(withCrlf(expected[path] ?? ""))
	})

	it("keeps CRLF inside a wrapped value of several lines", () => {
		const text = replaceOnce(
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

	it("is recognized by its first line ending, and other line endings are not changed", () => {
		const text = `// first\r\n${lookAlike(WITH)[paths.TASK] ?? ""}`
		const result = patched(WITH, { [paths.TASK]: text })[paths.TASK] ?? ""
		expect(result.match(/\r\n/g)).toHaveLength(4)
		expect(result.replaceAll("\r\n", "\n")).toBe(`// first\n${patched(WITH)[paths.TASK]}`)
	})
})

describe("the start and the end of a file", () => {
	it("stay without a final line ending if the file has none", () => {
		expect(patched(WITH, { [paths.TYPES_INDEX]: 'export * from "./providers/index.js"' })[paths.TYPES_INDEX]).toBe(
			'export * from "./providers/index.js"\nexport * from "./bedrock-tiers/index.js"',
		)
	})

	it("keep a byte order mark first", () => {
		const text = patched(WITH, { [paths.STREAM]: `\uFEFF${lookAlike(WITH)[paths.STREAM]}` })[paths.STREAM]
		expect(text).toBe(`\uFEFF${patched(WITH)[paths.STREAM]}`)
	})

	it("keep the comments at the top together, below an import that is added before the first statement", () => {
		const header = "// One.\n// Two.\n/** The stream. */\n"
		const text = patched(WITH, { [paths.STREAM]: header + lookAlike(WITH)[paths.STREAM] })[paths.STREAM]
		expect(
			text?.startsWith(`import type { BedrockTierUsage } from "@roo-code/types"\n\n${header}export type`),
		).toBe(true)
	})
})

describe("an import in another format", () => {
	const HANDLER_NAMES = /import \{\n\ttype BedrockModelId,[^}]*\} from/

	function onOneLine(generation: Generation): string {
		const text = lookAlike(generation)[paths.HANDLER] ?? ""
		return text.replace(HANDLER_NAMES, (names) => names.replace(/,\n\}/, " }").replaceAll("\n\t", " "))
	}

	it("on one line loses the removed names in the middle", () => {
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
			"on separate lines, without a trailing comma",
			"import {\n\tbedrockModels,\n\tBEDROCK_SERVICE_TIER_MODEL_IDS,\n\tBEDROCK_SERVICE_TIER_PRICING\n} from",
			"import {\n\tbedrockModels\n} from",
		],
		[
			"all names of the import",
			"import { BEDROCK_SERVICE_TIER_MODEL_IDS, BEDROCK_SERVICE_TIER_PRICING } from",
			"import { } from",
		],
	])("loses two removed names at the end: %s", (_, original, expected) => {
		const names = ["BEDROCK_SERVICE_TIER_MODEL_IDS", "BEDROCK_SERVICE_TIER_PRICING", "bedrockModels"]
		const text = names.reduce(
			(all, name) => replaceOnce(all, `\t${name},\n`, ""),
			lookAlike(WITH)[paths.HANDLER] ?? "",
		)
		const file = `${original} "@roo-code/types"\n${text}`
		expect(
			patched(WITH, { [paths.HANDLER]: file })[paths.HANDLER]?.startsWith(`${expected} "@roo-code/types"\n`),
		).toBe(true)
	})

	it("that is removed and was the last one is replaced by the new import", () => {
		const moved = 'import { formatPrice } from "@src/utils/formatPrice"\n'
		const { text } = patchAfterEdits(
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
