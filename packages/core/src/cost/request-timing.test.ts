import { expect, it } from "vitest"
import { tokensPerSecond } from "./request-timing"

it("tokensPerSecond measures from the first token to the end of the answer", () => {
	expect(tokensPerSecond({ firstTokenMs: 500, totalMs: 2_500 }, 100)).toBe(50)
})

it.each([
	["no first token", { firstTokenMs: null, totalMs: 2_500 }, 100],
	["no reported token count", { firstTokenMs: 500, totalMs: 2_500 }, null],
	["an answer that arrived in one piece", { firstTokenMs: 500, totalMs: 500 }, 100],
] as const)("tokensPerSecond returns null for %s", (_, timing, tokens) => {
	expect(tokensPerSecond(timing, tokens)).toBeNull()
})
