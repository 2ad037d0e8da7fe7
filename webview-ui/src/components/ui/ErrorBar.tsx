import type { Problem } from "../../state/webview-state"
import { useLocale } from "../../locale"
import { Button } from "./Button"

const KEYS = { "not-applied": "notApplied", "not-sent": "notSent", refused: "refused" } as const

/** One-line message about an action that failed. It names the invalid field, if there is one. */
export function ErrorBar({ problem, onDismiss }: { readonly problem: Problem; readonly onDismiss: () => void }) {
	const { t } = useLocale()
	const key = KEYS[problem.kind]
	return (
		<div className="error-bar" role="alert">
			<p>
				{problem.field === ""
					? t(`problem.${key}Whole`, { problem: problem.problem })
					: t(`problem.${key}`, { field: problem.field, problem: problem.problem })}
			</p>
			<Button look="quiet" onClick={onDismiss}>
				{t("app.dismiss")}
			</Button>
		</div>
	)
}
