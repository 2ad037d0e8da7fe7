import { useEffect, useState } from "react"
import { useLocale } from "../../locale"
import { Button } from "./Button"

type CopyButtonProps = {
	readonly text: string
	/** Accessible name. It says what is copied, for users who cannot see what the button is next to. */
	readonly label: string
}

const OUTCOME_SHOWN_MS = 2_000

/** Copies text to the clipboard and shows the outcome for a moment. */
export function CopyButton({ text, label }: CopyButtonProps) {
	const { t } = useLocale()
	const [outcome, setOutcome] = useState<"copied" | "notCopied" | null>(null)
	useEffect(() => {
		if (outcome === null) return
		const timer = setTimeout(() => setOutcome(null), OUTCOME_SHOWN_MS)
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
