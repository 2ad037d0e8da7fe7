import { textDetail } from "@bedrock-tiers/error-details"
import { receive, toHostSchema, type ProfileSettings } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { chooseModel, renderApp, shownBy } from "../../testing/render-app"

const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0"
const OPUS_4_7 = "anthropic.claude-opus-4-7"
const NOVA_2 = "amazon.nova-2-lite-v1:0"
const PROFILE_ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6"

async function renderAnswer(settings: Partial<ProfileSettings> = {}) {
	const app = await renderApp(viewState({ profiles: [profile(settings)] }), "settings")
	const { screen } = app
	const section = screen.getByText("Answer", { exact: true })
	await section.click()
	return {
		...app,
		section,
		summary: () => section.element().parentElement?.textContent,
		sectionText: () => section.element().closest("details")?.textContent,
		model: screen.getByRole("combobox", { name: "Model", exact: true }),
		thinking: screen.getByRole("combobox", { name: "Thinking" }),
		caching: screen.getByRole("combobox", { name: "Prompt caching" }),
		budget: screen.getByRole("textbox", { name: "Thinking budget (tokens)" }),
		maxTokens: screen.getByRole("textbox", { name: "Longest answer (tokens)" }),
		temperature: screen.getByRole("textbox", { name: "Temperature" }),
		idleLimit: screen.getByRole("textbox", { name: "Patience (minutes)" }),
		save: screen.getByRole("button", { name: "Save" }),
		expectText: (text: string) => expect.element(screen.getByText(text, { exact: true })).toBeVisible(),
	}
}

describe("Answer settings", () => {
	test("are saved in the protocol's format, and are summarized in the section heading", async () => {
		const { thinking, budget, caching, maxTokens, idleLimit, save, posted, summary } = await renderAnswer({
			modelId: SONNET_4_5,
		})
		await thinking.selectOptions("High")
		await budget.fill("2048")
		await caching.selectOptions("1 hour")
		await maxTokens.fill("10000")
		await idleLimit.fill("7.5")
		await save.click()
		const message = posted("save-settings")
		expect(receive(toHostSchema, message).ok).toBe(true)
		expect(message?.settings).toMatchObject({
			reasoning: "high",
			thinkingBudgetTokens: 2_048,
			promptCaching: "1h",
			maxTokens: 10_000,
			idleLimitMinutes: 7.5,
		})
		expect(summary()).toBe("Answer thinks hard · cached for 1 hour · at most 10,000 tokens · patience 7.5 min")
	})

	test("are reset to the model's defaults when their fields are emptied", async () => {
		const { maxTokens, temperature, idleLimit, save, posted } = await renderAnswer({
			maxTokens: 100,
			temperature: 0,
			idleLimitMinutes: 10,
		})
		await expect.element(temperature).toHaveValue("0")
		for (const field of [maxTokens, temperature, idleLimit]) await field.fill("")
		await save.click()
		expect(posted("save-settings")?.settings).toMatchObject({
			maxTokens: null,
			temperature: null,
			idleLimitMinutes: null,
		})
	})

	test.each([
		["maxTokens", "1.5", "Write a whole number from 1 to 1,000,000, as 4096."],
		["maxTokens", "0", "Write a whole number from 1 to 1,000,000, as 4096."],
		["temperature", "1.1", "Write a number from 0 to 1, as 0.5."],
		["idleLimit", "0.5", "Write a number from 1 to 120, as 7.5."],
		["budget", "1023", "Write a whole number from 1,024 to 1,000,000, as 4096."],
	] as const)("show an error and block Save when the field %s has the text %j", async (field, text, message) => {
		const level = field === "budget" ? "low" : "off"
		const app = await renderAnswer({ modelId: SONNET_4_5, reasoning: level, maxTokens: 5_000 })
		await app[field].fill(text)
		await app.expectText(message)
		await expect.element(app.save).toBeDisabled()
		expect(app.summary()).toMatch(/not ready to save$/)
		expect(app.store.getState().drafts["aws-1"]?.edited.maxTokens).toBe(5_000)
		const prices = app.screen.getByText("Prices", { exact: true }).element().parentElement
		expect(prices?.textContent).toBe("Prices ")
	})

	test("show a refusal at the field, even when the section is collapsed", async () => {
		const { section, maxTokens, save, screen, port, posted } = await renderAnswer()
		await maxTokens.fill("5")
		await section.click()
		await expect.element(maxTokens).not.toBeInTheDocument()
		await save.click()
		const requestId = posted("save-settings")?.requestId ?? ""
		port.say({ type: "refused", requestId, field: "settings.maxTokens", details: [textDetail("is too little")] })
		await expect.element(screen.getByRole("alert").filter({ hasText: "is too little" })).toBeVisible()
	})
})

