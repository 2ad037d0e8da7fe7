export type JsonSchema = Readonly<Record<string, unknown>>

/** Keywords whose value is not a schema, so that nothing in it is translated. */
export const PLAIN_VALUES: ReadonlySet<string> = new Set(["const", "default", "enum", "examples", "required"])
/** Keywords whose value maps names to schemas: such a name is never a keyword itself. */
export const NAMED_SCHEMAS: ReadonlySet<string> = new Set([
	"properties",
	"patternProperties",
	"dependentSchemas",
	"$defs",
	"definitions",
])

export function isSchema(value: unknown): value is JsonSchema {
	return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Value at a reference within the document, e.g. `#/$defs/Point`; `undefined` when there is none. */
export function referenced(root: JsonSchema, reference: unknown): unknown {
	if (typeof reference !== "string" || !reference.startsWith("#/")) return reference === "#" ? root : undefined
	return reference
		.slice(2)
		.split("/")
		.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
		.reduce<unknown>(
			(value, step) => (isSchema(value) && Object.hasOwn(value, step) ? value[step] : undefined),
			root,
		)
}
