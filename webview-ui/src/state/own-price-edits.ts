import { SELECTABLE_TIERS, UNIT_PRICE_KEYS, type OwnPrice, type SelectableTier } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import type { SettingsDraft } from "./settings-draft"

/** A stored own price. Its tier is always a selectable one. */
export type StoredOwnPrice = ProfileSettings["ownPrices"][number]

/** The date in the user's time zone, as an ISO date. */
export function localDate(now = new Date()): string {
	const twoDigits = (part: number) => String(part).padStart(2, "0")
	return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`
}

/** Tiers for which the model has no own price yet. */
export function freeTiers(ownPrices: readonly OwnPrice[], modelId: string): SelectableTier[] {
	return SELECTABLE_TIERS.filter(
		(tier) => !ownPrices.some((price) => price.modelId === modelId && price.tier === tier),
	)
}

/** Adds an own price for the typed model id: for the selected tier, else for the first tier without an own price. */
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

/** Also removes the unreadable input of the price; that of later prices moves up by one index. */
export function removeOwnPrice(draft: SettingsDraft, index: number): SettingsDraft {
	const unreadable = Object.entries(draft.unreadable).flatMap(([path, text]) => {
		const [, position, field] = /^settings\.ownPrices\.(\d+)\.(.*)$/.exec(path) ?? []
		if (position === undefined || Number(position) < index) return [[path, text]]
		return Number(position) === index ? [] : [[`settings.ownPrices.${Number(position) - 1}.${field}`, text]]
	})
	const ownPrices = draft.edited.ownPrices.toSpliced(index, 1)
	return withOwnPrices({ ...draft, unreadable: Object.fromEntries(unreadable) as Record<string, string> }, ownPrices)
}

function withOwnPrices(draft: SettingsDraft, ownPrices: StoredOwnPrice[]): SettingsDraft {
	return { ...draft, edited: { ...draft.edited, ownPrices } }
}
