import type { ConverseRequest } from "./converse-shape"
import { invalid, refusedByModel } from "./failures"

/** What Bedrock and its models refuse in the schemas of tools. A tool without a schema is not checked. */

type Schema = Record<string, unknown>

function schemasOf({ toolConfig }: ConverseRequest): { schema: Schema; index: number }[] {
	return (toolConfig?.tools ?? []).flatMap(({ toolSpec }, index) => {
		const inputSchema = toolSpec?.inputSchema as { json?: Schema | null } | undefined
		return inputSchema === undefined ? [] : [{ schema: inputSchema.json ?? {}, index }]
	})
}

export function checkToolSchemas(request: ConverseRequest): void {
	for (const { schema, index } of schemasOf(request)) {
		if (schema.type !== "object") {
			throw invalid(
				`The value at toolConfig.tools.${index}.toolSpec.inputSchema.json.type must be one of the following: object.`,
			)
		}
	}
}

export function checkClaudeSchema(request: ConverseRequest): void {
	for (const { schema, index } of schemasOf(request)) {
		if (!("anyOf" in schema || "oneOf" in schema || "allOf" in schema)) continue
		throw refusedByModel(
			`tools.${index}.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`,
		)
	}
}

export function checkNovaSchema(request: ConverseRequest): void {
	for (const { schema, index } of schemasOf(request)) {
		const keyword = ["$defs", "definitions", "$ref"].find((name) => hasKeyword(schema, name))
		if (keyword === undefined) continue
		throw refusedByModel(
			`Malformed input request: #/toolConfig/tools/${index}/toolSpec/inputSchema/json: extraneous key [${keyword}] ` +
				"is not permitted, please reformat your input and try again.",
		)
	}
}

/** Kimi's own limit, as Moonshot's API reports it. */
const KIMI_LEVELS = 10

export function checkKimiSchema(request: ConverseRequest): void {
	for (const { schema } of schemasOf(request)) {
		if (levels(schema) <= KIMI_LEVELS) continue
		throw refusedByModel(
			"Invalid request: tools.function.parameters is not a valid moonshot flavored json schema, details: schema " +
				`depth exceeds maximum limit of ${KIMI_LEVELS}`,
		)
	}
}

/** Whether a schema has the keyword. A property of that name does not count. */
function hasKeyword(value: unknown, keyword: string): boolean {
	if (Array.isArray(value)) return value.some((item) => hasKeyword(item, keyword))
	if (typeof value !== "object" || value === null) return false
	return Object.entries(value).some(([name, item]) => {
		if (name === keyword) return true
		const isMap = name === "properties" && typeof item === "object" && item !== null
		return isMap ? Object.values(item as object).some((one) => hasKeyword(one, keyword)) : hasKeyword(item, keyword)
	})
}

function levels(schema: unknown): number {
	if (typeof schema !== "object" || schema === null) return 0
	const { properties = {}, items, anyOf = [], oneOf = [], allOf = [] } = schema as Record<string, object | undefined>
	const below = [
		...Object.values(properties),
		items,
		...[anyOf, oneOf, allOf].flatMap((union) => Object.values(union)),
	]
	return 1 + Math.max(0, ...below.map(levels))
}
