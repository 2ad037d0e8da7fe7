import type { TierRefusal, WhenTierCannotServe } from "@bedrock-tiers/protocol"
import { useWords, type Words } from "../../words"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"

type RefusalNotesProps = {
	/** Those of the model, as it would be called now. */
	readonly refusals: readonly TierRefusal[]
	readonly whenTierCannotServe: WhenTierCannotServe
}

/** Tiers that Bedrock refused for this model, and what that does. Forgetting acts at once: no saving is needed. */
export function RefusalNotes({ refusals, whenTierCannotServe }: RefusalNotesProps) {
	const words = useWords()
	const store = useStore()
	return refusals.map((refusal) => (
		<div key={refusal.tierRequest.tier} className="notice">
			<p>{refusalMessage(refusal, whenTierCannotServe, words)}</p>
			<Button
				look="secondary"
				label={words.t("refusal.forgetTier", { tier: words.tier(refusal.tierRequest.tier) })}
				onClick={() => store.forgetRefusal(refusal)}>
				{words.t("refusal.forget")}
			</Button>
		</div>
	))
}

function refusalMessage(
	{ tierRequest: { tier: tierRequest, region }, refusedAt, rememberedUntil }: TierRefusal,
	whenTierCannotServe: WhenTierCannotServe,
	{ t, tier, date }: Words,
): string {
	return [
		t("refusal.refused", { tier: tier(tierRequest), region, date: date(refusedAt) }),
		t(whenTierCannotServe === "standard" ? "refusal.onStandard" : "refusal.sentAgain", { tier: tier(tierRequest) }),
		t("refusal.until", { date: date(rememberedUntil) }),
	].join(" ")
}
