import { useLocale } from "../../locale"
import { CopyButton } from "../ui/CopyButton"

type CodeBlockProps = {
	/** Info string of the code fence; empty when there is none. */
	readonly language: string
	readonly code: string
}

/** Has no syntax highlighting: grammars for all languages would be larger than the rest of the page. */
export function CodeBlock({ language, code }: CodeBlockProps) {
	const { t } = useLocale()
	const name = language.trim().split(/[\s,{]/, 1)[0] ?? ""
	const title = name === "" ? t("markdown.code") : name
	return (
		<div className="code-block">
			<div className="code-head">
				<span className="caption">{title}</span>
				<CopyButton text={code} label={t("markdown.copyCode", { name: title })} />
			</div>
			{/* Focusable, so that lines wider than the view can be scrolled by keyboard. */}
			<pre tabIndex={0} role="group" aria-label={title}>
				<code>{code}</code>
			</pre>
		</div>
	)
}
