import { useLocale } from "../../locale"
import { CopyButton } from "../ui/CopyButton"

type CodeBlockProps = {
	/** As it stands behind the fence; empty = not said. */
	readonly language: string
	readonly code: string
}

/** Without colours: a grammar for every language would weigh more than all the rest of the page. */
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
			{/* Reached by keyboard, since its lines may be longer than the view is wide. */}
			<pre tabIndex={0} role="group" aria-label={title}>
				<code>{code}</code>
			</pre>
		</div>
	)
}
