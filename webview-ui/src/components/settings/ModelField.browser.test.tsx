import type { ProfileSettings } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { chooseModel, renderApp } from "../../testing/render-app"
import { profile, refreshedPrices, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

async function renderModel(settings: Partial<ProfileSettings> = {}, part: Parameters<typeof viewState>[0] = {}) {
	const app = await renderApp(viewState({ profiles: [profile(settings)], ...part }), "settings")
	const model = app.screen.getByRole("combobox", { name: "Model", exact: true })
	const list = app.screen.getByRole("listbox", { name: "Model" })
	const option = (name: RegExp | string) => list.getByRole("option", { name })
	const key = async (keys: string) => {
		;(model.element() as HTMLElement).focus()
		await userEvent.keyboard(keys)
	}
	/** The active option of the list: the one that Enter chooses. */
	const active = () => document.getElementById(model.element().getAttribute("aria-activedescendant") ?? "")
	const save = app.screen.getByRole("button", { name: "Save", exact: true })
	return { ...app, model, list, option, key, active, save }
}

describe("Model list", () => {
	test("shows each model's context window, price in the region and supported tiers, by provider", async () => {
		const { model, list, option } = await renderModel({ region: "us-east-1" })
		await expect.element(list).not.toBeInTheDocument()
		await model.click()
		await expect.element(model).toHaveAttribute("aria-expanded", "true")
		await expect
			.element(option(/^gpt-oss-120b/))
			.toHaveTextContent("✓ gpt-oss-120b128K context · $0.15 in, $0.60 out · Flex and Priority")
		await expect.element(option(/^Claude Sonnet 4.6/)).toHaveTextContent("Standard only")
		const openai = list.getByRole("group", { name: "OpenAI" })
		await expect.element(openai.getByRole("option", { name: /^gpt-oss-120b/ })).toBeInTheDocument()
		await expect.element(option(/^gpt-oss-120b/)).toHaveAttribute("aria-selected", "true")
		expect(list.getByRole("option", { selected: true }).elements()).toHaveLength(1)
	})

	test("shows refreshed and discounted prices, and that a model cannot be called from the region", async () => {
		const refreshed = await renderModel({ discountPercent: 50 }, { refreshedPrices: refreshedPrices() })
		await refreshed.model.click()
		await expect.element(refreshed.option(/^gpt-oss-120b/)).toHaveTextContent("$0.10 in, $0.40 out")
		await refreshed.screen.unmount()
		const otherRegion = await renderModel({ region: "ap-south-1" })
		await otherRegion.model.click()
		await expect.element(otherRegion.option(/^Nova 2 Lite/)).toHaveTextContent("not from ap-south-1")
	})

	test("is searched by name, id, provider and tier, and announces the number of matches", async () => {
		const { model, option, list, screen } = await renderModel()
		await model.fill("claude 4.6")
		await expect.element(option(/^Claude Sonnet 4.6/)).toBeVisible()
		expect(option(/^Nova/).elements()).toHaveLength(0)
		await model.fill("amazon.nova-pro")
		await expect.element(screen.getByRole("status").filter({ hasText: "1 found" })).toBeInTheDocument()
		await model.fill("google")
		await expect.element(option(/^Gemma 3 4B/)).toBeVisible()
		await model.fill("openai priority")
		await expect.element(option(/^gpt-oss-120b/)).toBeVisible()
		await model.fill("no such thing")
		await expect.element(screen.getByRole("status").filter({ hasText: "0 found" })).toBeInTheDocument()
		// A model that is not found can be typed.
		expect(
			list
				.getByRole("option")
				.elements()
				.map(({ textContent }) => textContent),
		).toEqual(["Other model id or ARN…"])
	})
})

describe("Model field, used by keyboard", () => {
	test("opens at the chosen model, moves with arrow keys, and chooses the active model with Enter", async () => {
		const { key, active, model, list, posted, save } = await renderModel()
		await key("{ArrowDown}")
		expect(active()?.textContent).toMatch(/^✓ gpt-oss-120b/)
		await key("{ArrowUp}")
		expect(active()?.textContent).toMatch(/^gpt-oss-20b/)
		await expect.element(model).toHaveValue("")
		await key("{Enter}")
		await expect.element(model).toHaveValue("gpt-oss-20b")
		await expect.element(list).not.toBeInTheDocument()
		await save.click()
		expect(posted("save-settings")?.settings.modelId).toBe("openai.gpt-oss-20b-1:0")
	})

	test("starts a new search when text is typed, even after a choice", async () => {
		const { key, active, model } = await renderModel()
		await key("nova pro")
		await expect.poll(() => active()?.textContent).toMatch(/^Nova Pro/)
		await key("{Enter}")
		await expect.element(model).toHaveValue("Nova Pro")
		await userEvent.keyboard("micro")
		await expect.element(model).toHaveValue("micro")
		expect(active()?.textContent).toMatch(/^Nova Micro/)
	})

	test.each(["{Escape}", "{Tab}", "{Alt>}{ArrowUp}{/Alt}"])(
		"closes on %s without changing the chosen model",
		async (keys) => {
			const { key, model, list, save } = await renderModel()
			await key("nova")
			await userEvent.keyboard(keys)
			await expect.element(list).not.toBeInTheDocument()
			await expect.element(model).toHaveValue("gpt-oss-120b")
			await expect.element(save).toBeDisabled()
		},
	)

	test("stops at the end of the list, and ignores Enter while the list is closed", async () => {
		const { key, active, model } = await renderModel()
		await key("{ArrowDown}{PageDown}{PageDown}{PageDown}{PageDown}{PageDown}{PageDown}{PageDown}{PageDown}")
		expect(active()?.textContent).toBe("Other model id or ARN…")
		await key("{Escape}{Enter}")
		await expect.element(model).toHaveValue("gpt-oss-120b")
	})
})

test("Model field chooses a model with one click and keeps the focus", async () => {
	const { model, option, posted, save } = await renderModel()
	await model.click()
	await option(/^Nova Pro/).click()
	await expect.element(model).toHaveValue("Nova Pro")
	expect(document.activeElement).toBe(model.element())
	await save.click()
	expect(posted("save-settings")?.settings.modelId).toBe("amazon.nova-pro-v1:0")
})

test("Model field shows the stored model after it is changed elsewhere and after Discard", async () => {
	const { model, port, screen } = await renderModel()
	port.say({ type: "state", state: viewState({ profiles: [profile({ modelId: "amazon.nova-pro-v1:0" })] }) })
	await expect.element(model).toHaveValue("Nova Pro")
	await chooseModel(model, "nova micro")
	await expect.element(model).toHaveValue("Nova Micro")
	await screen.getByRole("button", { name: "Discard" }).click()
	await expect.element(model).toHaveValue("Nova Pro")
})

test("Model list keeps the stored model while another one is being tried", async () => {
	const { model, list } = await renderModel({ modelId: "amazon.nova-premier-v1:0" })
	await chooseModel(model, "nova pro")
	await model.click()
	const before = list.getByRole("group", { name: "Chosen before" })
	await expect.element(before.getByRole("option")).toHaveTextContent("Nova Premier (retired by AWS)")
})
