import { useEffect, useState } from "react"
import { useLocale } from "../../locale"
import { Button } from "./Button"

type CopyButtonProps = {
	readonly text: string
	/** What it copies, for those who do not see beside what it stands. */
	readonly label: string
}

const SHOWN_MS = 2_000

/** Says for a moment whether it has copied. */
export function CopyButton({ text, label }: CopyButtonProps) {
	const { t } = useLocale()
	const [outcome, setOutcome] = useState<"copied" | "notCopied" | null>(null)
	useEffect(() => {
		if (outcome === null) return
		const timer = setTimeout(() => setOutcome(null), SHOWN_MS)
		return () => clearTimeout(timer)
	}, [outcome])

	function copy() {
		navigator.clipboard.writeText(text).then(
			() => setOutcome("copied"),
			() => setOutcome("notCopied"),
		)
	}

	return (
		<>
			<Button look="quiet" label={label} onClick={copy}>
				{t(outcome ? `copy.${outcome}` : "copy.copy")}
			</Button>
			<span className="visually-hidden" role="status">
				{outcome && t(`copy.${outcome}`)}
			</span>
		</>
	)
}
