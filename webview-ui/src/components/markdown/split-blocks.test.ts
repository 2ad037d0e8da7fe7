import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { NO_TEXT, splitBlocks, type SplitText } from "./split-blocks"

const blocksOf = (text: string) => splitBlocks(NO_TEXT, text).blocks.filter((block) => block.trim() !== "")

describe("A text in blocks", () => {
	test("a paragraph, a list, a table and a piece of code are one each", () => {
		const text = "One\ntwo\n\n- a\n- b\n\n|x|\n|-|\n|1|\n\n```ts\nconst a = 1\n\nconst b = 2\n```\n"
		expect(blocksOf(text).map((block) => block.trim().slice(0, 5))).toEqual(["One\nt", "- a\n-", "|x|\n|", "```ts"])
	})

	test("a block that has ended stays the same object while the text grows", () => {
		const first = splitBlocks(NO_TEXT, "One.\n\nTwo.\n\nThr")
		const grown = splitBlocks(first, "One.\n\nTwo.\n\nThree.")
		expect(grown.blocks).toEqual(["One.", "\n\n", "Two.", "\n\n", "Three."])
		expect(grown.links).toBe(first.links)
	})

	test("a list that goes on after a blank line is still one list", () => {
		const first = splitBlocks(NO_TEXT, "- a\n\n")
		expect(splitBlocks(first, "- a\n\n- b").blocks).toEqual(["- a\n\n- b"])
	})

	test("an address at the end is known to the blocks before it", () => {
		const first = splitBlocks(NO_TEXT, "See [the docs][1].\n\nMore.\n\n")
		expect(splitBlocks(first, "See [the docs][1].\n\nMore.\n\n[1]: https://example.com\n").links["1"]?.href).toBe(
			"https://example.com",
		)
	})

	test("another text is cut anew", () => {
		const first = splitBlocks(NO_TEXT, "One.\n\nTwo.\n\n[1]: https://example.com")
		expect(splitBlocks(first, "Else.")).toEqual({ text: "Else.", blocks: ["Else."], links: {} })
	})

	test("what nests deeper than can be read is one block", () => {
		const deep = ">".repeat(50_000)
		expect(splitBlocks(NO_TEXT, deep).blocks).toEqual([deep])
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

	test("come out the same whether the text is cut while it comes or at its end", () => {
		fc.assert(
			fc.property(fc.array(block, { maxLength: 8 }), fc.array(fc.nat(40), { maxLength: 8 }), (blocks, steps) => {
				const text = blocks.join("\n\n")
				let split: SplitText = NO_TEXT
				let end = 0
				for (const step of [...steps, text.length]) {
					end = Math.min(text.length, end + step)
					split = splitBlocks(split, text.slice(0, end))
				}
				expect(split.blocks).toEqual(splitBlocks(NO_TEXT, text).blocks)
			}),
			{ numRuns: 2_000 },
		)
	})

	test("are the text again when they are joined, whatever it is", () => {
		const piece = fc.constantFrom(..."-*_`#>|[]()!<&\\~=:+. \t\n1ab".split(""), "\n\n", "```", "    ")
		fc.assert(
			fc.property(fc.array(piece), fc.nat(), (pieces, cutAt) => {
				const text = pieces.join("")
				const first = splitBlocks(NO_TEXT, text.slice(0, cutAt))
				expect(splitBlocks(first, text).blocks.join("")).toBe(text)
			}),
			{ numRuns: 2_000 },
		)
	})
})
