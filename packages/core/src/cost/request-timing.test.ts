import { expect, it } from "vitest"
import { tokensPerSecond } from "./request-timing"

it("Tokens per second are counted from the first token to the end", () => {
	expect(tokensPerSecond({ firstTokenMs: 500, totalMs: 2_500 }, 100)).toBe(50)
})

it.each([
	["no first token", { firstTokenMs: null, totalMs: 2_500 }, 100],
	["no count of tokens", { firstTokenMs: 500, totalMs: 2_500 }, null],
	["all at once", { firstTokenMs: 500, totalMs: 500 }, 100],
] as const)("They cannot be told with %s", (_, timing, tokens) => {
	expect(tokensPerSecond(timing, tokens)).toBeNull()
})
