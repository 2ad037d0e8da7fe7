import { textDetail } from "@bedrock-tiers/error-details"
import { receive, toHostSchema, type ProfileSettings } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { localDate } from "../../state/own-price-edits"
import {
	IMPORTED_MODEL,
	ownPrice,
	profile,
	refreshedPrices,
	viewState,
} from "@bedrock-tiers/test-kit/samples/view-state"
import { chooseModel, renderApp } from "../../testing/render-app"

const GPT = "openai.gpt-oss-120b-1:0"

async function renderPrices(settings: Partial<ProfileSettings> = {}, part: Parameters<typeof viewState>[0] = {}) {
	const app = await renderApp(viewState({ profiles: [profile(settings)], ...part }), "settings")
	const { screen } = app
	const section = screen.getByText("Prices", { exact: true })
	await section.click()
	return {
		...app,
		section,
		field: (label: string) => screen.getByRole("textbox", { name: label, exact: true }),
		save: screen.getByRole("button", { name: "Save" }),
		add: screen.getByRole("button", { name: "Add a price" }),
		row: (tier: string) => screen.getByRole("row", { name: new RegExp(`^${tier}`) }),
	}
}

describe("Discount", () => {
	test("is subtracted from the prices shown, named in their caption, and saved", async () => {
		const { screen, field, save, row, posted } = await renderPrices()
		await field("Discount (percent)").fill("12.5")
		await expect.element(row("Standard")).toHaveTextContent("$0.13125")
		await expect
			.element(screen.getByText(/^USD per million tokens, 12\.5% off list prices · gpt-oss-120b/))
			.toBeVisible()
		await save.click()
		expect(posted("save-settings")?.settings.discountPercent).toBe(12.5)
	})

	test("stays as typed while it is being typed", async () => {
		const { field, store } = await renderPrices()
		for (const text of ["0", "0.", "0.1", "0.10", "0.105"]) {
			await field("Discount (percent)").fill(text)
			await expect.element(field("Discount (percent)")).toHaveValue(text)
		}
		expect(store.getState().drafts["aws-1"]?.edited.discountPercent).toBe(0.105)
	})

	test.each(["ten", "10 %", "101", "-1", "7,5"])(
		"shows an error and blocks Save when its text is %j",
		async (text) => {
			const { screen, field, save, port, store } = await renderPrices({ discountPercent: 5 })
			await field("Discount (percent)").fill(text)
			await expect.element(screen.getByText("Write a number from 0 to 100, as 7.5.")).toBeVisible()
			await expect.element(field("Discount (percent)")).toHaveValue(text)
			await expect.element(save).toBeDisabled()
			await expect.element(screen.getByText("Not ready to save: see what is marked above.")).toBeVisible()
			expect(store.getState().drafts["aws-1"]?.edited.discountPercent).toBe(5)
			store.saveSettings("aws-1")
			expect(port.posted.map(({ type }) => type)).not.toContain("save-settings")
		},
	)

	test("can be corrected or discarded when its text is not a number", async () => {
		const { screen, field, save } = await renderPrices({ discountPercent: 5 })
		await field("Discount (percent)").fill("ten")
		await field("Discount (percent)").fill("10")
		await expect.element(save).toBeEnabled()
		await field("Discount (percent)").fill("ten")
		await screen.getByRole("button", { name: "Discard" }).click()
		await expect.element(field("Discount (percent)")).toHaveValue("5")
		await expect.element(screen.getByText("Write a number from 0 to 100, as 7.5.")).not.toBeInTheDocument()
	})
})

