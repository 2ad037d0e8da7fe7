import { describe, expect, it } from "vitest"
import { AnchorMiss } from "./anchor-miss"
import { applyPatch } from "./patch"
import { lookAlike, localePath, SMALL_PAYLOAD } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { append, duplicate, refusalOf, remove, replace, testAnchors } from "./testing/refusal"
import { differences, TempTree } from "./testing/temp-tree"

/**
 * Each edit must find its place exactly once. If the place is missing or duplicated, the checkout is refused with the
 * names of the file and the place, and no file is changed.
 */

const BEFORE = "before-upstream-tiers"
const WITH = "with-upstream-tiers"
const ZOO = "zoo"

testAnchors([
	{ anchor: "the exports", path: paths.TYPES_INDEX, missing: () => "export const nothing = 1\n" },
	{
		anchor: "the interface ApiStreamUsageChunk",
		path: paths.STREAM,
		missing: replace("interface ApiStreamUsageChunk", "interface Other"),
		duplicated: append("export interface ApiStreamUsageChunk {\n\tmore: true\n}"),
	},
	{
		anchor: "the interface ClineApiReqInfo",
		path: paths.HOST_MESSAGES,
		duplicated: append("export interface ClineApiReqInfo {\n\tmore: true\n}"),
	},
	{
		anchor: "the list of tier models",
		path: paths.MODEL_LISTS,
		missing: replace("BEDROCK_SERVICE_TIER_MODEL_IDS", "OTHER_LIST"),
		duplicated: append("export const BEDROCK_SERVICE_TIER_MODEL_IDS = []"),
	},
	{
		anchor: "the price multipliers",
		path: paths.MODEL_LISTS,
		missing: replace("BEDROCK_SERVICE_TIER_PRICING", "OTHER_MULTIPLIERS"),
		duplicated: append("export const BEDROCK_SERVICE_TIER_PRICING = {}"),
	},
	{
		anchor: "the schema of the Bedrock settings",
		in: BEFORE,
		path: paths.SETTINGS,
		missing: (text) => text.replaceAll("bedrockSchema", "otherSchema"),
		duplicated: append("const bedrockSchema = z.object({})"),
	},
	{
		anchor: "the fields of the Bedrock settings",
		in: BEFORE,
		path: paths.SETTINGS,
		missing: remove("\tawsRegion: z.string().optional(),\n"),
		duplicated: replace(
			"apiModelIdProviderModelSchema.extend({",
			"apiModelIdProviderModelSchema.extend({ awsRegion: z.any() }).extend({",
		),
	},
	// Upstream's tests.
	{
		anchor: "the mock of the AWS SDK",
		path: paths.SPEC,
		missing: replace('vi.mock("@aws-sdk/client-bedrock-runtime"', 'vi.mock("@aws-sdk/other"'),
		duplicated: append('vi.mock("@aws-sdk/client-bedrock-runtime")'),
	},
	{
		anchor: "the names of the mocked AWS SDK",
		path: paths.SPEC,
		missing: replace("ConverseStreamCommand: mockConverseStreamCommand,", "...others,"),
		duplicated: replace("\treturn {\n", "\tconst others = { ConverseStreamCommand: 1 }\n\treturn {\n"),
	},
	{
		anchor: "the tests of the tier feature",
		path: paths.SPEC,
		missing: replace('describe("service tier feature"', 'describe("another feature"'),
		duplicated: append('describe("service tier feature", () => {})'),
	},
	...["PRIORITY", "FLEX"].map((word) => ({
		anchor: `the assertion that service_tier is ${word}`,
		path: paths.SPEC,
		missing: replace(
			`expect(commandArg.service_tier).toBe("${word}")`,
			`expect(commandArg.service_tier).toEqual("${word}")`,
		),
		duplicated: duplicate(`expect(commandArg.service_tier).toBe("${word}")`),
	})),
	// The task.
	{
		anchor: "where a usage chunk is counted",
		path: paths.TASK,
		missing: replace("\t\t\t\t\ttotalCost = chunk.totalCost", "\t\t\t\t\ttotalCost += chunk.totalCost"),
		duplicated: duplicate("\t\t\t\t\ttotalCost = chunk.totalCost"),
	},
	{
		anchor: "where the drained usage is counted",
		path: paths.TASK,
		missing: replace("bgTotalCost = chunk.totalCost", "bgTotalCost = other.totalCost"),
		duplicated: duplicate("bgTotalCost = chunk.totalCost"),
	},
	{
		anchor: "the variable lastApiReqIndex",
		path: paths.TASK,
		missing: (text) => text.replaceAll("lastApiReqIndex", "rowIndex"),
	},
	{
		anchor: "the variable apiReqIndex",
		path: paths.TASK,
		missing: replace("async (apiReqIndex: number) =>", "async (rowIndex: number) =>"),
	},
	// The webview.
	{
		anchor: "the choice of the region",
		in: BEFORE,
		path: paths.PANEL,
		missing: replace(
			'setApiConfigurationField("awsRegion", value)',
			'setApiConfigurationField("awsProfile", value)',
		),
		duplicated: replace(
			'setApiConfigurationField("awsRegion", value)',
			'[setApiConfigurationField("awsRegion", value), setApiConfigurationField("awsRegion", value)]',
		),
	},
	{
		anchor: "the element around the choice of the region",
		in: BEFORE,
		path: paths.PANEL,
		missing: (text) => text.replaceAll("div>", "section>"),
	},
	{
		anchor: "the gate supportsServiceTiers",
		path: paths.PANEL,
		missing: replace("const supportsServiceTiers =", "const otherGate ="),
		duplicated: append("const supportsServiceTiers = 1"),
	},
	{
		anchor: "the dropdown behind supportsServiceTiers",
		path: paths.PANEL,
		missing: replace("{supportsServiceTiers && (", "{!!supportsServiceTiers && ("),
		duplicated: replace("{supportsServiceTiers && (", "{supportsServiceTiers && 1}\n{supportsServiceTiers && ("),
	},
	...["BedrockServiceTier", "BEDROCK_SERVICE_TIER_MODEL_IDS"].map((name) => ({
		anchor: `the import of ${name}`,
		path: paths.PANEL,
		missing: (text: string) => text.replace(new RegExp(`(type )?${name},\n`), ""),
		duplicated: append(`import { ${name} } from "./elsewhere"`),
	})),
	...(
		[
			[WITH, 'case "bedrock":'],
			[ZOO, "case providerIdentifiers.bedrock:"],
		] as const
	).map(([generation, label]) => ({
		anchor: 'the case "bedrock"',
		in: generation,
		path: paths.SELECTED_MODEL,
		missing: replace(label, 'case "other":'),
		duplicated: replace(label, `case "bedrock":\n${label}`),
	})),
	{
		anchor: 'what the case "bedrock" returns',
		path: paths.SELECTED_MODEL,
		missing: replace('case "bedrock": {', 'case "bedrock":\nreturn answer\ncase "other": {'),
	},
	{
		anchor: "the component ModelInfoView",
		path: paths.MODEL_INFO,
		missing: replace("const ModelInfoView =", "const OtherView ="),
		duplicated: append("const ModelInfoView = 1"),
	},
	{
		anchor: "the prices of ModelInfoView",
		path: paths.MODEL_INFO,
		missing: (text) => text.replaceAll("formatPrice(", "otherFormat("),
	},
	{
		anchor: "the property apiProvider of ModelInfoView",
		path: paths.MODEL_INFO,
		missing: replace("({ apiProvider, modelInfo }", "({ modelInfo }"),
		duplicated: replace("({ apiProvider, modelInfo }", "({ apiProvider, modelInfo: { apiProvider } }"),
	},
	{
		anchor: "the import of formatPrice",
		path: paths.MODEL_INFO,
		missing: replace("@src/utils/formatPrice", "@src/utils/prices"),
		duplicated: append('import { other } from "@src/other/formatPrice"'),
	},
	{
		anchor: "the cost of a request",
		path: paths.CHAT_ROW,
		missing: replace("toFixed(4)", "toPrecision(4)"),
		duplicated: append("const again = (cost: number) => cost.toFixed(2)"),
	},
	{
		anchor: "an object",
		path: localePath("de"),
		missing: () => "[]\n",
	},
	{
		anchor: "the dependency @aws-sdk/client-bedrock-runtime",
		path: paths.MANIFEST,
		missing: replace('"@aws-sdk/client-bedrock-runtime"', '"@aws-sdk/client-bedrock"'),
		duplicated: replace(
			'"private": true,',
			'"private": true,\n"devDependencies": { "@aws-sdk/client-bedrock-runtime": "^3.922.0" },',
		),
	},
])

