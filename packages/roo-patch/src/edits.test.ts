import { describe, expect, it } from "vitest"
import { changesOf, lines } from "./testing/changes"
import { replaceOnce, lookAlike, localePath, patched } from "./testing/look-alike"
import * as paths from "./testing/paths"

/** The changes of each edit to its file, line by line. Nothing else in the file changes. */

const BEFORE = "before-upstream-tiers"
const WITH = "with-upstream-tiers"
const ZOO = "zoo"

describe("the types package", () => {
	it("exports the modules that the patch adds", () => {
		expect(changesOf(BEFORE, paths.TYPES_INDEX)).toEqual(['+export * from "./bedrock-tiers/index.js"'])
		expect(patched(ZOO)[paths.TYPES_INDEX]).toMatch(
			/"\.\/providers\/index\.js"\nexport \* from "\.\/bedrock-tiers\/index\.js"\n$/,
		)
	})

	it.each([WITH, ZOO] as const)(
		"has the tier models of the catalog instead of a fixed list, and no multipliers: %s",
		(generation) => {
			expect(changesOf(generation, paths.MODEL_LISTS)).toEqual([
				'+import { bedrockTierModelIds } from "../bedrock-tiers/tier-model-ids.js"',
				lines(
					"-export const BEDROCK_SERVICE_TIER_MODEL_IDS = [",
					'-	"amazon.nova-lite-v1:0",',
					"-	// Another one.",
					'-	"amazon.nova-pro-v1:0",',
					"-] as const",
					"-",
					"-// The same for every model.",
					"-export const BEDROCK_SERVICE_TIER_PRICING = {",
					"-	STANDARD: 1.0,",
					"-	FLEX: 0.5, // half",
					"-	PRIORITY: 1.75,",
					"-} as const",
					"+export const BEDROCK_SERVICE_TIER_MODEL_IDS = bedrockTierModelIds(Object.keys(bedrockModels) as BedrockModelId[])",
				),
			])
		},
	)

	it("gets no list of tier models before upstream's tiers", () => {
		expect(changesOf(BEFORE, paths.MODEL_LISTS)).toEqual([])
	})

	it("gets a settings field with the three values that upstream stores", () => {
		expect(changesOf(BEFORE, paths.SETTINGS)).toEqual([
			'+awsBedrockServiceTier: z.enum(["STANDARD", "FLEX", "PRIORITY"]).optional(),',
		])
	})

	it("keeps upstream's own settings field unchanged", () => {
		expect(changesOf(WITH, paths.SETTINGS)).toEqual([])
		expect(changesOf(ZOO, paths.FORK_SETTINGS)).toEqual([])
	})
})

describe("the service tier of a request", () => {
	it.each([BEFORE, WITH, ZOO] as const)("is added to the usage chunk: %s", (generation) => {
		expect(changesOf(generation, paths.STREAM)).toEqual([
			lines('+import type { BedrockTierUsage } from "@roo-code/types"', "+"),
			"+serviceTier?: BedrockTierUsage",
		])
	})

	it("is added to the usage chunk in a file that has imports", () => {
		const text = `import type { Other } from "./other"\n\n${lookAlike(WITH)[paths.STREAM]}`
		expect(changesOf(WITH, paths.STREAM, text)[0]).toBe('+import type { BedrockTierUsage } from "@roo-code/types"')
	})

	it.each([
		[BEFORE, paths.OLD_HOST_MESSAGES, "@roo-code/types"],
		[WITH, paths.HOST_MESSAGES, "./bedrock-tiers/index.js"],
		[ZOO, paths.HOST_MESSAGES, "./bedrock-tiers/index.js"],
	] as const)("is added to the type of a chat row's text: %s, in %s", (generation, path, from) => {
		expect(changesOf(generation, path)).toEqual([
			`+import type { BedrockTierUsage } from "${from}"`,
			"+serviceTier?: BedrockTierUsage",
		])
	})

	it.each([BEFORE, WITH, ZOO] as const)(
		"is stored by the task in the two places where it reads a usage chunk: %s",
		(generation) => {
			expect(changesOf(generation, paths.TASK)).toEqual([
				'+import { keepServiceTier } from "../../api/providers/bedrock-service-tier"',
				"+keepServiceTier(this.clineMessages[lastApiReqIndex], chunk)",
				"+keepServiceTier(this.clineMessages[apiReqIndex], chunk)",
			])
		},
	)
})

const FIELD = lines(
	"+<BedrockServiceTier",
	"+	apiConfiguration={apiConfiguration}",
	"+	setApiConfigurationField={setApiConfigurationField}",
	"+/>",
)

