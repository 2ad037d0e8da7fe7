import type { ProfileSettings, ViewState } from "@bedrock-tiers/protocol"
import { addOwnPrice } from "../state/own-price-edits"
import { withUnreadable } from "../state/settings-draft"
import { IMPORTED_MODEL, ownPrice, profile, refreshedPrices } from "@bedrock-tiers/test-kit/samples/view-state"
import { edit, GPT, withOpenSections, settings, pageScene, type Scene, type Scenes } from "./scene"

/** The settings page with the prices section expanded. */
const prices = (part: Partial<ProfileSettings>, host: Partial<ViewState> = {}, next: Scene = () => {}): Scene =>
	pageScene("settings", { profiles: [profile(part)], ...host }, withOpenSections(["prices"], next))

export const PRICE_SCENES: Scenes = {
	"settings-discount": settings({ discountPercent: 12.5, serviceTier: "flex" }),
	"prices-open": prices({}),
	"prices-own": prices({
		modelId: IMPORTED_MODEL,
		discountPercent: 10,
		ownPrices: [ownPrice(), ownPrice({ tier: "priority", inputUsdPerMTok: 2, outputUsdPerMTok: null })],
	}),
	"prices-own-over-list": prices({ discountPercent: 10, ownPrices: [ownPrice({ modelId: GPT, tier: "flex" })] }),
	"prices-refreshed": prices({}, { refreshedPrices: refreshedPrices() }),
	"prices-refreshing": prices({}, { refreshing: true }, (_port, store) => edit(store, { region: "eu-west-1" })),
	"prices-wrong": prices({}, {}, (_port, store) => {
		store.editSettings("aws-1", (draft) =>
			withUnreadable(addOwnPrice(draft, "2026-11-22"), "settings.discountPercent", "10 %"),
		)
	}),
}
