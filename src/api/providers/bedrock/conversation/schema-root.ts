import { isDeepStrictEqual } from "node:util"
import { isSchema, referenced, type JsonSchema } from "./schema-keywords"

/**
 * Merges `anyOf`, `oneOf` and `allOf` at the root into one object: all properties, and those required that every
 * alternative requires. It accepts whatever the original accepts, and more.
 */
export function withoutRootUnions(root: JsonSchema): JsonSchema {
	return merged(root, root, 0)
}

/** Alternatives within alternatives are merged up to this depth. */
const MAX_DEPTH = 8

function merged(root: JsonSchema, schema: JsonSchema, depth: number): JsonSchema {
	const { anyOf, oneOf, allOf, ...rest } = schema
	if (!anyOf && !oneOf && !allOf) return schema
	const objectsOf = (union: unknown) => (Array.isArray(union) && depth < MAX_DEPTH ? objects(root, union, depth) : [])
	const parts = objectsOf(allOf)
	const unions = [objectsOf(anyOf), objectsOf(oneOf)].filter((union) => union.length > 0)
	const properties = mergedProperties([rest, ...parts, ...unions.flat()])
	const required = new Set([
		...[rest, ...parts].flatMap(requiredOf),
		...unions.flatMap((union) => requiredByAll(union)),
	])
	return {
		...rest,
		...(Object.keys(properties).length > 0 ? { properties } : {}),
		...(required.size > 0 ? { required: [...required] } : {}),
	}
}

/** The alternatives that are objects, without references and alternatives of their own. */
function objects(root: JsonSchema, union: readonly unknown[], depth: number): JsonSchema[] {
	return union.flatMap((item) => {
		const schema = isSchema(item) && "$ref" in item ? referenced(root, item.$ref) : item
		if (!isSchema(schema) || (schema.type !== undefined && schema.type !== "object")) return []
		return [merged(root, schema, depth + 1)]
	})
}

function mergedProperties(schemas: readonly JsonSchema[]): Record<string, unknown> {
	const properties = new Map<string, unknown[]>()
	for (const schema of schemas)
		for (const [name, property] of Object.entries(isSchema(schema.properties) ? schema.properties : {})) {
			const known = properties.get(name) ?? []
			if (!known.some((one) => isDeepStrictEqual(one, property))) properties.set(name, [...known, property])
		}
	return Object.fromEntries(
		[...properties].map(([name, [only, ...more]]) => [name, more.length === 0 ? only : { anyOf: [only, ...more] }]),
	)
}

function requiredOf({ required }: JsonSchema): string[] {
	return Array.isArray(required) ? required.filter((name) => typeof name === "string") : []
}

function requiredByAll([first, ...others]: readonly JsonSchema[]): string[] {
	if (!first) return []
	return requiredOf(first).filter((name) => others.every((other) => requiredOf(other).includes(name)))
}
