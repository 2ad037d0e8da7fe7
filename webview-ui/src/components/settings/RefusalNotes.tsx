import type { TierRefusal, WhenTierCannotServe } from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"

type RefusalNotesProps = {
	/** Those of the model, as it would be called now. */
	readonly refusals: readonly TierRefusal[]
	readonly whenTierCannotServe: WhenTierCannotServe
}

/** Tiers that Bedrock refused for this model, and what that does. Forgetting acts at once: no saving is needed. */
export function RefusalNotes({ refusals, whenTierCannotServe }: RefusalNotesProps) {
	const locale = useLocale()
	const store = useStore()
	return refusals.map((refusal) => (
		<div key={refusal.tierRequest.tier} className="notice">
			<p>{refusalMessage(refusal, whenTierCannotServe, locale)}</p>
			<Button
				look="secondary"
				label={locale.t("refusal.forgetTier", { tier: locale.tier(refusal.tierRequest.tier) })}
				onClick={() => store.forgetRefusal(refusal)}>
				{locale.t("refusal.forget")}
			</Button>
		</div>
	))
}

function refusalMessage(
	{ tierRequest: { tier: tierRequest, region }, refusedAt, rememberedUntil }: TierRefusal,
	whenTierCannotServe: WhenTierCannotServe,
	{ t, tier, date }: Locale,
): string {
	return [
		t("refusal.refused", { tier: tier(tierRequest), region, date: date(refusedAt) }),
		t(whenTierCannotServe === "standard" ? "refusal.onStandard" : "refusal.sentAgain", { tier: tier(tierRequest) }),
		t("refusal.until", { date: date(rememberedUntil) }),
	].join(" ")
}
