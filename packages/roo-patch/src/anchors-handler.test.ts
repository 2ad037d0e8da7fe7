import { describe, expect, it } from "vitest"
import * as paths from "./testing/paths"
import { append, duplicate, refusalOf, replace, testAnchors } from "./testing/refusal"

/** The places that edits need in the Bedrock handler. Those in other files are in anchors.test.ts. */

const METHODS = ["createMessage", "completePrompt", "getModel", "formatErrorMessage"]

testAnchors([
	{
		anchor: "the class AwsBedrockHandler",
		path: paths.HANDLER,
		missing: replace("class AwsBedrockHandler", "class OtherHandler"),
		duplicated: append("export class AwsBedrockHandler {}"),
	},
	...METHODS.map((method) => ({
		anchor: `the method ${method}`,
		path: paths.HANDLER,
		missing: (text: string) =>
			text.replace(new RegExp(`(\\t(?:private |override |async |\\*)*)${method}\\(`), "$1other("),
		duplicated: replace("\tprivate convert(", `\t${method}() {\n\t\treturn 1\n\t}\n\n\tprivate convert(`),
	})),
	{
		anchor: "where a throttled request is thrown",
		path: paths.HANDLER,
		missing: replace(
			'if (errorType === "THROTTLING") {\n\t\t\t\tthrow',
			'if (errorType !== "GENERIC") {\n\t\t\t\tthrow',
		),
		duplicated: replace(
			"\t\t\tconst sentence = this.formatErrorMessage(error, errorType)",
			'\t\t\tif (errorType === "THROTTLING") {\n\t\t\t\tthrow error\n\t\t\t}\n\t\t\tconst sentence = this.formatErrorMessage(error, errorType)',
		),
	},
	{
		anchor: "the model of createMessage",
		path: paths.HANDLER,
		missing: replace(
			"\t\tconst modelConfig = this.getModel()\n\t\tconst inferenceConfig",
			"\t\tconst modelConfig = this.other()\n\t\tconst inferenceConfig",
		),
		duplicated: replace(
			"\t\tconst inferenceConfig = {",
			"\t\t{\n\t\t\tconst modelConfig = this.getModel()\n\t\t}\n\t\tconst inferenceConfig = {",
		),
	},
	{
		anchor: "the model of completePrompt",
		path: paths.HANDLER,
		missing: replace(
			"\t\t\tconst modelConfig = this.getModel()",
			"\t\t\tconst modelConfig = { ...this.getModel() }",
		),
		duplicated: replace(
			"\t\t\tconst payload = {",
			"\t\t\t{\n\t\t\t\tconst modelConfig = this.getModel()\n\t\t\t}\n\t\t\tconst payload = {",
		),
	},
	...["ConverseStreamCommand", "ConverseCommand"].flatMap((command) => [
		{
			anchor: `the ${command}`,
			path: paths.HANDLER,
			missing: replace(`new ${command}(payload)`, "new OtherCommand(payload)"),
			duplicated: duplicate(`const command = new ${command}(payload)`),
		},
		{
			anchor: `the payload of ${command}`,
			path: paths.HANDLER,
			missing: replace(`new ${command}(payload)`, `new ${command}(makePayload())`),
		},
		{
			anchor: `the payload of ${command}`,
			path: paths.HANDLER,
			missing: replace(`new ${command}(payload)`, `new ${command}({ messages: [] })`),
			duplicated: replace(
				`const command = new ${command}(payload)`,
				`const payload = 1\nconst command = new ${command}(payload)`,
			),
		},
	]),
	{
		anchor: "the gate useServiceTier",
		path: paths.HANDLER,
		missing: replace("const useServiceTier =", "const otherGate ="),
		duplicated: replace(
			"\t\tconst inferenceConfig = {",
			"\t\t{\n\t\t\tconst useServiceTier = 1\n\t\t}\n\t\tconst inferenceConfig = {",
		),
	},
	{
		anchor: "the log line of the tier",
		path: paths.HANDLER,
		missing: replace("if (useServiceTier) {", "if (Boolean(useServiceTier)) {"),
		duplicated: replace("if (useServiceTier) {", "if (useServiceTier) {\n}\nif (useServiceTier) {"),
	},
	{
		anchor: "the dropped service_tier",
		path: paths.HANDLER,
		missing: replace("...(useServiceTier && {", "...(true && {"),
		duplicated: duplicate("...(useServiceTier && { service_tier: this.options.awsBedrockServiceTier }),"),
	},
	{
		anchor: "the payload type with service_tier",
		path: paths.HANDLER,
		missing: replace("type BedrockPayloadWithServiceTier =", "type OtherPayload ="),
		duplicated: append("type BedrockPayloadWithServiceTier = 1"),
	},
	{
		anchor: "the type of the payload",
		path: paths.HANDLER,
		missing: replace(
			"const payload: BedrockPayloadWithServiceTier =",
			"const payload: BedrockPayload & { other?: 1 } =",
		),
	},
	{
		anchor: "where the reported usage is read",
		path: paths.HANDLER,
		missing: replace("if (streamEvent.metadata?.usage) {", "if (streamEvent.metadata) {"),
		duplicated: replace(
			"if (streamEvent.metadata?.usage) {",
			"if (streamEvent.metadata?.usage) {\n}\nif (streamEvent.metadata?.usage) {",
		),
	},
	{
		anchor: "the usage chunk",
		path: paths.HANDLER,
		missing: replace('yield {\n\t\t\t\t\t\ttype: "usage",', 'yield makeChunk() || {\n\t\t\t\t\t\ttype: "usage",'),
		duplicated: replace(
			'yield {\n\t\t\t\t\t\ttype: "usage",',
			'yield { type: "text", text: "" }\nyield {\n\t\t\t\t\t\ttype: "usage",',
		),
	},
	{
		anchor: "the last return of getModel",
		path: paths.HANDLER,
		missing: replace("\t\treturn { ...modelConfig }\n", "\t\tthrow modelConfig\n"),
	},
	{
		anchor: "the variable modelConfig of getModel",
		path: paths.HANDLER,
		missing: replace("\t\tlet modelConfig\n", "\t\tlet otherName\n"),
		duplicated: duplicate("\t\tlet modelConfig"),
	},
	{
		anchor: "the tier's base id in getModel",
		path: paths.HANDLER,
		missing: replace("const baseModelIdForTier =", "const otherId ="),
		duplicated: replace(
			"const baseModelIdForTier =",
			"const baseModelIdForTier = 1, again = 1\nconst baseModelIdForTier =",
		),
	},
	{
		anchor: "the price multiplier in getModel",
		path: paths.HANDLER,
		missing: replace("each === baseModelIdForTier)", "each === this.options.apiModelId)"),
		duplicated: replace(
			"\t\t// The caller may change",
			"\t\tif (baseModelIdForTier) {\n\t\t}\n\t\t// The caller may change",
		),
	},
	...["BedrockServiceTier", "BEDROCK_SERVICE_TIER_MODEL_IDS", "BEDROCK_SERVICE_TIER_PRICING"].map((name) => ({
		anchor: `the import of ${name}`,
		path: paths.HANDLER,
		missing: (text: string) => text.replace(new RegExp(`(type )?${name},\n`), ""),
		duplicated: append(`import { ${name} } from "./elsewhere"`),
	})),
	{
		anchor: "the import of SERVICE_TIER_KEY",
		in: "zoo",
		path: paths.HANDLER,
		duplicated: append('import { SERVICE_TIER_KEY } from "./elsewhere"'),
	},
])

describe("applyPatch", () => {
	it("refuses a handler whose payload already names a tier", () => {
		const named = replace(
			"\t\t\tinferenceConfig,\n\t\t}\n",
			'\t\t\tinferenceConfig,\n\t\t\tserviceTier: { type: "flex" },\n\t\t}\n',
		)
		expect(refusalOf("before-upstream-tiers", paths.HANDLER, named)).toMatchObject({
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
	])("refuses a handler with %s in one statement with a user's own variable", (anchor, from, to) => {
		expect(refusalOf("with-upstream-tiers", paths.HANDLER, replace(from, to))).toMatchObject({ anchor, found: 0 })
	})
})
