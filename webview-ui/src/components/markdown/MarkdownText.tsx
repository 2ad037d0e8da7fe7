import { Lexer, type Links, type Token } from "marked"
import { memo, useState } from "react"
import { renderBlocks } from "./block-tokens"
import { MARKDOWN, NO_TEXT, splitBlocks } from "./split-blocks"

/** A block that is no code and longer than this is shown as it was written: some of them take the parser seconds. */
const MAX_CHARACTERS = 30_000

/** Loaded apart: see `Markdown`. */
export default function MarkdownText({ text }: { readonly text: string }) {
	const written = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text
	const [split, setSplit] = useState(NO_TEXT)
	// Grown from what there was, so that it is kept.
	const now = split.text === written ? split : splitBlocks(split, written)
	if (now !== split) setSplit(now)
	return (
		<div className="markdown">
			{now.blocks.map((block, index) =>
				// Blocks only ever come at the end.
				block.trim() === "" ? null : <Block key={index} source={block} links={now.links} />,
			)}
		</div>
	)
}

/** Read and drawn once, unless it changes. */
const Block = memo(function Block({ source, links }: { readonly source: string; readonly links: Links }) {
	const tokens = read(source, links)
	return tokens ? renderBlocks(tokens) : <p className="prose">{source.trim()}</p>
})

/** Null = it stays as it was written. */
function read(source: string, links: Links): Token[] | null {
	if (source.length > MAX_CHARACTERS && !/^ {0,3}(```|~~~)/.test(source)) return null
	const lexer = new Lexer(MARKDOWN)
	Object.assign(lexer.tokens.links, links)
	try {
		return lexer.lex(source)
	} catch {
		// Nested deeper than the parser can go.
		return null
	}
}
