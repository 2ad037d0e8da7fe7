import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fileMatcher } from "./glob"

describe("fileMatcher", () => {
	it.each([
		["*.ts", "src/a.ts", true],
		["*.ts", "src/a.tsx", false],
		["*.TS", "a.ts", true],
		["a?c", "abc", true],
		["a?c", "ac", false],
		["*.{ts,tsx}", "a.tsx", true],
		["{a,b{c,d}}.md", "bd.md", true],
		["src/*.ts", "src/a.ts", true],
		["src/*.ts", "src/x/a.ts", false],
		["src/*.ts", "lib/src/a.ts", false],
		["src/**/*.ts", "src/a.ts", true],
		["src/**/*.ts", "src/x/y/a.ts", true],
		["**/test/*", "a/b/test/c", true],
		["src/**", "src/x/y", true],
		["./src/a.ts", "src/a.ts", true],
		["/a.ts", "x/a.ts", true],
		["src\\*.ts", "src/a.ts", true],
		["[a].ts", "[a].ts", true],
		["a.ts", "a-ts", false],
	])("pattern %s against path %s gives %s", (pattern, path, expected) => {
		expect(fileMatcher(pattern)?.(path)).toBe(expected)
	})

	it("accepts a pattern that expands to 64 alternatives and rejects larger ones", () => {
		expect(fileMatcher("{a,b}".repeat(6))).toBeTypeOf("function")
		expect(fileMatcher("{a,b}".repeat(7))).toBeUndefined()
		expect(fileMatcher("{a,b}".repeat(60))).toBeUndefined()
	})

	// A backtracking regular expression would need exponential time for these patterns.
	it("matches patterns with many wildcards without exponential backtracking", () => {
		const matches = fileMatcher(`${"*a".repeat(95)}b`)
		expect(matches?.("a".repeat(4_000))).toBe(false)
		expect(fileMatcher(`${"**/a/".repeat(39)}b`)?.("a/".repeat(2_000))).toBe(false)
	})

	it("agrees with an exhaustive reference matcher", () => {
		const matchesExhaustively = (text: string, pattern: string): boolean => {
			if (pattern === "") return text === ""
			if (pattern[0] === "*")
				return (
					matchesExhaustively(text, pattern.slice(1)) ||
					(text !== "" && matchesExhaustively(text.slice(1), pattern))
				)
			return (
				text !== "" &&
				(pattern[0] === "?" || pattern[0] === text[0]) &&
				matchesExhaustively(text.slice(1), pattern.slice(1))
			)
		}
		const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 })
		const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 6 })
		fc.assert(fc.property(text, pattern, (a, b) => fileMatcher(b)?.(a) === matchesExhaustively(a, b)))
	})
})
