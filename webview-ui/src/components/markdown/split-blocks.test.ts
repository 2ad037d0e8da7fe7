import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { EMPTY_SPLIT, splitBlocks, type SplitText } from "./split-blocks"

const blocksOf = (text: string) => splitBlocks(EMPTY_SPLIT, text).blocks.filter((block) => block.trim() !== "")

describe("splitBlocks", () => {
	test("makes one block each of a paragraph, a list, a table and a code block", () => {
		const text = "One\ntwo\n\n- a\n- b\n\n|x|\n|-|\n|1|\n\n```ts\nconst a = 1\n\nconst b = 2\n```\n"
		expect(blocksOf(text).map((block) => block.trim().slice(0, 5))).toEqual(["One\nt", "- a\n-", "|x|\n|", "```ts"])
	})

	test("keeps finished blocks and the `links` object while the text grows", () => {
		const first = splitBlocks(EMPTY_SPLIT, "One.\n\nTwo.\n\nThr")
		const grown = splitBlocks(first, "One.\n\nTwo.\n\nThree.")
		expect(grown.blocks).toEqual(["One.", "\n\n", "Two.", "\n\n", "Three."])
		expect(grown.links).toBe(first.links)
	})

	test("keeps a list that continues after a blank line as one block", () => {
		const first = splitBlocks(EMPTY_SPLIT, "- a\n\n")
		expect(splitBlocks(first, "- a\n\n- b").blocks).toEqual(["- a\n\n- b"])
	})

	test("makes a link definition at the end available to the blocks before it", () => {
		const first = splitBlocks(EMPTY_SPLIT, "See [the docs][1].\n\nMore.\n\n")
		expect(splitBlocks(first, "See [the docs][1].\n\nMore.\n\n[1]: https://example.com\n").links["1"]?.href).toBe(
			"https://example.com",
		)
	})

	test("splits a different text from its start", () => {
		const first = splitBlocks(EMPTY_SPLIT, "One.\n\nTwo.\n\n[1]: https://example.com")
		expect(splitBlocks(first, "Else.")).toEqual({ text: "Else.", blocks: ["Else."], links: {} })
	})

	test("returns text that is nested too deeply as one block", () => {
		const deep = ">".repeat(50_000)
		expect(splitBlocks(EMPTY_SPLIT, deep).blocks).toEqual([deep])
	})

	const block = fc.constantFrom(
		"One two\nthree.",
		"# Title",
		"- a\n- b",
		"1. x\n2. y",
		"- a\n\n  more of it\n\n      code in it",
		"> said\n> so",
		"```ts\nconst a = 1\n\n\n- no list\n```",
		"    indented",
		"| a | b |\n|---|---|\n| 1 | 2 |",
		"<b>\nnot run\n</b>",
		"---",
		"[1]: https://example.com",
	)

	test("returns the same blocks whether the text is split while it grows or at its end", () => {
		fc.assert(
			fc.property(fc.array(block, { maxLength: 8 }), fc.array(fc.nat(40), { maxLength: 8 }), (blocks, steps) => {
				const text = blocks.join("\n\n")
				let split: SplitText = EMPTY_SPLIT
				let end = 0
				for (const step of [...steps, text.length]) {
					end = Math.min(text.length, end + step)
					split = splitBlocks(split, text.slice(0, end))
				}
				expect(split.blocks).toEqual(splitBlocks(EMPTY_SPLIT, text).blocks)
			}),
			{ numRuns: 2_000 },
		)
	})

	test("returns blocks that give the text again when they are joined, for any text", () => {
		const piece = fc.constantFrom(..."-*_`#>|[]()!<&\\~=:+. \t\n1ab".split(""), "\n\n", "```", "    ")
		fc.assert(
			fc.property(fc.array(piece), fc.nat(), (pieces, cutAt) => {
				const text = pieces.join("")
				const first = splitBlocks(EMPTY_SPLIT, text.slice(0, cutAt))
				expect(splitBlocks(first, text).blocks.join("")).toBe(text)
			}),
			{ numRuns: 2_000 },
		)
	})
})
