import { isSchema, NAMED_SCHEMAS, PLAIN_VALUES, referenced, type JsonSchema } from "./schema-keywords"

/** Beyond this number, and where a schema contains itself, a value of the schema's type is accepted. */
const MAX_RESOLVED = 500

/** Replaces each `$ref` by the schema that it names. A schema without references is returned as it is. */
export function withoutReferences(root: JsonSchema): JsonSchema {
	if (!hasReferences(root)) return root
	let resolved = 0
	const resolve = (value: unknown, ancestors: readonly string[], byName = false): unknown => {
		if (Array.isArray(value)) return value.map((item) => resolve(item, ancestors))
		if (!isSchema(value)) return value
		if (byName || typeof value.$ref !== "string") return resolveMembers(value, ancestors, byName)
		const { $ref, ...siblings } = value
		const target = referenced(root, $ref)
		const own = resolveMembers(siblings, ancestors, false)
		if (!isSchema(target)) return own
		if (ancestors.includes($ref) || ++resolved > MAX_RESOLVED)
			return { ...(target.type === undefined ? {} : { type: target.type }), ...own }
		return { ...(resolve(target, [...ancestors, $ref]) as JsonSchema), ...own }
	}
	const resolveMembers = (schema: JsonSchema, ancestors: readonly string[], byName: boolean): JsonSchema => {
		const members = Object.entries(schema).filter(([key]) => byName || !DEFINITIONS.has(key))
		return Object.fromEntries(
			members.map(([key, value]) => {
				const isPlain = !byName && PLAIN_VALUES.has(key)
				return [key, isPlain ? value : resolve(value, ancestors, !byName && NAMED_SCHEMAS.has(key))]
			}),
		)
	}
	return resolve(root, []) as JsonSchema
}

const DEFINITIONS: ReadonlySet<string> = new Set(["$defs", "definitions"])

function hasReferences(value: unknown, byName = false): boolean {
	if (Array.isArray(value)) return value.some((item) => hasReferences(item))
	if (!isSchema(value)) return false
	return Object.entries(value).some(([key, item]) => {
		if (!byName && (key === "$ref" || DEFINITIONS.has(key))) return true
		if (!byName && PLAIN_VALUES.has(key)) return false
		return hasReferences(item, !byName && NAMED_SCHEMAS.has(key))
	})
}
