import type { MarkedToken, Token, Tokens } from "marked"
import type { ReactNode } from "react"
import { useLocale } from "../../locale"
import { readReferences } from "./character-references"
import { safeAddress } from "./safe-address"

/** Emphasis inside emphasis: deeper ones are shown as they were written. */
const MAX_DEPTH = 12

export function renderInline(tokens: readonly Token[] = [], depth = 0): ReactNode {
	return tokens.map((token, index) => <InlineToken key={index} token={token as MarkedToken} depth={depth} />)
}

function InlineToken({ token, depth }: { readonly token: MarkedToken; readonly depth: number }): ReactNode {
	if (depth > MAX_DEPTH) return token.raw
	const within = (inner: readonly Token[] | undefined) => renderInline(inner, depth + 1)
	switch (token.type) {
		case "text":
			return token.tokens ? within(token.tokens) : readReferences(token.text)
		case "escape":
			return token.text
		case "strong":
			return <strong>{within(token.tokens)}</strong>
		case "em":
			return <em>{within(token.tokens)}</em>
		case "del":
			return <del>{within(token.tokens)}</del>
		case "codespan":
			return <code>{token.text}</code>
		case "br":
			return <br />
		case "link":
			return <Link link={token}>{within(token.tokens)}</Link>
		case "image":
			return <Picture image={token} />
		case "checkbox":
			return <Checkbox checked={token.checked} />
		case "html":
			// The one that models write in tables, where Markdown has nothing for it. All others are text.
			return /^<br\s*\/?>$/i.test(token.text) ? <br /> : token.text
		default:
			return token.raw
	}
}

/** VS Code opens it when it is clicked on, as any link in a view. One that may not lead anywhere says where it would have led. */
function Link({ link, children }: { readonly link: Tokens.Link; readonly children: ReactNode }) {
	const written = link.autolink ? link.href : readReferences(link.href)
	const address = safeAddress(written)
	if (address === null) {
		return link.text === written ? (
			children
		) : (
			<>
				{children} ({written})
			</>
		)
	}
	return (
		<a href={address} title={address}>
			{children}
		</a>
	)
}

/** Never loaded: that alone would tell somebody that, and from where, the answer was read. */
function Picture({ image }: { readonly image: Tokens.Image }) {
	const { t } = useLocale()
	const written = readReferences(image.href)
	const address = safeAddress(written)
	const name = readReferences(image.text).trim()
	const text = name === "" ? t("markdown.image") : t("markdown.imageOf", { name })
	return address === null ? (
		text
	) : (
		<a href={address} title={address}>
			{text}
		</a>
	)
}

function Checkbox({ checked }: { readonly checked: boolean }) {
	const { t } = useLocale()
	return (
		<span className="checkbox" role="img" aria-label={checked ? t("markdown.done") : t("markdown.notDone")}>
			{checked ? "☑" : "☐"}
		</span>
	)
}
