import type { Problem } from "../../state/webview-state"
import { useLocale } from "../../locale"
import { Button } from "./Button"

const KEYS = { "not-applied": "notApplied", "not-sent": "notSent", refused: "refused" } as const

/** One-line message about an action that failed. It names the invalid field, if there is one. */
export function ErrorBar({ problem, onDismiss }: { readonly problem: Problem; readonly onDismiss: () => void }) {
	const { t, details } = useLocale()
	const key = KEYS[problem.kind]
	const text = details(problem.details)
	return (
		<div className="error-bar" role="alert">
			<p>
				{problem.field === ""
					? t(`problem.${key}Whole`, { problem: text })
					: t(`problem.${key}`, { field: problem.field, problem: text })}
			</p>
			<Button look="quiet" onClick={onDismiss}>
				{t("app.dismiss")}
			</Button>
		</div>
	)
}
