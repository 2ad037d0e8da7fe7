import type { TierRefusal, WhenTierCannotServe } from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"

type RefusalNotesProps = {
	/** Refusals that apply to the model as the edited settings would call it. */
	readonly refusals: readonly TierRefusal[]
	readonly whenTierCannotServe: WhenTierCannotServe
}

/** Tiers that Bedrock refused for this model, and the effect. Forgetting one takes effect at once, without saving. */
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
	{ tierRequest: { tier: refusedTier, region }, refusedAt, rememberedUntil }: TierRefusal,
	whenTierCannotServe: WhenTierCannotServe,
	{ t, tier, date }: Locale,
): string {
	return [
		t("refusal.refused", { tier: tier(refusedTier), region, date: date(refusedAt) }),
		t(whenTierCannotServe === "standard" ? "refusal.onStandard" : "refusal.sentAgain", { tier: tier(refusedTier) }),
		t("refusal.until", { date: date(rememberedUntil) }),
	].join(" ")
}
