import { textDetail } from "@bedrock-tiers/error-details"
import { badInput } from "../../../provider-failure"

type JsonSchema = Readonly<Record<string, unknown>>

/**
 * Converts a tool's parameters to what Bedrock's models accept: JSON Schema 2020-12 of an object.
 * `type: ["string", "null"]` becomes `anyOf`, which all models support.
 * Throws a `bad-input` failure for what cannot be expressed.
 */
export function acceptableSchema(tool: string, parameters: JsonSchema | undefined): JsonSchema {
	if (parameters === undefined) return { type: "object", properties: {} }
	const { type = "object", ...rest } = translate(tool, parameters, new Set()) as JsonSchema
	if (type !== "object")
		throw notSendable(tool, `they are of the type ${JSON.stringify(type)}, and must be an object`)
	return { type, ...("properties" in rest ? {} : { properties: {} }), ...rest }
}

/** Keywords whose value is not a schema, so that nothing in it is translated. */
const PLAIN_VALUES = new Set(["const", "default", "enum", "examples", "required"])
/** Keywords whose value maps names to schemas: such a name is never a keyword itself. */
const NAMED_SCHEMAS = new Set(["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"])

function translate(tool: string, value: unknown, ancestors: ReadonlySet<unknown>, byName = false): unknown {
	if (typeof value === "bigint" || typeof value === "function" || typeof value === "symbol")
		throw notSendable(tool, `they hold a ${typeof value}`)
	if (typeof value !== "object" || value === null) return value
	if (ancestors.has(value)) throw notSendable(tool, "they contain themselves")
	const ancestorsOfItems = new Set(ancestors).add(value)
	if (Array.isArray(value)) return value.map((item) => translate(tool, item, ancestorsOfItems))
	const entries = Object.entries(value)
		.filter(([, item]) => item !== undefined)
		.map(([key, item]) => {
			const isPlain = !byName && PLAIN_VALUES.has(key)
			return [key, isPlain ? item : translate(tool, item, ancestorsOfItems, !byName && NAMED_SCHEMAS.has(key))]
		})
	const translated = Object.fromEntries(entries) as JsonSchema
	return byName ? translated : withOneType(translated)
}

function withOneType(schema: JsonSchema): JsonSchema {
	const { type, ...rest } = schema
	if (!Array.isArray(type) || !type.every((name) => typeof name === "string")) return schema
	const [only, ...more] = type
	if (more.length === 0) return { type: only, ...rest }
	const { description, ...constraints } = rest
	return {
		...(description === undefined ? {} : { description }),
		anyOf: type.map((name) => (name === "null" ? { type: name } : { type: name, ...constraints })),
	}
}

function notSendable(tool: string, reason: string) {
	return badInput(textDetail(`The parameters of the tool "${tool}" cannot be sent: ${reason}.`))
}