describe("Thinking", () => {
	test("has a budget field, with the default budget, when the model thinks by budget and thinking is on", async () => {
		const { thinking, budget, expectText, model } = await renderAnswer({ modelId: SONNET_4_5 })
		await expect.element(budget).not.toBeInTheDocument()
		await thinking.selectOptions("Low")
		await expect.element(budget).toBeVisible()
		await expectText("Empty: 12,800 of the answer's 64,000 tokens, by the level.")
		await chooseModel(model, "Claude Sonnet 4.6")
		await expect.element(thinking).toHaveValue("low")
		await expect.element(budget).not.toBeInTheDocument()
	})

	test("shows a warning when its budget fills the answer", async () => {
		const { budget, expectText } = await renderAnswer({ modelId: SONNET_4_5, reasoning: "low", maxTokens: 4_000 })
		await budget.fill("4000")
		await expectText(
			"A budget of 4,000 tokens leaves no room in an answer of at most 4,000. Such a request is not sent.",
		)
	})

	test("cannot be switched off when the model always thinks, and the field says so", async () => {
		const { thinking, expectText } = await renderAnswer({ modelId: "anthropic.claude-fable-5" })
		expect(shownBy(thinking.element())).toBe("As much as it likes")
		await expectText("Claude Fable 5 always thinks. A level says how hard.")
	})

	test.each([
		["deepseek.r1-v1:0", "DeepSeek R1 always thinks. How hard cannot be set."],
		["qwen.qwen3-32b-v1:0", "AWS does not say whether Qwen3 32B thinks, so nothing is asked for."],
		["xai.grok-4.6", "AWS does not say how Grok 4.6 is asked to think, so nothing is asked for."],
		["acme.brand-new-v1:0", "It is not known whether this model thinks, so nothing is asked for."],
	])("has no field for %s, and the reason is shown", async (modelId, reason) => {
		const { thinking, expectText } = await renderAnswer({ modelId, reasoning: "high" })
		await expect.element(thinking).not.toBeInTheDocument()
		await expectText(reason)
		await expectText("Thinking “High” is kept for later and is not sent.")
	})

	test("is not mentioned when the model does not think and no level is stored", async () => {
		const { thinking, sectionText } = await renderAnswer({ modelId: "amazon.nova-pro-v1:0" })
		await expect.element(thinking).not.toBeInTheDocument()
		expect(sectionText()).not.toMatch(/think/i)
	})

	test("stays stored while a model is selected that does not think", async () => {
		const { model, thinking, expectText, summary } = await renderAnswer({
			modelId: SONNET_4_5,
			reasoning: "medium",
			thinkingBudgetTokens: 5_000,
		})
		await chooseModel(model, "Nova Pro")
		await expectText("Thinking “Medium” is kept for later and is not sent.")
		await expectText("The thinking budget of 5,000 tokens is kept for later and is not sent.")
		expect(summary()).toBe("Answer ")
		await chooseModel(model, "Claude Sonnet 4.5")
		await expect.element(thinking).toHaveValue("medium")
	})
})

