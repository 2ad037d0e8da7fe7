import { describe, expect, it } from "vitest"
import { findModel } from "@bedrock-tiers/core"
import { Changes } from "./changes"
import { conversationRules } from "./rules"
import type { JsonSchema } from "./schema-keywords"
import { acceptableSchema } from "./tool-schema"

const GPT_OSS = "openai.gpt-oss-120b-1:0"
const CLAUDE = "anthropic.claude-sonnet-4-6"
const NOVA = "amazon.nova-2-lite-v1:0"
const KIMI = "moonshotai.kimi-k3"

function schemaFor(modelId: string, parameters: JsonSchema | null | undefined, tool = "read") {
	const changes = new Changes()
	const schema = acceptableSchema(tool, parameters, conversationRules(findModel(modelId), "converse"), changes)
	return { schema, changes: changes.list().map(({ code }) => code) }
}
const acceptable = (tool: string, parameters: JsonSchema | null | undefined) =>
	schemaFor(GPT_OSS, parameters, tool).schema

describe("acceptableSchema", () => {
	it("returns an object without properties when a tool has no parameters", () => {
		expect(acceptable("now", undefined)).toEqual({ type: "object", properties: {} })
		expect(acceptable("now", null)).toEqual({ type: "object", properties: {} })
		expect(acceptable("now", {})).toEqual({ type: "object", properties: {} })
	})

	it("returns a schema that every model supports unchanged", () => {
		const schema = {
			type: "object",
			properties: {
				path: { type: "string", description: "A file" },
				lines: { type: "array", items: { type: "integer" } },
			},
			required: ["path"],
			additionalProperties: false,
		}
		expect(acceptable("read", schema)).toEqual(schema)
	})

	it("converts several types to anyOf, with the description outside and null without constraints", () => {
		const limit = { type: ["integer", "null"], minimum: 1, description: "At most so many" }
		expect(acceptable("read", { type: "object", properties: { limit } }).properties).toEqual({
			limit: { description: "At most so many", anyOf: [{ type: "integer", minimum: 1 }, { type: "null" }] },
		})
	})

	it("converts a list of one type to that type at any depth", () => {
		const schema = { type: "object", properties: { names: { type: ["array"], items: { type: ["string"] } } } }
		expect(acceptable("read", schema).properties).toEqual({
			names: { type: "array", items: { type: "string" } },
		})
	})

	it("preserves a property that is named like a keyword, and a default that looks like a schema", () => {
		const schema = {
			type: "object",
			properties: { type: { type: "string" }, default: { type: ["string", "null"] } },
			default: { type: ["a", "b"] },
		}
		expect(acceptable("odd", schema)).toEqual({
			type: "object",
			properties: { type: { type: "string" }, default: { anyOf: [{ type: "string" }, { type: "null" }] } },
			default: { type: ["a", "b"] },
		})
	})

	it("rejects parameters that are not an object, contain themselves, or cannot be JSON", () => {
		const round: Record<string, unknown> = { type: "object" }
		round.properties = { self: round }
		expect(() => acceptable("list", { type: "array" })).toThrow(
			'The parameters of the tool "list" cannot be sent: they are of the type "array", and must be an object.',
		)
		expect(() => acceptable("loop", round)).toThrow("they contain themselves")
		expect(() => acceptable("big", { type: "object", minProperties: 1n })).toThrow("they hold a bigint")
	})
})