describe("the settings panel", () => {
	it("gets the dropdown below the region", () => {
		expect(changesOf(BEFORE, paths.PANEL)).toEqual([
			'+import { BedrockServiceTier } from "./BedrockServiceTier"',
			FIELD,
		])
		expect(patched(BEFORE)[paths.PANEL]).toMatch(
			/<\/Select>\n\t\t\t<\/div>\n\t\t\t<BedrockServiceTier\n[^/]*\t\t\t\/>\n\t\t\t<input/,
		)
	})

	it.each([WITH, ZOO] as const)("gets the dropdown in place of upstream's, for every model: %s", (generation) => {
		const [type, list, added, gate, dropdown, ...rest] = changesOf(generation, paths.PANEL)
		expect([type, list, added]).toEqual([
			"-type BedrockServiceTier,",
			"-BEDROCK_SERVICE_TIER_MODEL_IDS,",
			'+import { BedrockServiceTier } from "./BedrockServiceTier"',
		])
		expect(gate).toBe(
			lines(
				"-// Of the models on the list only, as their ids are written there.",
				"-const supportsServiceTiers = BEDROCK_SERVICE_TIER_MODEL_IDS.some((each) => each === apiConfiguration.apiModelId)",
				"-",
			),
		)
		expect(lines(...(dropdown ?? "").split("\n").filter((line) => line.startsWith("+")))).toBe(FIELD)
		expect(dropdown).toMatch(/^-\{supportsServiceTiers && \(\n/)
		expect(rest).toEqual([])
	})

	it.each([BEFORE, ZOO] as const)("describes the selected model with the prices of its tier: %s", (generation) => {
		expect(changesOf(generation, paths.SELECTED_MODEL)).toEqual([
			'+import { withBedrockTierPrices } from "@roo-code/types"',
			lines(
				"-info: { maxTokens: 4_000, contextWindow: 100_000, supportsPromptCache: true },",
				"+info: withBedrockTierPrices(",
				"+	{ maxTokens: 4_000, contextWindow: 100_000, supportsPromptCache: true },",
				"+	apiConfiguration,",
				"+),",
			),
			lines("-return { id, info }", "+return { id, info: withBedrockTierPrices(info, apiConfiguration) }"),
			lines(
				"-return { id, info: baseInfo }",
				"+return { id, info: withBedrockTierPrices(baseInfo, apiConfiguration) }",
			),
		])
	})

	it("shows the prices of a model unrounded", () => {
		expect(changesOf(WITH, paths.MODEL_INFO)).toEqual([
			lines(
				'-import { formatPrice } from "@src/utils/formatPrice"',
				'+import { formatModelPrice } from "@src/utils/formatModelPrice"',
			),
			lines(
				'-const shown = (price?: number) => (price === undefined ? "—" : formatPrice(price))',
				'+const shown = (price?: number) => (price === undefined ? "—" : formatModelPrice(price, apiProvider))',
			),
			lines(
				'-{t("settings:modelInfo.inputPrice")}: {formatPrice(modelInfo.inputPrice)} / 1M tokens',
				'+{t("settings:modelInfo.inputPrice")}: {formatModelPrice(modelInfo.inputPrice, apiProvider)} / 1M tokens',
			),
		])
	})
})

describe("the chat row", () => {
	it("shows the tier directly before the cost", () => {
		expect(changesOf(WITH, paths.CHAT_ROW)).toEqual([
			'+import { BedrockTierLabel } from "./BedrockTierLabel"',
			"+<BedrockTierLabel text={message.text} />",
		])
		expect(patched(WITH)[paths.CHAT_ROW]).toContain(
			'<BedrockTierLabel text={message.text} />\n\t\t\t<div className={cn("text-xs", "border")}',
		)
	})
})

describe("the translations", () => {
	it.each([
		["fr", "\t"],
		["ja", "  "],
	])("are merged under one key, in the file's own indentation: %s", (language, unit) => {
		expect(patched(WITH)[localePath(language)]).toBe(
			[
				"{",
				`${unit}"back": "Back (${language})",`,
				`${unit}"providers": {`,
				`${unit}${unit}"awsRegion": "Region"`,
				`${unit}},`,
				`${unit}"bedrockTier": {`,
				`${unit}${unit}"label": "Tier (${language})"`,
				`${unit}}`,
				"}",
				"",
			].join("\n"),
		)
	})
})

describe("the AWS SDK's range", () => {
	const withRange = (range: string) =>
		replaceOnce(
			lookAlike(WITH)[paths.MANIFEST] ?? "",
			'"@aws-sdk/client-bedrock-runtime": "^3.922.0"',
			`"@aws-sdk/client-bedrock-runtime": "${range}"`,
		)

	it.each(["^3.848.0", "^3.922.0", "~3.933.5", ">=3.800.0", "3.0.0", "latest"])(
		"%s is raised to a range that has tiers and supports Roo Code's Node version",
		(range) => {
			expect(changesOf(WITH, paths.MANIFEST, withRange(range))).toEqual([
				lines(
					`-"@aws-sdk/client-bedrock-runtime": "${range}",`,
					'+"@aws-sdk/client-bedrock-runtime": "~3.967.0",',
				),
			])
		},
	)

	it.each(["^3.934.0", "~3.967.0", "^3.1164.0", "3.936.0", "^4.0.0"])("%s has tiers and is not changed", (range) => {
		expect(changesOf(WITH, paths.MANIFEST, withRange(range))).toEqual([])
	})
})
