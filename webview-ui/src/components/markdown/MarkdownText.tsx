import { Lexer, type Links, type Token } from "marked"
import { memo, useState } from "react"
import { renderBlocks } from "./block-tokens"
import { MARKDOWN, EMPTY_SPLIT, splitBlocks } from "./split-blocks"

/** A longer block that is not code is shown as plain text: some of them take the parser seconds. */
const MAX_CHARACTERS = 30_000

/** Loaded on demand by `Markdown`. */
export default function MarkdownText({ text }: { readonly text: string }) {
	const normalized = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text
	const [split, setSplit] = useState(EMPTY_SPLIT)
	// Stored in the state, since the split of a growing text continues from the previous one.
	const current = split.text === normalized ? split : splitBlocks(split, normalized)
	if (current !== split) setSplit(current)
	return (
		<div className="stack markdown">
			{current.blocks.map((block, index) =>
				// Blocks are only ever appended, so the index is a stable key.
				block.trim() === "" ? null : <Block key={index} source={block} links={current.links} />,
			)}
		</div>
	)
}

/** Parsed and rendered again only when its source or the links change. */
const Block = memo(function Block({ source, links }: { readonly source: string; readonly links: Links }) {
	const tokens = tokenize(source, links)
	return tokens ? renderBlocks(tokens) : <p className="prose">{source.trim()}</p>
})

/** `null` when the block is shown as plain text. */
function tokenize(source: string, links: Links): Token[] | null {
	if (source.length > MAX_CHARACTERS && !/^ {0,3}(```|~~~)/.test(source)) return null
	const lexer = new Lexer(MARKDOWN)
	Object.assign(lexer.tokens.links, links)
	try {
		return lexer.lex(source)
	} catch {
		// The text is nested more deeply than the parser supports.
		return null
	}
}
