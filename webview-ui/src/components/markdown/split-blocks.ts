import { Lexer, type Links, type MarkedOptions } from "marked"

/** GitHub Flavored Markdown. Line breaks of the model are preserved. */
export const MARKDOWN: MarkedOptions = { gfm: true, breaks: true }

/** A text split into its blocks (paragraphs, lists, tables, code blocks). Joined, the blocks are the text again. */
export type SplitText = {
	readonly text: string
	readonly blocks: readonly string[]
	/** Link reference definitions, such as `[1]: https://…`. */
	readonly links: Links
}

export const EMPTY_SPLIT: SplitText = { text: "", blocks: [], links: {} }

/**
 * Splits a text that continues the previous one; any other text is split from its start. Finished blocks are reused, so
 * that a long text is not parsed again for each delta. Never throws: text that cannot be parsed is one block.
 */
export function splitBlocks(previous: SplitText, text: string): SplitText {
	const finished = text.startsWith(previous.text)
		? previous.blocks.slice(0, countFinishedBlocks(previous.blocks))
		: []
	const finishedLinks = finished.length > 0 ? previous.links : {}
	const rest = text.slice(finished.reduce((length, block) => length + block.length, 0))
	const { blocks, links } = parseBlocks(rest)
	const hasOnlyKnownLinks = Object.keys(links).every((name) => Object.hasOwn(finishedLinks, name))
	return {
		text,
		blocks: [...finished, ...blocks],
		links: hasOnlyKnownLinks ? finishedLinks : { ...links, ...finishedLinks },
	}
}

/**
 * Number of blocks that no further text can change: those before the last two that begin after a blank line. Two, since
 * a block that begins as "2" may become the second item of the list before it.
 */
function countFinishedBlocks(blocks: readonly string[]): number {
	const beginsAfterBlankLine = (index: number) =>
		blocks[index]?.trim() !== "" && (index === 0 || /\n[ \t]*\n[ \t]*$/.test(blocks[index - 1] ?? ""))
	let found = 0
	for (let index = blocks.length - 1; index > 0; index--) {
		if (beginsAfterBlankLine(index) && ++found === 2) return index
	}
	return 0
}

function parseBlocks(text: string): Pick<SplitText, "blocks" | "links"> {
	const lexer = new Lexer(MARKDOWN)
	try {
		// Only blocks: inline content is parsed when its block is rendered.
		const blocks = lexer.blockTokens(text, []).map(({ raw }) => raw)
		if (blocks.join("") === text) return { blocks, links: lexer.tokens.links }
	} catch {
		// The text is nested more deeply than the parser supports.
	}
	return { blocks: [text], links: {} }
}
