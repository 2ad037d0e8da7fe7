import { answerText, type AssistantMessage } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { CopyButton } from "../ui/CopyButton"
import type { RetryTierOptions } from "./retry-tier-options"
import { canGoOn } from "./cut-off"

type AnswerActionsProps = {
	readonly message: AssistantMessage
	/** Null = it is not the last answer, or another is on its way. */
	readonly again: RetryTierOptions | null
}

/** What can be done with an answer that has ended. A failed one says itself what may come next. */
export function AnswerActions({ message, again }: AnswerActionsProps) {
	const locale = useLocale()
	const { t } = locale
	const store = useStore()
	const text = answerText(message.parts)
	const askable = message.status === "failed" ? null : again
	if (text.trim() === "" && askable === null) return null
	return (
		<div className="message-actions">
			{text.trim() !== "" && <CopyButton text={text} label={t("chat.copyAnswer")} />}
			{askable && canGoOn(message) && (
				<Button look="secondary" onClick={() => store.goOn(t("chat.goOnMessage"))}>
					{t("chat.goOn")}
				</Button>
			)}
			{askable && (
				<Button look="quiet" onClick={() => store.answerAgain(message.id, askable.tier)}>
					{t("chat.answerAgain")}
				</Button>
			)}
			{askable && askable.others.length > 0 && (
				<details className="other-tiers">
					<summary>{t("chat.answerAgainOn")}</summary>
					<div className="button-row">
						{askable.others.map((tier) => (
							<Button key={tier} look="secondary" onClick={() => store.answerAgain(message.id, tier)}>
								{locale.tier(tier)}
							</Button>
						))}
					</div>
				</details>
			)}
		</div>
	)
}
