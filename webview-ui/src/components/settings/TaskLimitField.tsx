import { MAX_TASK_LIMIT_USD } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { DraftNumberField, type DraftProps } from "./DraftNumberField"

/** At least one cent, because a single request can cost more than a smaller limit. */
const LIMITS = { min: 0.01, max: MAX_TASK_LIMIT_USD } as const

/** Cost at which a task is stopped. */
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
