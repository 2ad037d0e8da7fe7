import { describe, expect, it } from "vitest"
import { AnchorMiss } from "./anchor-miss"
import { applyPatch } from "./patch"
import { lookAlike, localePath, SMALL_PAYLOAD } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { and, refused, renamed, testAnchors, twice, without } from "./testing/refusal"
import { differences, TempTree } from "./testing/temp-tree"

/**
 * Each edit must find its place exactly once. Where the place is gone, or is there twice, the checkout is refused with the
 * file and the place named, and no file of it is touched.
 */

const BEFORE = "before-upstream-tiers"
const WITH = "with-upstream-tiers"
const ZOO = "zoo"

testAnchors([
	{ anchor: "the exports", path: paths.TYPES_INDEX, none: () => "export const nothing = 1\n" },
	{
		anchor: "the interface ApiStreamUsageChunk",
		path: paths.STREAM,
		none: renamed("interface ApiStreamUsageChunk", "interface Other"),
		two: and("export interface ApiStreamUsageChunk {\n\tmore: true\n}"),
	},
	{
		anchor: "the interface ClineApiReqInfo",
		path: paths.HOST_MESSAGES,
		two: and("export interface ClineApiReqInfo {\n\tmore: true\n}"),
	},
	{
		anchor: "the list of tier models",
		path: paths.MODEL_LISTS,
		none: renamed("BEDROCK_SERVICE_TIER_MODEL_IDS", "OTHER_LIST"),
		two: and("export const BEDROCK_SERVICE_TIER_MODEL_IDS = []"),
	},
	{
		anchor: "the price multipliers",
		path: paths.MODEL_LISTS,
		none: renamed("BEDROCK_SERVICE_TIER_PRICING", "OTHER_MULTIPLIERS"),
		two: and("export const BEDROCK_SERVICE_TIER_PRICING = {}"),
	},
	{
		anchor: "the schema of the Bedrock settings",
		in: BEFORE,
		path: paths.SETTINGS,
		none: (text) => text.replaceAll("bedrockSchema", "otherSchema"),
		two: and("const bedrockSchema = z.object({})"),
	},
	{
		anchor: "the fields of the Bedrock settings",
		in: BEFORE,
		path: paths.SETTINGS,
		none: without("\tawsRegion: z.string().optional(),\n"),
		two: renamed(
			"apiModelIdProviderModelSchema.extend({",
			"apiModelIdProviderModelSchema.extend({ awsRegion: z.any() }).extend({",
		),
	},
	// Upstream's tests.
	{
		anchor: "the mock of the AWS SDK",
		path: paths.SPEC,
		none: renamed('vi.mock("@aws-sdk/client-bedrock-runtime"', 'vi.mock("@aws-sdk/other"'),
		two: and('vi.mock("@aws-sdk/client-bedrock-runtime")'),
	},
	{
		anchor: "the names of the mocked AWS SDK",
		path: paths.SPEC,
		none: renamed("ConverseStreamCommand: mockConverseStreamCommand,", "...others,"),
		two: renamed("\treturn {\n", "\tconst others = { ConverseStreamCommand: 1 }\n\treturn {\n"),
	},
	{
		anchor: "the tests of the tier feature",
		path: paths.SPEC,
		none: renamed('describe("service tier feature"', 'describe("another feature"'),
		two: and('describe("service tier feature", () => {})'),
	},
	...["PRIORITY", "FLEX"].map((word) => ({
		anchor: `the assertion that service_tier is ${word}`,
		path: paths.SPEC,
		none: renamed(
			`expect(commandArg.service_tier).toBe("${word}")`,
			`expect(commandArg.service_tier).toEqual("${word}")`,
		),
		two: twice(`expect(commandArg.service_tier).toBe("${word}")`),
	})),
	// The task.
	{
		anchor: "where a usage chunk is counted",
		path: paths.TASK,
		none: renamed("\t\t\t\t\ttotalCost = chunk.totalCost", "\t\t\t\t\ttotalCost += chunk.totalCost"),
		two: twice("\t\t\t\t\ttotalCost = chunk.totalCost"),
	},
	{
		anchor: "where the drained usage is counted",
		path: paths.TASK,
		none: renamed("bgTotalCost = chunk.totalCost", "bgTotalCost = other.totalCost"),
		two: twice("bgTotalCost = chunk.totalCost"),
	},
	{
		anchor: "the variable lastApiReqIndex",
		path: paths.TASK,
		none: (text) => text.replaceAll("lastApiReqIndex", "rowIndex"),
	},
	{
		anchor: "the variable apiReqIndex",
		path: paths.TASK,
		none: renamed("async (apiReqIndex: number) =>", "async (rowIndex: number) =>"),
	},
	// The webview.
	{
		anchor: "the choice of the region",
		in: BEFORE,
		path: paths.PANEL,
		none: renamed('setApiConfigurationField("awsRegion", value)', 'setApiConfigurationField("awsProfile", value)'),
		two: renamed(
			'setApiConfigurationField("awsRegion", value)',
			'[setApiConfigurationField("awsRegion", value), setApiConfigurationField("awsRegion", value)]',
		),
	},
	{
		anchor: "the element around the choice of the region",
		in: BEFORE,
		path: paths.PANEL,
		none: (text) => text.replaceAll("div>", "section>"),
	},
	{
		anchor: "the gate supportsServiceTiers",
		path: paths.PANEL,
		none: renamed("const supportsServiceTiers =", "const otherGate ="),
		two: and("const supportsServiceTiers = 1"),
	},
	{
		anchor: "the dropdown behind supportsServiceTiers",
		path: paths.PANEL,
		none: renamed("{supportsServiceTiers && (", "{!!supportsServiceTiers && ("),
		two: renamed("{supportsServiceTiers && (", "{supportsServiceTiers && 1}\n{supportsServiceTiers && ("),
	},
	...["BedrockServiceTier", "BEDROCK_SERVICE_TIER_MODEL_IDS"].map((name) => ({
		anchor: `the import of ${name}`,
		path: paths.PANEL,
		none: (text: string) => text.replace(new RegExp(`(type )?${name},\n`), ""),
		two: and(`import { ${name} } from "./elsewhere"`),
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
		none: renamed(label, 'case "other":'),
		two: renamed(label, `case "bedrock":\n${label}`),
	})),
	{
		anchor: 'what the case "bedrock" returns',
		path: paths.SELECTED_MODEL,
		none: renamed('case "bedrock": {', 'case "bedrock":\nreturn answer\ncase "other": {'),
	},
	{
		anchor: "the component ModelInfoView",
		path: paths.MODEL_INFO,
		none: renamed("const ModelInfoView =", "const OtherView ="),
		two: and("const ModelInfoView = 1"),
	},
	{
		anchor: "the prices of ModelInfoView",
		path: paths.MODEL_INFO,
		none: (text) => text.replaceAll("formatPrice(", "otherFormat("),
	},
	{
		anchor: "the property apiProvider of ModelInfoView",
		path: paths.MODEL_INFO,
		none: renamed("({ apiProvider, modelInfo }", "({ modelInfo }"),
		two: renamed("({ apiProvider, modelInfo }", "({ apiProvider, modelInfo: { apiProvider } }"),
	},
	{
		anchor: "the import of formatPrice",
		path: paths.MODEL_INFO,
		none: renamed("@src/utils/formatPrice", "@src/utils/prices"),
		two: and('import { other } from "@src/other/formatPrice"'),
	},
	{
		anchor: "the cost of a request",
		path: paths.CHAT_ROW,
		none: renamed("toFixed(4)", "toPrecision(4)"),
		two: and("const again = (cost: number) => cost.toFixed(2)"),
	},
	{
		anchor: "an object",
		path: localePath("de"),
		none: () => "[]\n",
	},
	{
		anchor: "the dependency @aws-sdk/client-bedrock-runtime",
		path: paths.MANIFEST,
		none: renamed('"@aws-sdk/client-bedrock-runtime"', '"@aws-sdk/client-bedrock"'),
		two: renamed(
			'"private": true,',
			'"private": true,\n"devDependencies": { "@aws-sdk/client-bedrock-runtime": "^3.922.0" },',
		),
	},
])

