import { ProviderFailure } from "../../../provider-failure"

type JsonSchema = Readonly<Record<string, unknown>>

/**
 * A tool's parameters as Bedrock's models take them: JSON Schema 2020-12 of an object. `type: ["string", "null"]` becomes
 * `anyOf`, which all of them read.
 * Throws a `bad-input` failure for what cannot be expressed.
 */
export function acceptableSchema(tool: string, parameters: JsonSchema | undefined): JsonSchema {
	if (parameters === undefined) return { type: "object", properties: {} }
	const { type = "object", ...rest } = translate(tool, parameters, new Set()) as JsonSchema
	if (type !== "object") throw bad(tool, `they are of the type ${JSON.stringify(type)}, and must be an object`)
	return { type, ...("properties" in rest ? {} : { properties: {} }), ...rest }
}

/** Members whose value is no schema, so that nothing in it is translated. */
const PLAIN_VALUES = new Set(["const", "default", "enum", "examples", "required"])
/** Members that hold schemas by name: a name in them is no keyword, whatever it reads. */
const NAMED_SCHEMAS = new Set(["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"])

function translate(tool: string, value: unknown, above: ReadonlySet<unknown>, byName = false): unknown {
	if (typeof value === "bigint" || typeof value === "function" || typeof value === "symbol")
		throw bad(tool, `they hold a ${typeof value}`)
	if (typeof value !== "object" || value === null) return value
	if (above.has(value)) throw bad(tool, "they contain themselves")
	const inside = new Set(above).add(value)
	if (Array.isArray(value)) return value.map((item) => translate(tool, item, inside))
	const entries = Object.entries(value)
		.filter(([, item]) => item !== undefined)
		.map(([key, item]) => {
			const isPlain = !byName && PLAIN_VALUES.has(key)
			return [key, isPlain ? item : translate(tool, item, inside, !byName && NAMED_SCHEMAS.has(key))]
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

function bad(tool: string, reason: string): ProviderFailure {
	return new ProviderFailure("bad-input", `The parameters of the tool "${tool}" cannot be sent: ${reason}.`)
}
