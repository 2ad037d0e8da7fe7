import type { MarkedToken, Token, Tokens } from "marked"
import type { ReactNode } from "react"
import { useLocale } from "../../locale"
import { CopyButton } from "../ui/CopyButton"
import { renderInline } from "./inline-tokens"

/** Maximum nesting of quotes and lists. Deeper ones are shown as plain text. */
const MAX_DEPTH = 12

/** Creates elements from tokens only: text of a model is never interpreted as HTML. */
export function renderBlocks(tokens: readonly Token[], depth = 0): ReactNode {
	return tokens.map((token, index) => <BlockToken key={index} token={token as MarkedToken} depth={depth} />)
}

function BlockToken({ token, depth }: { readonly token: MarkedToken; readonly depth: number }): ReactNode {
	if (depth > MAX_DEPTH) return <p className="prose">{token.raw}</p>
	switch (token.type) {
		case "space":
		case "def":
			return null
		case "paragraph":
			return <p>{renderInline(token.tokens)}</p>
		case "heading":
			return <Heading depth={token.depth}>{renderInline(token.tokens)}</Heading>
		case "code":
			return <CodeBlock code={token} />
		case "blockquote":
			return <blockquote className="stack">{renderBlocks(token.tokens, depth + 1)}</blockquote>
		case "list":
			return <List list={token} depth={depth} />
		case "table":
			return <Table table={token} />
		case "hr":
			return <hr />
		case "html":
			return <p className="prose">{token.text.trimEnd()}</p>
		default:
			// Inline tokens directly inside a list item.
			return renderInline([token])
	}
}

/** Starts at level 3, below the page's own headings. */
function Heading({ depth, children }: { readonly depth: number; readonly children: ReactNode }) {
	const Tag = (["h3", "h4", "h5", "h6"] as const)[depth - 1] ?? "h6"
	return <Tag>{children}</Tag>
}

/** Has no syntax highlighting: grammars for all languages would be larger than the rest of the page. */
function CodeBlock({ code: { lang = "", text } }: { readonly code: Tokens.Code }) {
	const { t } = useLocale()
	const language = lang.trim().split(/[\s,{]/, 1)[0]
	const title = language || t("markdown.code")
	return (
		<div className="code-block">
			<div className="row code-head">
				<span className="caption">{title}</span>
				<CopyButton text={text} label={t("markdown.copyCode", { name: title })} />
			</div>
			{/* Focusable, so that lines wider than the view can be scrolled by keyboard. */}
			<pre tabIndex={0} role="group" aria-label={title}>
				<code>{text}</code>
			</pre>
		</div>
	)
}

function List({ list, depth }: { readonly list: Tokens.List; readonly depth: number }) {
	const items = list.items.map((item, index) => (
		<li key={index} className={item.task ? "task" : undefined}>
			{renderBlocks(item.tokens, depth + 1)}
		</li>
	))
	return list.ordered ? <ol start={list.start === "" ? 1 : list.start}>{items}</ol> : <ul>{items}</ul>
}

function Table({ table }: { readonly table: Tokens.Table }) {
	const { t } = useLocale()
	const cells = (row: readonly Tokens.TableCell[], Tag: "th" | "td") =>
		row.map(({ align, tokens }, index) => (
			<Tag key={index} className={align ? `align-${align}` : undefined} scope={Tag === "th" ? "col" : undefined}>
				{renderInline(tokens)}
			</Tag>
		))
	return (
		// Focusable, so that a table wider than the view can be scrolled by keyboard.
		<div className="table-scroll" role="group" aria-label={t("markdown.table")} tabIndex={0}>
			<table>
				<thead>
					<tr>{cells(table.header, "th")}</tr>
				</thead>
				<tbody>
					{table.rows.map((row, index) => (
						<tr key={index}>{cells(row, "td")}</tr>
					))}
				</tbody>
			</table>
		</div>
	)
}
