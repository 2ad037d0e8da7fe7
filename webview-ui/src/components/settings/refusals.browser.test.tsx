import type { ProfileSettings, TierRefusal } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { renderApp } from "../../testing/render-app"
import { profile, refusal, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

async function renderSettings(refusals: TierRefusal[], settings: Partial<ProfileSettings> = {}) {
	const profiles = [profile({ serviceTier: "flex", ...settings })]
	const app = await renderApp(viewState({ profiles, refusals }), "settings")
	const tier = app.screen.getByRole("combobox", { name: "Service tier" })
	const options = () => [...(tier.element() as HTMLSelectElement).options].map(({ text }) => text)
	return { ...app, options, note: app.screen.getByText(/^Bedrock refused/) }
}

describe("Remembered refusal", () => {
	test("is shown below the tier with its date, effect and expiry, and marked in the list", async () => {
		const { note, options } = await renderSettings([refusal()])
		await expect
			.element(note)
			.toHaveTextContent(
				"Bedrock refused Flex for this model in us-east-1 on Nov 22, 2026. It is sent all the same: a refusal costs nothing. Remembered until Nov 29, 2026.",
			)
		expect(options()).toEqual([
			"Standard · the normal price",
			"Flex · refused by AWS",
			"Priority · 1.75× price, served first",
		])
	})

	test("says that requests use Standard at once when that is the fallback", async () => {
		const { note } = await renderSettings([refusal()], { whenTierCannotServe: "standard" })
		await expect.element(note).toHaveTextContent("Requests go to Standard at once, without asking for Flex.")
	})

	test("is not shown for another model, region or profile", async () => {
		const others = [refusal({ profileId: "other" }), refusal({}, { region: "eu-west-1" })]
		const { note, options } = await renderSettings(others)
		expect(note.elements()).toHaveLength(0)
		expect(options().join()).not.toContain("refused")
	})

	test("depends on the edited settings, saved or not", async () => {
		const { note, screen } = await renderSettings([refusal()])
		await screen.getByRole("combobox", { name: "Region" }).selectOptions("us-west-2")
		await expect.element(note).not.toBeInTheDocument()
	})

	test("is forgotten on a click, and disappears when the extension host confirms it", async () => {
		const { note, screen, posted, port } = await renderSettings([refusal(), refusal({}, { tier: "priority" })])
		await screen.getByRole("button", { name: "Forget the refusal of Flex" }).click()
		const { profileId, tierRequest } = refusal()
		expect(posted("forget-refusal")).toEqual({ type: "forget-refusal", profileId, tierRequest })
		port.say({ type: "refusals", refusals: [refusal({}, { tier: "priority" })] })
		await expect.element(note).toHaveTextContent(/^Bedrock refused Priority/)
	})
})