describe("Own price", () => {
	test("is added, marked as the user's own, and saved in the protocol's format", async () => {
		const { screen, add, field, row, save, posted } = await renderPrices({ modelId: IMPORTED_MODEL })
		await expect.element(screen.getByRole("table")).not.toBeInTheDocument()
		await add.click()
		await expect.element(screen.getByText("No price yet: enter one, or remove this.")).toBeVisible()
		await expect.element(save).toBeDisabled()
		await field("Input").fill("1.50")
		await field("Output").fill("6")
		await expect.element(row("Standard")).toHaveTextContent(/chosen · your price.*\$1\.50.*\$6\.00/)
		await expect.element(row("Flex")).toHaveTextContent(/not known/)
		await expect.element(screen.getByText(/^Standard: your price, set on /)).toBeVisible()
		await save.click()
		const message = posted("save-settings")
		expect(receive(toHostSchema, message).ok).toBe(true)
		expect(message?.settings.ownPrices).toEqual([
			ownPrice({ inputUsdPerMTok: 1.5, outputUsdPerMTok: 6, setOn: localDate() }),
		])
	})

	test("overrides the list price and is not discounted", async () => {
		const ownPrices = [ownPrice({ modelId: GPT, tier: "flex" })]
		const { screen, row } = await renderPrices({ discountPercent: 50, ownPrices })
		await expect.element(row("Flex")).toHaveTextContent(/your price.*\$1\.00.*\$2\.00/)
		await expect.element(row("Standard")).toHaveTextContent("$0.075")
		await expect.element(screen.getByText("Flex: your price, set on Nov 22, 2026.")).toBeVisible()
	})

	test("applies to one tier, and can be added once per tier", async () => {
		const { screen, add, save, field, posted } = await renderPrices({
			modelId: IMPORTED_MODEL,
			ownPrices: [ownPrice(), ownPrice({ tier: "flex" })],
		})
		await add.click()
		await expect.element(add).toBeDisabled()
		const tiers = screen.getByRole("combobox", { name: "Tier", exact: true })
		expect(tiers.all().map((box) => (box.element() as HTMLSelectElement).value)).toEqual([
			"default",
			"flex",
			"priority",
		])
		expect((tiers.first().element() as HTMLSelectElement).options).toHaveLength(1)
		await field("Input").last().fill("3")
		await save.click()
		expect(posted("save-settings")?.settings.ownPrices).toHaveLength(3)
	})

	test("is removed together with its unreadable text", async () => {
		const { screen, field, save, posted } = await renderPrices({
			modelId: IMPORTED_MODEL,
			ownPrices: [ownPrice(), ownPrice({ tier: "flex", inputUsdPerMTok: 0.5 })],
		})
		await field("Input").first().fill("a dollar")
		await expect.element(screen.getByText("Write a number from 0 to 10,000, as 7.5.")).toBeVisible()
		await expect.element(save).toBeDisabled()
		await screen.getByRole("button", { name: "Remove" }).first().click()
		await expect.element(field("Input")).toHaveValue("0.5")
		await save.click()
		expect(posted("save-settings")?.settings.ownPrices.map(({ tier }) => tier)).toEqual(["flex"])
	})

	test("shows a refusal at the field, even when the section is collapsed", async () => {
		const { screen, section, field, save, port, posted } = await renderPrices({ ownPrices: [ownPrice()] })
		await field("Output").fill("3")
		await section.click()
		await expect.element(field("Output")).not.toBeInTheDocument()
		await save.click()
		const requestId = posted("save-settings")?.requestId ?? ""
		const refused = { field: "settings.ownPrices.0.outputUsdPerMTok", details: [textDetail("is too much")] }
		port.say({ type: "refused", requestId, ...refused })
		await expect.element(screen.getByRole("alert").filter({ hasText: "is too much" })).toBeVisible()
		await expect.element(screen.getByText("Save failed: see the field marked above.")).toBeVisible()
	})
})

