import { lazy, memo } from "react"
import { LazyPart } from "../ui/LazyPart"

/** Loads the parser on demand. If that fails, Markdown is shown as plain text. */
const loadMarkdown = () => import("./MarkdownText").catch(() => ({ default: PlainText }))
const MarkdownText = lazy(loadMarkdown)

/** Loads the parser in idle time: after the page itself, but before the first answer needs it. */
export function preloadMarkdown(): void {
	requestIdleCallback(() => void loadMarkdown())
}

type MarkdownProps = {
	readonly text: string
}

/**
 * Text of a model in GitHub Flavored Markdown. It may be hostile: HTML in it is shown as text, nothing in it is loaded,
 * and its links can only be https and mailto URLs. The part that is already rendered does not change while the text
 * grows.
 */
export const Markdown = memo(function Markdown({ text }: MarkdownProps) {
	return (
		<LazyPart fallback={<PlainText text={text} />}>
			<MarkdownText text={text} />
		</LazyPart>
	)
})

function PlainText({ text }: MarkdownProps) {
	return <p className="prose">{text}</p>
}
