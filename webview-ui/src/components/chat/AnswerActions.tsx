import { answerText, type AssistantMessage } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { CopyButton } from "../ui/CopyButton"
import type { RetryTierOptions } from "./retry-tier-options"
import { canContinue } from "./cut-off"

type AnswerActionsProps = {
	readonly message: AssistantMessage
	/** `null` when it is not the last answer, or another answer is in progress. */
	readonly retryOptions: RetryTierOptions | null
}

/** Actions for an answer that has ended. A failed answer has its retry actions in the `FailureBlock`. */
export function AnswerActions({ message, retryOptions }: AnswerActionsProps) {
	const locale = useLocale()
	const { t } = locale
	const store = useStore()
	const text = answerText(message.parts)
	const options = message.status === "failed" ? null : retryOptions
	if (text.trim() === "" && options === null) return null
	return (
		<div className="message-actions">
			{text.trim() !== "" && <CopyButton text={text} label={t("chat.copyAnswer")} />}
			{options && canContinue(message) && (
				<Button look="secondary" onClick={() => store.goOn(t("chat.goOnMessage"))}>
					{t("chat.goOn")}
				</Button>
			)}
			{options && (
				<Button look="quiet" onClick={() => store.answerAgain(message.id, options.tier)}>
					{t("chat.answerAgain")}
				</Button>
			)}
			{options && options.others.length > 0 && (
				<details className="other-tiers">
					<summary>{t("chat.answerAgainOn")}</summary>
					<div className="button-row">
						{options.others.map((tier) => (
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
