import { lazy, memo } from "react"
import { LazyPart } from "../ui/LazyPart"

/** The parser is loaded when it is needed; where it cannot be, texts stay as they were written. */
const loadMarkdown = () => import("./MarkdownText").catch(() => ({ default: PlainText }))
const MarkdownText = lazy(loadMarkdown)

/** So that it is there by the time of the first answer, and not before the page itself. */
export function preloadMarkdown(): void {
	requestIdleCallback(() => void loadMarkdown())
}

type MarkdownProps = {
	readonly text: string
}

/**
 * A text that a model wrote, in GitHub's Markdown. It may be hostile: no HTML in it becomes HTML, nothing in it is loaded, and
 * its links lead to the web and to mailboxes only. What is drawn of it does not change while it goes on.
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
