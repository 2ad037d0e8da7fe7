import { textDetail } from "@bedrock-tiers/error-details"
import { describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { chooseModel, renderApp, shownBy } from "../../testing/render-app"
import type { ProfileSettings } from "@bedrock-tiers/protocol"

const CLAUDE = "anthropic.claude-sonnet-4-6"
const GPT = "openai.gpt-oss-120b-1:0"

async function renderSettings(settings: Partial<ProfileSettings> = {}, part: Parameters<typeof viewState>[0] = {}) {
	const app = await renderApp(viewState({ profiles: [profile(settings)], ...part }), "settings")
	const { screen } = app
	return {
		...app,
		tier: screen.getByRole("combobox", { name: "Service tier" }),
		model: screen.getByRole("combobox", { name: "Model", exact: true }),
		region: screen.getByRole("combobox", { name: "Region" }),
		save: screen.getByRole("button", { name: "Save" }),
	}
}

describe("Service tier field", () => {
	test("offers Standard, Flex and Priority, each starting with the name of the tier", async () => {
		const { tier } = await renderSettings()
		const texts = [...(tier.element() as HTMLSelectElement).options].map(({ text }) => text)
		expect(texts.map((text) => text.split(" ")[0])).toEqual(["Standard", "Flex", "Priority"])
	})

	test("is changed by keyboard, saved, and then shows the stored tier", async () => {
		const { tier, save, posted, port } = await renderSettings()
		;(tier.element() as HTMLElement).focus()
		await userEvent.keyboard("f")
		await expect.poll(() => shownBy(tier.element())).toMatch(/^Flex/)
		await save.click()
		const message = posted("save-settings")
		expect(message?.settings.serviceTier).toBe("flex")
		expect(message).not.toHaveProperty("apiKey")
		port.say({ type: "saved", requestId: message?.requestId ?? "" })
		await expect.element(tier).toHaveValue("flex")
	})

	test("is replaced by a message while a model is selected that supports no tier", async () => {
		const { screen, tier, model } = await renderSettings({ serviceTier: "flex" })
		await expect.element(tier).toHaveValue("flex")
		await chooseModel(model, CLAUDE)
		await expect.element(tier).not.toBeInTheDocument()
		await expect.element(screen.getByText("Claude Sonnet 4.6 runs on Standard only.")).toBeVisible()
		await expect.element(screen.getByText("Flex is kept for later and is not sent to this model.")).toBeVisible()
		await chooseModel(model, GPT)
		await expect.element(tier).toHaveValue("flex")
	})

	test("names the API through which a model supports tiers when Converse does not", async () => {
		const { screen } = await renderSettings({ modelId: "moonshotai.kimi-k3" })
		const message =
			"Kimi K3 takes service tiers only through the chat-completions API; through Converse it runs on Standard."
		await expect.element(screen.getByText(message)).toBeVisible()
	})

	test("depends on the selected API, which is saved with the other settings", async () => {
		const { screen, save, posted } = await renderSettings({ modelId: "moonshotai.kimi-k3" })
		const api = screen.getByRole("combobox", { name: "API" })
		await expect.element(api).toHaveValue("converse")
		await api.selectOptions("invoke-model")
		const message =
			"Kimi K3 takes service tiers only through the chat-completions API; through InvokeModel it runs on Standard."
		await expect.element(screen.getByText(message)).toBeVisible()
		await save.click()
		expect(posted("save-settings")?.settings.api).toBe("invoke-model")
	})

	test("comes with a warning when the selected API cannot call the model", async () => {
		const { screen } = await renderSettings({ modelId: "openai.gpt-5.6-sol", api: "invoke-model" })
		await expect
			.element(screen.getByText("This model cannot be called through InvokeModel. Choose another one."))
			.toBeVisible()
	})

	test("comes with a warning when AWS's sources disagree about the tier", async () => {
		const { screen } = await renderSettings({
			modelId: "deepseek.v3-v1:0",
			region: "us-west-2",
			serviceTier: "flex",
		})
		await expect
			.element(screen.getByText("AWS's own pages disagree on this tier; a refusal will be shown."))
			.toBeVisible()
	})

	test("offers tiers for a model that is not in the catalog", async () => {
		const { tier, model } = await renderSettings({ modelId: "acme.brand-new-v1:0", serviceTier: "priority" })
		await expect.element(model).toHaveValue("acme.brand-new-v1:0 (not in the catalog)")
		expect(shownBy(tier.element())).toMatch(/^Priority/)
	})
})

describe("Price table", () => {
	test("shows the prices of each tier for the model and region, and marks the selected tier", async () => {
		const { screen } = await renderSettings({ serviceTier: "flex" })
		const row = screen.getByRole("row", { name: /^Flex/ })
		await expect.element(row).toHaveTextContent("$0.075")
		await expect.element(row).toHaveTextContent("$0.30")
		await expect.element(row).toHaveTextContent("chosen")
		await expect.element(row).toHaveAttribute("aria-current", "true")
		await expect.element(screen.getByRole("row", { name: /^Standard/ })).not.toHaveAttribute("aria-current")
	})

	test("has cache columns only when the model caches, and marks prices that are not published", async () => {
		const { screen } = await renderSettings()
		await expect.element(screen.getByRole("columnheader", { name: "Output" })).toBeVisible()
		expect(screen.getByRole("columnheader", { name: "Cache read" }).query()).toBeNull()
		await screen.unmount()
		const nova = await renderSettings({ modelId: "amazon.nova-pro-v1:0", region: "us-west-2" })
		await expect.element(nova.screen.getByRole("row", { name: /^Flex/ })).toHaveTextContent("not published")
	})

	test("marks computed prices", async () => {
		const { screen } = await renderSettings({ modelId: "amazon.nova-2-lite-v1:0", region: "eu-south-1" })
		await expect.element(screen.getByText("≈ Priority computed: Standard × 1.75.")).toBeVisible()
		await expect.element(screen.getByRole("row", { name: /^Flex/ })).toHaveTextContent("≈$0.264")
	})
})

describe("Retired model", () => {
	test("is shown, marked as retired, when it is stored, and is not offered otherwise", async () => {
		const { model, screen } = await renderSettings({ modelId: "amazon.nova-premier-v1:0" })
		await expect.element(model).toHaveValue("Nova Premier (retired by AWS)")
		await screen.unmount()
		const other = await renderSettings()
		await other.model.click()
		await expect.element(other.screen.getByRole("option", { name: /^Nova Pro/ })).toBeInTheDocument()
		expect(other.screen.getByRole("option", { name: /Premier/ }).elements()).toHaveLength(0)
	})
})

describe("Saving settings", () => {
	test("is disabled until a setting is changed", async () => {
		const { region, save, screen, port, posted } = await renderSettings()
		await expect.element(save).toBeDisabled()
		await region.selectOptions("eu-west-1")
		await expect.element(save).toBeEnabled()
		await save.click()
		port.say({ type: "saved", requestId: posted("save-settings")?.requestId ?? "" })
		await expect.element(screen.getByRole("status").filter({ hasText: "Saved" })).toBeVisible()
		await expect.element(save).toBeDisabled()
		await expect.element(region).toHaveValue("eu-west-1")
	})

	test("shows a refusal of the extension host at the field", async () => {
		const { region, save, screen, port, posted } = await renderSettings()
		await region.selectOptions("eu-west-1")
		await save.click()
		const requestId = posted("save-settings")?.requestId ?? ""
		port.say({ type: "refused", requestId, field: "settings.region", details: [textDetail("is closed today")] })
		await expect.element(region).toHaveAttribute("aria-invalid", "true")
		await expect.element(region).toHaveAccessibleDescription("is closed today")
		await expect.element(region).toHaveValue("eu-west-1")
		await expect.element(screen.getByText("Save failed: see the field marked above.")).toBeVisible()
	})

	test("names the refused field when it is not on the page", async () => {
		const { region, save, screen, port, posted } = await renderSettings()
		await region.selectOptions("eu-west-1")
		await save.click()
		const requestId = posted("save-settings")?.requestId ?? ""
		port.say({ type: "refused", requestId, field: "settings.provider", details: [textDetail("is not there")] })
		await expect.element(screen.getByText("Save failed. settings.provider: is not there")).toBeVisible()
	})

	test("does not post invalid settings, and shows the error at the field", async () => {
		const { save, screen, posted } = await renderSettings()
		await screen.getByRole("textbox", { name: "Endpoint" }).fill("http://far.example")
		await save.click()
		await expect.element(screen.getByText("must be https, or http on this machine")).toBeVisible()
		expect(posted("save-settings")).toBeUndefined()
	})

	test("is cancelled by Discard, which shows the stored settings", async () => {
		const { region, screen } = await renderSettings()
		await region.selectOptions("eu-west-1")
		await screen.getByRole("button", { name: "Discard" }).click()
		await expect.element(region).toHaveValue("us-east-1")
	})
})

describe("Settings changed elsewhere", () => {
	test("are shown at once when there are no edits", async () => {
		const { tier, port } = await renderSettings()
		port.say({ type: "state", state: viewState({ profiles: [profile({ serviceTier: "priority" })] }) })
		await expect.element(tier).toHaveValue("priority")
	})

	test("are distinguished from the edits when these are saved", async () => {
		const { tier, save, port, posted } = await renderSettings()
		await tier.selectOptions("flex")
		port.say({ type: "state", state: viewState({ profiles: [profile({ region: "eu-west-1" })] }) })
		await save.click()
		// From `base` and `settings` the extension host can tell that only the tier was edited here.
		expect(posted("save-settings")).toMatchObject({
			base: { region: "us-east-1", serviceTier: "default" },
			settings: { region: "us-east-1", serviceTier: "flex" },
		})
	})

	test("do not overwrite edits until Reload is clicked", async () => {
		const { tier, region, screen, port } = await renderSettings()
		await tier.selectOptions("flex")
		port.say({ type: "state", state: viewState({ profiles: [profile({ region: "eu-west-1" })] }) })
		await expect.element(screen.getByText("Settings changed elsewhere. What you typed here is kept.")).toBeVisible()
		await expect.element(tier).toHaveValue("flex")
		await screen.getByRole("button", { name: "Reload" }).click()
		await expect.element(tier).toHaveValue("default")
		await expect.element(region).toHaveValue("eu-west-1")
	})
})

describe("Profiles", () => {
	const profiles = [profile(), profile({}, { id: "demo", name: "Demo (local emulator)", kind: "demo" })]

	test("are switched by the extension host, and the dropdown shows the old profile until then", async () => {
		const { screen, posted, port } = await renderSettings({}, { profiles })
		const box = screen.getByRole("combobox", { name: "Profile" })
		await box.selectOptions("demo")
		expect(posted("select-profile")?.profileId).toBe("demo")
		expect(shownBy(box.element())).toBe("My account")
		port.say({ type: "state", state: viewState({ profiles, activeProfileId: "demo" }) })
		await expect.poll(() => shownBy(box.element())).toBe("Demo (local emulator)")
		await expect.element(screen.getByText(/talks to the local emulator/)).toBeVisible()
		await expect.element(screen.getByRole("combobox", { name: "Credentials" })).not.toBeInTheDocument()
	})
})

describe("API key", () => {
	test("is posted once when it is saved, and never shown again", async () => {
		const { screen, save, posted, port } = await renderSettings()
		await screen.getByRole("combobox", { name: "Credentials" }).selectOptions("api-key")
		// The label belongs both to the toolkit's element and to the input inside it.
		await screen.getByLabelText("API key").last().fill("secret-key")
		await save.click()
		const message = posted("save-settings")
		expect(message?.apiKey).toBe("secret-key")
		expect(JSON.stringify(port.getState())).not.toContain("secret-key")
		port.say({ type: "saved", requestId: message?.requestId ?? "" })
		const stored = profile({ credentials: { method: "api-key" } })
		port.say({ type: "state", state: viewState({ profiles: [stored], apiKeySetFor: ["aws-1"] }) })
		await expect.element(screen.getByText("A key is stored.")).toBeVisible()
		expect(document.body.innerHTML).not.toContain("secret-key")
	})

	test("is removed when the settings are saved, not before", async () => {
		const { screen, save, posted } = await renderSettings(
			{ credentials: { method: "api-key" } },
			{ apiKeySetFor: ["aws-1"] },
		)
		await screen.getByRole("button", { name: "Remove" }).click()
		await expect.element(screen.getByText("The key is removed when you save.")).toBeVisible()
		expect(posted("save-settings")).toBeUndefined()
		await save.click()
		expect(posted("save-settings")?.apiKey).toBeNull()
	})
})

describe("Access keys", () => {
	test("have three fields, are posted together, and are never shown again", async () => {
		const { screen, save, posted, port } = await renderSettings()
		await screen.getByRole("combobox", { name: "Credentials" }).selectOptions("static-keys")
		await screen.getByLabelText("Access key ID").last().fill("AKIDCANARY")
		await expect.element(screen.getByText("Not ready to save: see what is marked above.")).toBeVisible()
		await screen.getByLabelText("Secret access key").last().fill("canary-secret")
		await screen.getByLabelText("Session token (temporary keys only)").last().fill("canary-token")
		await expect.element(screen.getByLabelText("API key").last()).not.toBeInTheDocument()
		await save.click()
		const message = posted("save-settings")
		expect(message?.staticKeys).toEqual({
			accessKeyId: "AKIDCANARY",
			secretAccessKey: "canary-secret",
			sessionToken: "canary-token",
		})
		expect(JSON.stringify([message?.settings, port.getState()])).not.toMatch(/canary/i)
		port.say({ type: "saved", requestId: message?.requestId ?? "" })
		const stored = profile({ credentials: { method: "static-keys" } })
		port.say({ type: "state", state: viewState({ profiles: [stored], staticKeysSetFor: ["aws-1"] }) })
		await expect.element(screen.getByText("Access keys are stored.")).toBeVisible()
		expect(document.body.innerHTML).not.toMatch(/canary/i)
	})
})

describe("Declared model of an application profile", () => {
	const arn = "arn:aws:bedrock:eu-west-2:123456789012:application-inference-profile/a1b2c3d4e5f6"

	test("is selected by the user, and its tiers and prices are then shown", async () => {
		const { screen, save, posted } = await renderSettings({ modelId: arn })
		await expect
			.element(screen.getByText(/^The ARN's region wins: eu-west-2 is called, not us-east-1\./))
			.toBeVisible()
		const box = screen.getByRole("combobox", { name: "Stands for" })
		expect(shownBy(box.element())).toBe("Ask AWS")
		await box.selectOptions("amazon.nova-pro-v1:0")
		await expect.element(screen.getByText(/Nova Pro · eu-west-2/)).toBeVisible()
		await save.click()
		expect(posted("save-settings")?.settings.declaredModels).toEqual([{ arn, modelId: "amazon.nova-pro-v1:0" }])
	})

	test("has no field for other model ids", async () => {
		const { screen } = await renderSettings()
		await expect.element(screen.getByRole("combobox", { name: "Stands for" })).not.toBeInTheDocument()
	})
})

const arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456"
const APPLICATION_PROFILE_OF_CLAUDE = {
	modelId: arn,
	declaredModels: [{ arn, modelId: "anthropic.claude-sonnet-4-6" }],
}

test("The fallback for a tier that cannot serve is offered only when a tier is sent", async () => {
	const renderWith = (settings: object) => renderApp({ ...viewState(), profiles: [profile(settings)] }, "settings")
	const name = "When the tier cannot serve"
	const { screen, posted } = await renderWith({ serviceTier: "flex" })
	const fallback = screen.getByRole("combobox", { name })
	await expect.element(fallback).toHaveValue("ask")
	await fallback.selectOptions("standard")
	await screen.getByRole("button", { name: "Save" }).click()
	expect(posted("save-settings")?.settings).toMatchObject({ serviceTier: "flex", whenTierCannotServe: "standard" })
	await screen.unmount()
	for (const settings of [
		{ serviceTier: "default" },
		{ serviceTier: "flex", modelId: "anthropic.claude-sonnet-4-6" },
		{ serviceTier: "flex", ...APPLICATION_PROFILE_OF_CLAUDE },
	]) {
		const without = await renderWith(settings)
		expect(without.screen.getByRole("combobox", { name }).elements()).toHaveLength(0)
		await without.screen.unmount()
	}
})