describe("Prompt caching", () => {
	test("offers 1 hour only when the model supports it, and keeps a stored 1 hour with a message", async () => {
		const { caching, model, expectText } = await renderAnswer({
			modelId: "anthropic.claude-sonnet-4-6",
			promptCaching: "1h",
		})
		const texts = () => [...(caching.element() as HTMLSelectElement).options].map(({ text }) => text)
		expect(texts()).toEqual(["Off", "5 minutes", "1 hour"])
		await chooseModel(model, "Nova Pro")
		expect(texts()).toEqual(["Off", "5 minutes", "1 hour (not taken by this model)"])
		await expectText("This model caches for 5 minutes, which is what it is asked for. 1 hour is kept for later.")
		await caching.selectOptions("5 minutes")
		expect(texts()).toEqual(["Off", "5 minutes"])
	})

	test("has no field when the model caches automatically", async () => {
		const { caching, expectText } = await renderAnswer({ modelId: "moonshotai.kimi-k3", promptCaching: "1h" })
		await expect.element(caching).not.toBeInTheDocument()
		await expectText("Kimi K3 caches prompts by itself. Nothing is marked.")
		await expectText("Caching for 1 hour is kept for later and is not sent.")
	})

	test("is not mentioned when the model does not cache", async () => {
		const { caching, sectionText } = await renderAnswer()
		await expect.element(caching).not.toBeInTheDocument()
		expect(sectionText()).not.toMatch(/cach/i)
	})
})

describe("Temperature and token limit", () => {
	test("hide the temperature field when the model rejects a temperature, and keep the stored value", async () => {
		const { temperature, maxTokens, expectText, summary } = await renderAnswer({
			modelId: OPUS_4_7,
			temperature: 0.3,
		})
		await expect.element(temperature).not.toBeInTheDocument()
		await expect.element(maxTokens).toBeVisible()
		await expectText("Claude Opus 4.7 takes no temperature.")
		await expectText("The temperature 0.3 is kept for later and is not sent.")
		expect(summary()).toBe("Answer ")
	})

	test("hide the temperature field while thinking is on for Claude", async () => {
		const { temperature, thinking, expectText } = await renderAnswer({ modelId: SONNET_4_5 })
		await expect.element(temperature).toBeVisible()
		await thinking.selectOptions("Low")
		await expect.element(temperature).not.toBeInTheDocument()
		await expectText("Claude Sonnet 4.5 takes no temperature at this level of thinking.")
	})

	test("hide both fields at high effort for Nova 2", async () => {
		const { temperature, maxTokens, expectText } = await renderAnswer({
			modelId: NOVA_2,
			reasoning: "high",
			maxTokens: 500,
		})
		await expect.element(temperature).not.toBeInTheDocument()
		await expect.element(maxTokens).not.toBeInTheDocument()
		await expectText("Nova 2 Lite takes no limit of the answer at high effort.")
		await expectText("The longest answer of 500 tokens is kept for later and is not sent.")
	})

	test("keep the temperature field while its text is unreadable, because that blocks saving", async () => {
		const { temperature, model, save } = await renderAnswer({ modelId: SONNET_4_5 })
		await temperature.fill("warm")
		await chooseModel(model, "Claude Opus 4.7")
		await expect.element(temperature).toHaveValue("warm")
		await expect.element(save).toBeDisabled()
		await temperature.fill("")
		await expect.element(temperature).not.toBeInTheDocument()
		await expect.element(save).toBeEnabled()
	})

	test("show a warning when the token limit exceeds the model's limit", async () => {
		const { maxTokens, expectText } = await renderAnswer({ modelId: SONNET_4_5 })
		await expectText("With its thoughts. Empty: the model's own limit, 64,000 tokens.")
		await maxTokens.fill("64001")
		await expectText("Claude Sonnet 4.5 accepts 64,000 tokens at most, so that is sent.")
	})

	test("show a warning when the token limit is below the model's minimum", async () => {
		const { maxTokens, expectText } = await renderAnswer({ modelId: "openai.gpt-5.6-sol" })
		await maxTokens.fill("15")
		await expectText("GPT-5.6 Sol accepts 16 tokens at least, so that is sent.")
	})
})

test("All answer fields are shown for an application profile whose model is not known yet", async () => {
	const { thinking, budget, caching, temperature, expectText } = await renderAnswer({ modelId: PROFILE_ARN })
	await expectText("AWS names the model with the first message. What it does not take is not sent.")
	await thinking.selectOptions("High")
	for (const field of [budget, caching, temperature]) await expect.element(field).toBeVisible()
})

test("Each settings section stays collapsed or expanded as the user left it", async () => {
	const { screen, maxTokens, port } = await renderAnswer()
	await screen.getByRole("button", { name: "Chat", exact: true }).click()
	port.say({ type: "show", view: "settings" })
	await expect.element(maxTokens).toBeVisible()
	expect(screen.getByRole("textbox", { name: "Discount (percent)" }).query()).toBeNull()
})
