import { SELECTABLE_TIERS, UNIT_PRICE_KEYS, type OwnPrice, type SelectableTier } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import type { SettingsDraft } from "./settings-draft"

/** A stored own price can be for a tier that can be chosen only. */
export type StoredOwnPrice = ProfileSettings["ownPrices"][number]

/** The day where the person is, as an ISO date. */
export function localDate(now = new Date()): string {
	const two = (part: number) => String(part).padStart(2, "0")
	return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** Tiers for which the model has no own price yet. */
export function freeTiers(ownPrices: readonly OwnPrice[], modelId: string): SelectableTier[] {
	return SELECTABLE_TIERS.filter(
		(tier) => !ownPrices.some((price) => price.modelId === modelId && price.tier === tier),
	)
}

/** Adds one for the model as typed: for the tier that is chosen, else for the first that has none. */
export function addOwnPrice(draft: SettingsDraft, today: string): SettingsDraft {
	const { modelId, serviceTier, ownPrices } = draft.edited
	const free = freeTiers(ownPrices, modelId)
	const tier = free.includes(serviceTier) ? serviceTier : free[0]
	if (tier === undefined) return draft
	const unknown = Object.fromEntries(UNIT_PRICE_KEYS.map((key) => [key, null])) as Record<
		(typeof UNIT_PRICE_KEYS)[number],
		null
	>
	return withOwnPrices(draft, [...ownPrices, { modelId, tier, ...unknown, setOn: today }])
}

export function changeOwnPrice(
	draft: SettingsDraft,
	index: number,
	part: Partial<StoredOwnPrice>,
	today: string,
): SettingsDraft {
	const { ownPrices } = draft.edited
	const price = ownPrices[index]
	return price ? withOwnPrices(draft, ownPrices.with(index, { ...price, ...part, setOn: today })) : draft
}

/** What was typed and could not be read goes with its price; that of later ones moves up with theirs. */
export function removeOwnPrice(draft: SettingsDraft, index: number): SettingsDraft {
	const unreadable = Object.entries(draft.unreadable).flatMap(([path, text]) => {
		const [, at, field] = /^settings\.ownPrices\.(\d+)\.(.*)$/.exec(path) ?? []
		if (at === undefined || Number(at) < index) return [[path, text]]
		return Number(at) === index ? [] : [[`settings.ownPrices.${Number(at) - 1}.${field}`, text]]
	})
	const ownPrices = draft.edited.ownPrices.toSpliced(index, 1)
	return withOwnPrices({ ...draft, unreadable: Object.fromEntries(unreadable) as Record<string, string> }, ownPrices)
}

function withOwnPrices(draft: SettingsDraft, ownPrices: StoredOwnPrice[]): SettingsDraft {
	return { ...draft, edited: { ...draft.edited, ownPrices } }
}