describe("Typed model id", () => {
	test("is validated, saved, and then listed", async () => {
		const { screen, field, save, posted, port } = await renderPrices()
		const model = screen.getByRole("combobox", { name: "Model", exact: true })
		await chooseModel(model, "Other model id or ARN…")
		await expect.element(field("Model id or ARN")).toHaveValue(GPT)
		await expect.element(save).toBeDisabled()
		await field("Model id or ARN").fill("no model")
		await expect.element(screen.getByText('"no model" is not a Bedrock model id or ARN.')).toBeVisible()
		await save.click()
		expect(posted("save-settings")).toBeUndefined()
		await field("Model id or ARN").fill(` ${IMPORTED_MODEL}`)
		await expect.element(screen.getByText(/^This model is not in the catalog/)).toBeVisible()
		await save.click()
		const message = posted("save-settings")
		expect(message?.settings.modelId).toBe(IMPORTED_MODEL)
		port.say({ type: "saved", requestId: message?.requestId ?? "" })
		await chooseModel(model, `${IMPORTED_MODEL} (not in the catalog)`)
		await expect.element(field("Model id or ARN")).not.toBeInTheDocument()
	})

	test("is shown with name and prices when it names a model of the catalog", async () => {
		const { screen, row } = await renderPrices({ modelId: "us.amazon.nova-2-lite-v1:0" })
		const model = screen.getByRole("combobox", { name: "Model", exact: true })
		await expect.element(model).toHaveValue("Nova 2 Lite (us.amazon.nova-2-lite-v1:0)")
		await expect.element(row("Standard")).toHaveTextContent("$0.")
	})

	test("is removed by Discard", async () => {
		const { screen, field } = await renderPrices()
		await chooseModel(screen.getByRole("combobox", { name: "Model", exact: true }), "Other model id or ARN…")
		await field("Model id or ARN").fill("acme.brand-new-v1:0")
		await screen.getByRole("button", { name: "Discard" }).click()
		await expect.element(field("Model id or ARN")).not.toBeInTheDocument()
		await expect.element(screen.getByRole("combobox", { name: "Model", exact: true })).toHaveValue("gpt-oss-120b")
	})
})

describe("Price refresh", () => {
	test("is started by a button with an explanation, and disables the button until it ends", async () => {
		const { screen, posted, port } = await renderPrices()
		await expect.element(screen.getByText("Built-in prices are in use.")).toBeVisible()
		await expect
			.element(screen.getByText(/AWS's public price list for us-east-1.*goes elsewhere than to Bedrock/))
			.toBeVisible()
		expect(posted("refresh-prices")).toBeUndefined()
		await screen.getByRole("button", { name: "Refresh prices" }).click()
		expect(posted("refresh-prices")).toEqual({ type: "refresh-prices" })
		port.say({ type: "state", state: viewState({ refreshing: true }) })
		await expect.element(screen.getByRole("button", { name: "Refreshing…" })).toBeDisabled()
	})

	test("replaces the built-in prices with AWS's list until the user returns to them", async () => {
		const { screen, row, posted, port } = await renderPrices({}, { refreshedPrices: refreshedPrices() })
		const list = "AWS price list of Nov 20, 2026, read Nov 21, 2026"
		await expect.element(screen.getByText(`us-east-1: ${list}.`)).toBeVisible()
		await expect.element(row("Standard")).toHaveTextContent(/\$0\.20.*\$0\.80/)
		await expect.element(row("Flex")).toHaveTextContent("$0.075")
		await expect.element(screen.getByText(`Standard: ${list}.`, { exact: true })).toBeVisible()
		await screen.getByRole("button", { name: "Use built-in prices" }).click()
		expect(posted("remove-refreshed-prices")).toEqual({ type: "remove-refreshed-prices" })
		port.say({ type: "state", state: viewState() })
		await expect.element(row("Standard")).toHaveTextContent(/\$0\.15.*\$0\.60/)
		await expect.element(screen.getByText("Built-in prices are in use.")).toBeVisible()
	})

	test("says that it uses the saved region while another one is being edited", async () => {
		const { screen } = await renderPrices()
		await screen.getByRole("combobox", { name: "Region" }).selectOptions("eu-west-1")
		await expect
			.element(screen.getByText("us-east-1 is the saved region. Save first to refresh the prices of eu-west-1."))
			.toBeVisible()
	})
})

test("Prices section stays collapsed or expanded as the user left it", async () => {
	const { screen, field, port } = await renderPrices()
	await expect.element(field("Discount (percent)")).toBeVisible()
	await screen.getByRole("button", { name: "Chat", exact: true }).click()
	port.say({ type: "show", view: "settings" })
	await expect.element(field("Discount (percent)")).toBeVisible()
})
