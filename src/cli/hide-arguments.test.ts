import { describe, expect, it } from "vitest"
import { withoutArguments } from "./hide-arguments"

const NAMES = new Set(["bedrock-tiers", "chat", "models"])
const shown = (text: string, ...typed: string[]) => withoutArguments(text, typed, NAMES)

describe("A sentence about wrong arguments", () => {
	it.each([
		[["--region", "x'y"], "option '--region <region>' argument 'x'y' is invalid.", "argument '…' is invalid."],
		[["--region=a=b"], "option '--region <region>' argument 'a=b' is invalid.", "argument '…' is invalid."],
		[["--model", "key"], "argument 'key' is invalid. \"key\" is no model.", "argument '…' is invalid. \"…\" is no"],
		[["key"], "unknown command 'key'", "unknown command '…'"],
		[["--keyABSK1"], "unknown option '--keyABSK1'", "unknown option '…'"],
		[["-pkey"], "unknown option '-pkey'", "unknown option '…'"],
		[["a", "'a'b"], "argument ''a'b' is invalid", "argument '…' is invalid"],
	])("%j does not repeat what was typed", (typed, text, expected) => {
		expect(shown(text, ...typed)).toContain(expected)
	})

	it.each([
		[["models", "x"], "too many arguments for 'models'."],
		[["--regoin", "x"], "unknown option '--regoin'"],
		[["chat"], "required option '--model <id>' not specified"],
	])("%j repeats the names of commands and options", (typed, text) => {
		expect(shown(text, ...typed)).toBe(text)
	})

	it("names an option that there is not without its value", () => {
		expect(shown("unknown option '--api-key=ABSK'", "--api-key=ABSK")).toBe("unknown option '--api-key=…'")
	})
})
