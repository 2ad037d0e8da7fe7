import { profileTierChoice } from "@bedrock-tiers/protocol"
import { activeProfile } from "../../state/active-profile"
import { useLocale } from "../../locale"
import { useStore, useViewState } from "../store-context"
import { Button } from "../ui/Button"

/** Shown in a chat without messages: the selected model, the tiers it is sold at, and where to change them. */
export function EmptyChat() {
	const { t } = useLocale()
	const store = useStore()
	const { host } = useViewState()
	const profile = host ? activeProfile(host) : undefined
	if (!profile) return null
	const { model, options, kind } = profileTierChoice(profile.settings, null)
	const name = model?.name ?? profile.settings.modelId
	return (
		<div className="stack empty">
			<p className="empty-title">{t("chat.emptyTitle", { model: name })}</p>
			{kind === "standard-only" ? (
				<p>{t("tierPromise.standardOnly", { model: name })}</p>
			) : (
				<ul>
					{options.map(({ tier }) => (
						<li key={tier}>{t(`tierPromise.${tier}`)}</li>
					))}
				</ul>
			)}
			<p>{t("chat.empty")}</p>
			{profile.kind === "demo" && <p>{t("app.demo")}</p>}
			<Button look="secondary" onClick={() => store.showPage("settings")}>
				{t("chat.chooseModel")}
			</Button>
		</div>
	)
}
