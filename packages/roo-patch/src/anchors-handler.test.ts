import { describe, expect, it } from "vitest"
import * as paths from "./testing/paths"
import { and, refused, renamed, testAnchors, twice } from "./testing/refusal"

/** The places of the Bedrock handler; those of the other files are in anchors.test.ts. */

const METHODS = ["createMessage", "completePrompt", "getModel", "formatErrorMessage"]

testAnchors([
	{
		anchor: "the class AwsBedrockHandler",
		path: paths.HANDLER,
		none: renamed("class AwsBedrockHandler", "class OtherHandler"),
		two: and("export class AwsBedrockHandler {}"),
	},
	...METHODS.map((method) => ({
		anchor: `the method ${method}`,
		path: paths.HANDLER,
		none: (text: string) =>
			text.replace(new RegExp(`(\\t(?:private |override |async |\\*)*)${method}\\(`), "$1other("),
		two: renamed("\tprivate convert(", `\t${method}() {\n\t\treturn 1\n\t}\n\n\tprivate convert(`),
	})),
	{
		anchor: "where a throttled request is thrown",
		path: paths.HANDLER,
		none: renamed(
			'if (errorType === "THROTTLING") {\n\t\t\t\tthrow',
			'if (errorType !== "GENERIC") {\n\t\t\t\tthrow',
		),
		two: renamed(
			"\t\t\tconst sentence = this.formatErrorMessage(error, errorType)",
			'\t\t\tif (errorType === "THROTTLING") {\n\t\t\t\tthrow error\n\t\t\t}\n\t\t\tconst sentence = this.formatErrorMessage(error, errorType)',
		),
	},
	{
		anchor: "the model of createMessage",
		path: paths.HANDLER,
		none: renamed(
			"\t\tconst modelConfig = this.getModel()\n\t\tconst inferenceConfig",
			"\t\tconst modelConfig = this.other()\n\t\tconst inferenceConfig",
		),
		two: renamed(
			"\t\tconst inferenceConfig = {",
			"\t\t{\n\t\t\tconst modelConfig = this.getModel()\n\t\t}\n\t\tconst inferenceConfig = {",
		),
	},
	{
		anchor: "the model of completePrompt",
		path: paths.HANDLER,
		none: renamed("\t\t\tconst modelConfig = this.getModel()", "\t\t\tconst modelConfig = { ...this.getModel() }"),
		two: renamed(
			"\t\t\tconst payload = {",
			"\t\t\t{\n\t\t\t\tconst modelConfig = this.getModel()\n\t\t\t}\n\t\t\tconst payload = {",
		),
	},
	...["ConverseStreamCommand", "ConverseCommand"].flatMap((command) => [
		{
			anchor: `the ${command}`,
			path: paths.HANDLER,
			none: renamed(`new ${command}(payload)`, "new OtherCommand(payload)"),
			two: twice(`const command = new ${command}(payload)`),
		},
		{
			anchor: `the payload of ${command}`,
			path: paths.HANDLER,
			none: renamed(`new ${command}(payload)`, `new ${command}(makePayload())`),
		},
		{
			anchor: `the payload of ${command}`,
			path: paths.HANDLER,
			none: renamed(`new ${command}(payload)`, `new ${command}({ messages: [] })`),
			two: renamed(
				`const command = new ${command}(payload)`,
				`const payload = 1\nconst command = new ${command}(payload)`,
			),
		},
	]),
	{
		anchor: "the gate useServiceTier",
		path: paths.HANDLER,
		none: renamed("const useServiceTier =", "const otherGate ="),
		two: renamed(
			"\t\tconst inferenceConfig = {",
			"\t\t{\n\t\t\tconst useServiceTier = 1\n\t\t}\n\t\tconst inferenceConfig = {",
		),
	},
	{
		anchor: "the log line of the tier",
		path: paths.HANDLER,
		none: renamed("if (useServiceTier) {", "if (Boolean(useServiceTier)) {"),
		two: renamed("if (useServiceTier) {", "if (useServiceTier) {\n}\nif (useServiceTier) {"),
	},
	{
		anchor: "the dropped service_tier",
		path: paths.HANDLER,
		none: renamed("...(useServiceTier && {", "...(true && {"),
		two: twice("...(useServiceTier && { service_tier: this.options.awsBedrockServiceTier }),"),
	},
	{
		anchor: "the payload type with service_tier",
		path: paths.HANDLER,
		none: renamed("type BedrockPayloadWithServiceTier =", "type OtherPayload ="),
		two: and("type BedrockPayloadWithServiceTier = 1"),
	},
	{
		anchor: "the type of the payload",
		path: paths.HANDLER,
		none: renamed(
			"const payload: BedrockPayloadWithServiceTier =",
			"const payload: BedrockPayload & { other?: 1 } =",
		),
	},
	{
		anchor: "where the reported usage is read",
		path: paths.HANDLER,
		none: renamed("if (streamEvent.metadata?.usage) {", "if (streamEvent.metadata) {"),
		two: renamed(
			"if (streamEvent.metadata?.usage) {",
			"if (streamEvent.metadata?.usage) {\n}\nif (streamEvent.metadata?.usage) {",
		),
	},
	{
		anchor: "the usage chunk",
		path: paths.HANDLER,
		none: renamed('yield {\n\t\t\t\t\t\ttype: "usage",', 'yield makeChunk() || {\n\t\t\t\t\t\ttype: "usage",'),
		two: renamed(
			'yield {\n\t\t\t\t\t\ttype: "usage",',
			'yield { type: "text", text: "" }\nyield {\n\t\t\t\t\t\ttype: "usage",',
		),
	},
	{
		anchor: "the last return of getModel",
		path: paths.HANDLER,
		none: renamed("\t\treturn { ...modelConfig }\n", "\t\tthrow modelConfig\n"),
	},
	{
		anchor: "the variable modelConfig of getModel",
		path: paths.HANDLER,
		none: renamed("\t\tlet modelConfig\n", "\t\tlet otherName\n"),
		two: twice("\t\tlet modelConfig"),
	},
	{
		anchor: "the tier's base id in getModel",
		path: paths.HANDLER,
		none: renamed("const baseModelIdForTier =", "const otherId ="),
		two: renamed(
			"const baseModelIdForTier =",
			"const baseModelIdForTier = 1, again = 1\nconst baseModelIdForTier =",
		),
	},
	{
		anchor: "the price multiplier in getModel",
		path: paths.HANDLER,
		none: renamed("each === baseModelIdForTier)", "each === this.options.apiModelId)"),
		two: renamed(
			"\t\t// The caller may change",
			"\t\tif (baseModelIdForTier) {\n\t\t}\n\t\t// The caller may change",
		),
	},
	...["BedrockServiceTier", "BEDROCK_SERVICE_TIER_MODEL_IDS", "BEDROCK_SERVICE_TIER_PRICING"].map((name) => ({
		anchor: `the import of ${name}`,
		path: paths.HANDLER,
		none: (text: string) => text.replace(new RegExp(`(type )?${name},\n`), ""),
		two: and(`import { ${name} } from "./elsewhere"`),
	})),
	{
		anchor: "the import of SERVICE_TIER_KEY",
		in: "zoo",
		path: paths.HANDLER,
		two: and('import { SERVICE_TIER_KEY } from "./elsewhere"'),
	},
])

describe("what else is refused of the handler", () => {
	it("a payload that names a tier already", () => {
		const named = renamed(
			"\t\t\tinferenceConfig,\n\t\t}\n",
			'\t\t\tinferenceConfig,\n\t\t\tserviceTier: { type: "flex" },\n\t\t}\n',
		)
		expect(refused("before-upstream-tiers", paths.HANDLER, named)).toMatchObject({
			anchor: "the payload of ConverseStreamCommand",
		})
	})

	it.each([
		["the gate useServiceTier", "const useServiceTier =", "const theirs = 1,\n\t\t\tuseServiceTier ="],
		[
			"the tier's base id in getModel",
			"const baseModelIdForTier =",
			"const theirs = 1,\n\t\t\tbaseModelIdForTier =",
		],
	])("%s in one statement with a person's own variable", (anchor, from, to) => {
		expect(refused("with-upstream-tiers", paths.HANDLER, renamed(from, to))).toMatchObject({ anchor, found: 0 })
	})
})
