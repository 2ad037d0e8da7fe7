import { MAX_TASK_LIMIT_USD } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { DraftNumberField, type DraftProps } from "./DraftNumberField"

/** A cent at least: less is spent by a single request. */
const LIMITS = { min: 0.01, max: MAX_TASK_LIMIT_USD } as const

/** What a task may cost before it is stopped. */
export function TaskLimitField(props: DraftProps) {
	const { t } = useLocale()
	return (
		<DraftNumberField
			{...props}
			setting="taskLimitUsd"
			label={t("taskLimit.label")}
			limits={LIMITS}
			example="2.5"
			hint={<p className="hint">{t("taskLimit.hint")}</p>}
		/>
	)
}