describe("applyPatch", () => {
	it("refuses a tree that does not declare the type of a chat row's text, and names both files", () => {
		expect(refusalOf(WITH, paths.HOST_MESSAGES, replace("interface ClineApiReqInfo", "interface Other"))).toEqual({
			file: `${paths.HOST_MESSAGES} or ${paths.OLD_HOST_MESSAGES}`,
			anchor: "the interface ClineApiReqInfo",
			found: 0,
		})
	})

	it("refuses a settings field with other values, with which a stored profile would be dropped", () => {
		const anchor = "the field awsBedrockServiceTier"
		const other = replace('["STANDARD", "FLEX", "PRIORITY"]', '["default", "flex", "priority"]')
		expect(refusalOf(WITH, paths.SETTINGS, other)).toMatchObject({ file: paths.SETTINGS, anchor })
		expect(refusalOf(ZOO, paths.FORK_SETTINGS, other)).toMatchObject({ file: paths.FORK_SETTINGS, anchor })
	})

	it("refuses a settings field that is declared twice", () => {
		const field = '\tawsBedrockServiceTier: z.enum(["STANDARD", "FLEX", "PRIORITY"]).optional(),'
		const declaredTwice = append(`const other = {\n${field}\n}`)
		expect(refusalOf(WITH, paths.SETTINGS, declaredTwice)).toMatchObject({ file: paths.SETTINGS, found: 2 })
	})

	it("refuses a tree with upstream's list of models but without its handler", () => {
		const handler = lookAlike(BEFORE)[paths.HANDLER] ?? ""
		expect(refusalOf(WITH, paths.HANDLER, () => handler)).toEqual({
			file: paths.HANDLER,
			anchor: "the gate useServiceTier",
			found: 0,
		})
	})

	it("refuses translations that already have the key of the patch", () => {
		const taken = replace('"back":', '"bedrockTier": "x",\n"back":')
		expect(refusalOf(WITH, localePath("de"), taken)).toMatchObject({
			file: localePath("de"),
			anchor: 'a free key "bedrockTier"',
		})
	})

	it("refuses a file that does not parse", () => {
		expect(refusalOf(WITH, paths.TASK, append("}"))).toMatchObject({
			file: paths.TASK,
			anchor: "the file as it is",
		})
	})

	it.each([paths.TASK, paths.CHAT_ROW, paths.MODEL_LISTS, localePath("fr")])(
		"refuses a tree without the file %s",
		(path) => {
			const tree = new TempTree(lookAlike(WITH), { git: false })
			tree.remove(path)
			const before = tree.snapshot()
			expect(() => applyPatch(tree.root, SMALL_PAYLOAD, { force: true })).toThrow(
				new AnchorMiss(path, "the file", null),
			)
			expect(differences(before, tree.snapshot())).toEqual([])
		},
	)
})
