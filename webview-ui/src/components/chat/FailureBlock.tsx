import type { ServiceTier } from "@bedrock-tiers/core"
import type { ChatError, FailureAction } from "@bedrock-tiers/protocol"
import type { ViewStore } from "../../state/view-store"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { failureTitle } from "./failure-title"

type FailureBlockProps = {
	readonly error: ChatError
	/** Requested tier of the last attempt; `undefined` when unknown. */
	readonly requestedTier: ServiceTier | undefined
	/** The best action first. */
	readonly actions: readonly FailureAction[]
}

const ACTION_HANDLERS: Readonly<Record<FailureAction, (store: ViewStore) => void>> = {
	retry: (store) => store.retry(),
	"retry-on-standard": (store) => store.retryOnStandard(),
	"send-without": (store) => store.retryWithoutRefusedParameter(),
	"choose-tier": (store) => store.focusTierField(),
	"open-settings": (store) => store.showPage("settings"),
	"go-on": (store) => store.goOnBeyondLimit(),
}

/** What failed and why, with the actions that the user can take. */
export function FailureBlock({ error, requestedTier, actions }: FailureBlockProps) {
	const locale = useLocale()
	const { t } = locale
	const store = useStore()
	// Text from before errors had details: it is in one language, and may not say what failed.
	const isStoredText = error.details.every(({ code }) => code === "text")
	return (
		<div className="answer-error" role="alert">
			{isStoredText && <p className="failure-title">{failureTitle(error.code, requestedTier, locale)}</p>}
			<p>{locale.details(error.details)}</p>
			<p className="caption">{t("chat.errorCode", { code: error.code })}</p>
			{actions.length > 0 && (
				<div className="button-row">
					{actions.map((action, index) => (
						<Button
							key={action}
							look={index === 0 ? "primary" : "secondary"}
							onClick={() => ACTION_HANDLERS[action](store)}>
							{t(`failure.action.${action}`)}
						</Button>
					))}
				</div>
			)}
		</div>
	)
}
