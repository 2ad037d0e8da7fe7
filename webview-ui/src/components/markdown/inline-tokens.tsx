import type { MarkedToken, Token, Tokens } from "marked"
import type { ReactNode } from "react"
import { useLocale } from "../../locale"
import { decodeReferences } from "./character-references"
import { safeUrl } from "./safe-url"

/** Maximum nesting of emphasis. Deeper emphasis is shown as plain text. */
const MAX_DEPTH = 12

export function renderInline(tokens: readonly Token[] = [], depth = 0): ReactNode {
	return tokens.map((token, index) => <InlineToken key={index} token={token as MarkedToken} depth={depth} />)
}

function InlineToken({ token, depth }: { readonly token: MarkedToken; readonly depth: number }): ReactNode {
	if (depth > MAX_DEPTH) return token.raw
	const renderInner = (inner: readonly Token[] | undefined) => renderInline(inner, depth + 1)
	switch (token.type) {
		case "text":
			return token.tokens ? renderInner(token.tokens) : decodeReferences(token.text)
		case "escape":
			return token.text
		case "strong":
			return <strong>{renderInner(token.tokens)}</strong>
		case "em":
			return <em>{renderInner(token.tokens)}</em>
		case "del":
			return <del>{renderInner(token.tokens)}</del>
		case "codespan":
			return <code>{token.text}</code>
		case "br":
			return <br />
		case "link":
			return <Link link={token}>{renderInner(token.tokens)}</Link>
		case "image":
			return <Picture image={token} />
		case "checkbox":
			return <Checkbox checked={token.checked} />
		case "html":
			// Models write `<br>` in tables, where Markdown has no line break. All other HTML is shown as text.
			return /^<br\s*\/?>$/i.test(token.text) ? <br /> : token.text
		default:
			return token.raw
	}
}

/** VS Code opens it on click, as any link in a webview. A link that is not allowed is shown as text with its URL. */
function Link({ link, children }: { readonly link: Tokens.Link; readonly children: ReactNode }) {
	const href = link.autolink ? link.href : decodeReferences(link.href)
	const url = safeUrl(href)
	if (url !== null) return <SafeLink url={url}>{children}</SafeLink>
	if (link.text === href) return children
	return (
		<>
			{children} ({href})
		</>
	)
}

/** A link instead of the image: loading it would reveal to its server that the answer was read, and from where. */
function Picture({ image }: { readonly image: Tokens.Image }) {
	const { t } = useLocale()
	const url = safeUrl(decodeReferences(image.href))
	const name = decodeReferences(image.text).trim()
	const text = name === "" ? t("markdown.image") : t("markdown.imageOf", { name })
	return url === null ? text : <SafeLink url={url}>{text}</SafeLink>
}

function SafeLink({ url, children }: { readonly url: string; readonly children: ReactNode }) {
	return (
		<a href={url} title={url}>
			{children}
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
