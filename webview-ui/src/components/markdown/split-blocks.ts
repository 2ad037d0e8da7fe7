import { Lexer, type Links, type MarkedOptions } from "marked"

/** GitHub's Markdown. What a model puts on a line of its own stays there. */
export const MARKDOWN: MarkedOptions = { gfm: true, breaks: true }

/** A text cut into its blocks (paragraphs, lists, tables, pieces of code): joined again they are the text. */
export type SplitText = {
	readonly text: string
	readonly blocks: readonly string[]
	/** Addresses that stand apart, as `[1]: https://…`. */
	readonly links: Links
}

export const NO_TEXT: SplitText = { text: "", blocks: [], links: {} }

/**
 * Cuts a text that goes on where the previous one ended; any other is cut from its start. What has ended for good is kept as it
 * is, so that a long text is not read again for each word of it. Never throws: what cannot be cut is one block.
 */
export function splitBlocks(previous: SplitText, text: string): SplitText {
	const kept = text.startsWith(previous.text) ? previous.blocks.slice(0, endedBlocks(previous.blocks)) : []
	const keptLinks = kept.length > 0 ? previous.links : {}
	const rest = text.slice(kept.reduce((length, block) => length + block.length, 0))
	const { blocks, links } = cut(rest)
	const known = Object.keys(links).every((name) => Object.hasOwn(keptLinks, name))
	return { text, blocks: [...kept, ...blocks], links: known ? keptLinks : { ...links, ...keptLinks } }
}

/**
 * How many blocks no further text can change: those before the last two that begin after a blank line. Of two, since what
 * begins as "2" may become the second item of the list before it.
 */
function endedBlocks(blocks: readonly string[]): number {
	const begins = (index: number) =>
		blocks[index]?.trim() !== "" && (index === 0 || /\n[ \t]*\n[ \t]*$/.test(blocks[index - 1] ?? ""))
	let found = 0
	for (let index = blocks.length - 1; index > 0; index--) {
		if (begins(index) && ++found === 2) return index
	}
	return 0
}

function cut(text: string): Pick<SplitText, "blocks" | "links"> {
	const lexer = new Lexer(MARKDOWN)
	try {
		// Blocks alone: what stands in a line is read when its block is drawn.
		const blocks = lexer.blockTokens(text, []).map(({ raw }) => raw)
		if (blocks.join("") === text) return { blocks, links: lexer.tokens.links }
	} catch {
		// Nested deeper than the parser can go.
	}
	return { blocks: [text], links: {} }
}
