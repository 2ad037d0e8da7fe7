import { receive, toHostSchema, type ProfileSettings } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { chooseModel, renderApp, shownBy } from "../../testing/render-app"

async function renderBackground(settings: Partial<ProfileSettings> = {}) {
	const app = await renderApp(viewState({ profiles: [profile(settings)] }), "settings")
	const { screen } = app
	const section = screen.getByText("Background requests", { exact: true })
	await section.click()
	const tier = screen.getByRole("combobox", { name: "Tier of background requests" })
	return {
		...app,
		tier,
		tiers: () => [...(tier.element() as HTMLSelectElement).options].map(({ text }) => text),
		titles: screen.getByRole("combobox", { name: "Titles of chats" }),
		model: screen.getByRole("combobox", { name: "Model", exact: true }),
		save: screen.getByRole("button", { name: "Save" }),
		summary: () => section.element().parentElement?.textContent,
		expectText: (text: string) => expect.element(screen.getByText(text, { exact: true })).toBeVisible(),
	}
}

describe("Background settings", () => {
	test("offer the tier of the chat and every tier that the model supports", async () => {
		const { tier, tiers, save, posted, summary } = await renderBackground({ serviceTier: "priority" })
		expect(tiers()).toEqual([
			"Same as the chat · Priority",
			"Standard · the normal price",
			"Flex · half the price, may wait",
			"Priority · 1.75× price, served first",
		])
		await tier.selectOptions("flex")
		await save.click()
		const message = posted("save-settings")
		expect(receive(toHostSchema, message).ok).toBe(true)
		expect(message?.settings).toMatchObject({ serviceTier: "priority", backgroundTier: "flex" })
		expect(summary()).toBe("Background requests Flex")
	})

	test("keep the stored tier, with a message, when the model supports no tier", async () => {
		const { tier, model, expectText, summary } = await renderBackground({ backgroundTier: "flex" })
		await chooseModel(model, "Claude Sonnet 4.6")
		await expect.element(tier).not.toBeInTheDocument()
		await expectText("Flex is kept for later and is not sent to this model.")
		expect(summary()).toBe("Background requests ")
		await chooseModel(model, "gpt-oss-120b")
		expect(shownBy(tier.element())).toMatch(/^Flex/)
	})

	test("show Standard as the tier when the model does not support the tier of the chat", async () => {
		const { model, tiers, expectText } = await renderBackground({ serviceTier: "flex" })
		expect(tiers()[0]).toBe("Same as the chat · Flex")
		await chooseModel(model, "Claude Sonnet 4.6")
		await expectText("They run on Standard: Claude Sonnet 4.6 takes no tier.")
	})

	test("offer titles written by the model, and say that these are additional requests", async () => {
		const { titles, save, posted, expectText, summary } = await renderBackground()
		await expect.element(titles).toHaveValue("first-words")
		await titles.selectOptions("Written by the model")
		await expectText("Each new chat then makes one more request.")
		await save.click()
		expect(posted("save-settings")?.settings.chatTitles).toBe("written")
		expect(summary()).toBe("Background requests written titles")
	})
})
