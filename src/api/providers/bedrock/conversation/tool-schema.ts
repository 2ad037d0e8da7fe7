import { textDetail } from "@bedrock-tiers/error-details"
import { badInput } from "../../../provider-failure"
import type { Changes } from "./changes"
import type { ConversationRules } from "./rules"
import { withoutReferences } from "./schema-references"
import { NAMED_SCHEMAS, PLAIN_VALUES, type JsonSchema } from "./schema-keywords"
import { withoutRootUnions } from "./schema-root"

/**
 * Converts a tool's parameters to what the model accepts: JSON Schema 2020-12 of an object. `type: ["string", "null"]`
 * becomes `anyOf`, which all models support below the root.
 * Throws a `bad-input` failure for what cannot be expressed.
 */
export function acceptableSchema(
	tool: string,
	parameters: JsonSchema | null | undefined,
	rules: ConversationRules,
	changes: Changes,
): JsonSchema {
	if (parameters === undefined || parameters === null) return { type: "object", properties: {} }
	const translated = translate(tool, withRootType(parameters), new Set()) as JsonSchema
	const { type = "object", ...rest } = limitedTo(rules, translated, changes)
	if (type !== "object")
		throw notSendable(tool, `they are of the type ${JSON.stringify(type)}, and must be an object`)
	return { type, ...("properties" in rest ? {} : { properties: {} }), ...rest }
}

/** The arguments of a call are always an object, so an alternative type at the root has no meaning. */
function withRootType(parameters: JsonSchema): JsonSchema {
	const { type } = parameters
	return Array.isArray(type) && type.includes("object") ? { ...parameters, type: "object" } : parameters
}

function limitedTo(rules: ConversationRules, schema: JsonSchema, changes: Changes): JsonSchema {
	let limited = schema
	if (!rules.rootUnions) limited = withoutRootUnions(limited)
	if (limited !== schema) changes.count("schema-root-simplified")
	const resolved = rules.schemaReferences ? limited : withoutReferences(limited)
	if (resolved !== limited) changes.count("schema-references-resolved")
	const { maxSchemaLevels } = rules
	if (maxSchemaLevels === null || levelsOf(resolved) <= maxSchemaLevels) return resolved
	changes.count("schema-depth-limited")
	return withLevels(resolved, maxSchemaLevels)
}

/** Schemas that are directly in a schema, by keyword. */
function isNested(keyword: string, value: unknown): value is object {
	return typeof value === "object" && value !== null && !PLAIN_VALUES.has(keyword)
}

function levelsOf(schema: unknown): number {
	if (typeof schema !== "object" || schema === null) return 0
	const below = Object.entries(schema).flatMap(([keyword, value]) => {
		if (!isNested(keyword, value)) return [0]
		return NAMED_SCHEMAS.has(keyword) || Array.isArray(value)
			? Object.values(value).map(levelsOf)
			: [levelsOf(value)]
	})
	return 1 + below.reduce((most, levels) => Math.max(most, levels), 0)
}

/** Leaves out the keywords that would nest schemas below the last level. A value of any kind is accepted there. */
function withLevels(schema: JsonSchema, levels: number): JsonSchema {
	const below = (value: unknown) =>
		typeof value === "object" && value !== null ? withLevels(value as JsonSchema, levels - 1) : value
	const entries = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
		if (!isNested(keyword, value)) return levels === 1 && keyword === "required" ? [] : [[keyword, value]]
		if (levels === 1) return []
		if (Array.isArray(value)) return [[keyword, value.map(below)]]
		if (!NAMED_SCHEMAS.has(keyword)) return [[keyword, below(value)]]
		return [[keyword, Object.fromEntries(Object.entries(value).map(([name, item]) => [name, below(item)]))]]
	})
	return Object.fromEntries(entries)
}

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