describe("The root of a schema", () => {
	const byPath = { properties: { path: { type: "string" } }, required: ["path"] }
	const byUrl = { properties: { url: { type: "string" }, path: { type: "null" } }, required: ["path", "url"] }

	it.each([GPT_OSS, CLAUDE, NOVA])("is an object when its types are object and null: %s", (modelId) => {
		expect(schemaFor(modelId, { type: ["object", "null"], ...byPath })).toEqual({
			schema: { type: "object", ...byPath },
			changes: [],
		})
	})

	it.each(["anyOf", "oneOf"])(
		"has no %s for Claude: all properties, and those required by each alternative",
		(union) => {
			expect(schemaFor(CLAUDE, { type: "object", [union]: [byPath, byUrl, { type: "null" }] })).toEqual({
				schema: {
					type: "object",
					properties: { path: { anyOf: [{ type: "string" }, { type: "null" }] }, url: { type: "string" } },
					required: ["path"],
				},
				changes: ["schema-root-simplified"],
			})
		},
	)

	it("has no allOf for Claude: all properties, and all that are required", () => {
		const parts = [
			{ $ref: "#/$defs/Url" },
			{ allOf: [{ properties: { at: { type: "integer" } }, required: ["at"] }] },
		]
		const $defs = { Url: byUrl }
		expect(schemaFor(CLAUDE, { type: "object", allOf: parts, $defs })).toEqual({
			schema: {
				type: "object",
				$defs,
				properties: { ...byUrl.properties, at: { type: "integer" } },
				required: ["path", "url", "at"],
			},
			changes: ["schema-root-simplified"],
		})
	})

	it("keeps alternatives for models that accept them, and below the root for Claude", () => {
		const union = { type: "object", properties: {}, anyOf: [byPath, byUrl] }
		expect(schemaFor(GPT_OSS, union)).toEqual({ schema: union, changes: [] })
		const nested = { type: "object", properties: { from: { anyOf: [byPath, byUrl] } } }
		expect(schemaFor(CLAUDE, nested)).toEqual({ schema: nested, changes: [] })
	})
})

describe("References in a schema", () => {
	const Node = {
		type: "object",
		properties: { name: { type: "string" }, next: { $ref: "#/$defs/Node", description: "The next one" } },
	}
	const schema = { type: "object", properties: { start: { $ref: "#/$defs/Node" } }, $defs: { Node } }

	it("are resolved for Nova, and end where a schema contains itself", () => {
		expect(schemaFor(NOVA, schema)).toEqual({
			schema: {
				type: "object",
				properties: {
					start: {
						type: "object",
						properties: {
							name: { type: "string" },
							next: { type: "object", description: "The next one" },
						},
					},
				},
			},
			changes: ["schema-references-resolved"],
		})
	})

	it("are kept for models that accept them", () => {
		expect(schemaFor(GPT_OSS, schema)).toEqual({ schema, changes: [] })
		expect(schemaFor(CLAUDE, schema)).toEqual({ schema, changes: [] })
	})

	it("are resolved at most 500 times, so that a few bytes do not become millions", () => {
		const $defs = Object.fromEntries(
			Array.from({ length: 30 }, (_, level) => {
				const below = { $ref: `#/$defs/L${level + 1}` }
				return [`L${level}`, { type: "object", properties: { a: below, b: below } }]
			}),
		)
		const { schema: resolved } = schemaFor(NOVA, {
			type: "object",
			properties: { top: { $ref: "#/$defs/L0" } },
			$defs,
		})
		expect(JSON.stringify(resolved)).not.toContain("$ref")
		expect(JSON.stringify(resolved).length).toBeLessThan(100_000)
	})

	it("to a missing schema accept anything", () => {
		const missing = { $ref: "https://example.com/schema.json", description: "Any" }
		expect(schemaFor(NOVA, { type: "object", properties: { missing } }).schema.properties).toEqual({
			missing: { description: "Any" },
		})
	})
})

describe("The depth of a schema", () => {
	const nested = (levels: number): JsonSchema =>
		levels === 1 ? { type: "string" } : { type: "object", properties: { a: nested(levels - 1) }, required: ["a"] }

	it("is at most 10 levels for Kimi: the last one accepts any value of its type", () => {
		expect(schemaFor(KIMI, nested(10))).toEqual({ schema: nested(10), changes: [] })
		const { schema, changes } = schemaFor(KIMI, nested(12))
		expect(changes).toEqual(["schema-depth-limited"])
		expect(JSON.stringify(schema).match(/"properties"/g)).toHaveLength(9)
		expect(JSON.stringify(schema)).toContain('"a":{"type":"object"}')
	})

	it("is not limited for other models", () => {
		expect(schemaFor(CLAUDE, nested(12))).toEqual({ schema: nested(12), changes: [] })
	})
})
