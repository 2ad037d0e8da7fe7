import { describe, expect, it } from "vitest"
import { redactArguments } from "./hide-arguments"

const NAMES = new Set(["bedrock-tiers", "chat", "models"])
const redacted = (text: string, ...typed: string[]) => redactArguments(text, typed, NAMES)

describe("redactArguments", () => {
	it.each([
		[["--region", "x'y"], "option '--region <region>' argument 'x'y' is invalid.", "argument '…' is invalid."],
		[["--region=a=b"], "option '--region <region>' argument 'a=b' is invalid.", "argument '…' is invalid."],
		[["--model", "key"], "argument 'key' is invalid. \"key\" is no model.", "argument '…' is invalid. \"…\" is no"],
		[["key"], "unknown command 'key'", "unknown command '…'"],
		[["--keyABSK1"], "unknown option '--keyABSK1'", "unknown option '…'"],
		[["-pkey"], "unknown option '-pkey'", "unknown option '…'"],
		[["a", "'a'b"], "argument ''a'b' is invalid", "argument '…' is invalid"],
	])("does not repeat the argument values of %j", (typed, text, expected) => {
		expect(redacted(text, ...typed)).toContain(expected)
	})

	it.each([
		[["models", "x"], "too many arguments for 'models'."],
		[["--regoin", "x"], "unknown option '--regoin'"],
		[["chat"], "required option '--model <id>' not specified"],
	])("repeats the names of commands and options in %j", (typed, text) => {
		expect(redacted(text, ...typed)).toBe(text)
	})

	it("shows an unknown option without its value", () => {
		expect(redacted("unknown option '--api-key=ABSK'", "--api-key=ABSK")).toBe("unknown option '--api-key=…'")
	})
})