describe("what else is refused of a file", () => {
	it("a chat row's text that is described nowhere, with both places named", () => {
		expect(refused(WITH, paths.HOST_MESSAGES, renamed("interface ClineApiReqInfo", "interface Other"))).toEqual({
			file: `${paths.HOST_MESSAGES} or ${paths.OLD_HOST_MESSAGES}`,
			anchor: "the interface ClineApiReqInfo",
			found: 0,
		})
	})

	it("a settings field with other words: with them a stored profile would be dropped", () => {
		const anchor = "the field awsBedrockServiceTier"
		const other = renamed('["STANDARD", "FLEX", "PRIORITY"]', '["default", "flex", "priority"]')
		expect(refused(WITH, paths.SETTINGS, other)).toMatchObject({ file: paths.SETTINGS, anchor })
		expect(refused(ZOO, paths.FORK_SETTINGS, other)).toMatchObject({ file: paths.FORK_SETTINGS, anchor })
	})

	it("a settings field that is declared twice", () => {
		const field = '\tawsBedrockServiceTier: z.enum(["STANDARD", "FLEX", "PRIORITY"]).optional(),'
		const twice = and(`const other = {\n${field}\n}`)
		expect(refused(WITH, paths.SETTINGS, twice)).toMatchObject({ file: paths.SETTINGS, found: 2 })
	})

	it("a tree with upstream's list of models but without its handler", () => {
		const handler = lookAlike(BEFORE)[paths.HANDLER] ?? ""
		expect(refused(WITH, paths.HANDLER, () => handler)).toEqual({
			file: paths.HANDLER,
			anchor: "the gate useServiceTier",
			found: 0,
		})
	})

	it("a key of ours that is taken", () => {
		const taken = renamed('"back":', '"bedrockTier": "x",\n"back":')
		expect(refused(WITH, localePath("de"), taken)).toMatchObject({
			file: localePath("de"),
			anchor: 'a free key "bedrockTier"',
		})
	})

	it("a file that does not parse", () => {
		expect(refused(WITH, paths.TASK, and("}"))).toMatchObject({ file: paths.TASK, anchor: "the file as it is" })
	})

	it.each([paths.TASK, paths.CHAT_ROW, paths.MODEL_LISTS, localePath("fr")])(
		"a file that is not there: %s",
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
