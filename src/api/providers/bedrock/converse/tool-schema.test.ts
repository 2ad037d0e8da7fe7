import { describe, expect, it } from "vitest"
import { acceptableSchema } from "./tool-schema"

describe("acceptableSchema", () => {
	it("returns an object without properties when a tool has no parameters", () => {
		expect(acceptableSchema("now", undefined)).toEqual({ type: "object", properties: {} })
		expect(acceptableSchema("now", {})).toEqual({ type: "object", properties: {} })
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
		expect(acceptableSchema("read", schema)).toEqual(schema)
	})

	it("converts several types to anyOf, with the description outside and null without constraints", () => {
		const limit = { type: ["integer", "null"], minimum: 1, description: "At most so many" }
		expect(acceptableSchema("read", { type: "object", properties: { limit } }).properties).toEqual({
			limit: { description: "At most so many", anyOf: [{ type: "integer", minimum: 1 }, { type: "null" }] },
		})
	})

	it("converts a list of one type to that type at any depth", () => {
		const schema = { type: "object", properties: { names: { type: ["array"], items: { type: ["string"] } } } }
		expect(acceptableSchema("read", schema).properties).toEqual({
			names: { type: "array", items: { type: "string" } },
		})
	})

	it("preserves a property that is named like a keyword, and a default that looks like a schema", () => {
		const schema = {
			type: "object",
			properties: { type: { type: "string" }, default: { type: ["string", "null"] } },
			default: { type: ["a", "b"] },
		}
		expect(acceptableSchema("odd", schema)).toEqual({
			type: "object",
			properties: { type: { type: "string" }, default: { anyOf: [{ type: "string" }, { type: "null" }] } },
			default: { type: ["a", "b"] },
		})
	})

	it("rejects parameters that are not an object, contain themselves, or cannot be JSON", () => {
		const round: Record<string, unknown> = { type: "object" }
		round.properties = { self: round }
		expect(() => acceptableSchema("list", { type: "array" })).toThrow(
			'The parameters of the tool "list" cannot be sent: they are of the type "array", and must be an object.',
		)
		expect(() => acceptableSchema("loop", round)).toThrow("they contain themselves")
		expect(() => acceptableSchema("big", { type: "object", minProperties: 1n })).toThrow("they hold a bigint")
	})
})
