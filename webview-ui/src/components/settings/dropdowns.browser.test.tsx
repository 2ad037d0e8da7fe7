import type { ProfileSettings } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { renderApp, shownBy } from "../../testing/render-app"
import { ownPrice, profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

/**
 * For every dropdown of the settings: each option that is selected is the value that is posted for storage, and the
 * stored value is the value that is shown, after saving, after the extension host has posted its state, and after
 * Discard. `DROPDOWNS` says where each stored value is found.
 */

const GPT = "openai.gpt-oss-120b-1:0"
const APPLICATION_PROFILE = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6"

type Stored = (settings: ProfileSettings) => string | undefined

const DROPDOWNS: Record<string, { readonly settings?: Partial<ProfileSettings>; readonly stored: Stored }> = {
	Region: { stored: ({ region }) => region },
	Route: { stored: ({ route }) => route },
	API: { stored: ({ api }) => api },
	"Service tier": { stored: ({ serviceTier }) => serviceTier },
	"When the tier cannot serve": {
		settings: { serviceTier: "flex" },
		stored: ({ whenTierCannotServe }) => whenTierCannotServe,
	},
	Thinking: {
		settings: { modelId: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
		stored: ({ reasoning }) => reasoning,
	},
	"Prompt caching": {
		settings: { modelId: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
		stored: ({ promptCaching }) => promptCaching,
	},
	"Tier of background requests": { stored: ({ backgroundTier }) => backgroundTier },
	"Titles of chats": { stored: ({ chatTitles }) => chatTitles },
	Credentials: { stored: ({ credentials }) => credentials.method },
	Connection: { stored: ({ http }) => http },
	Tier: { settings: { ownPrices: [ownPrice({ modelId: GPT })] }, stored: ({ ownPrices }) => ownPrices[0]?.tier },
	"Stands for": {
		settings: { modelId: APPLICATION_PROFILE },
		stored: ({ declaredModels }) => declaredModels[0]?.modelId ?? "ask",
	},
}

async function renderAll(settings: Partial<ProfileSettings> = {}) {
	const app = await renderApp(viewState({ profiles: [profile(settings)] }), "settings")
	for (const section of ["prices", "answer", "background"] as const) app.store.openSection(section, true)
	return app
}

/** The first and last three items of a long list, or all items of a short one. */
function sample<Value>(values: readonly Value[]): Value[] {
	return values.length <= 8 ? [...values] : [...values.slice(0, 3), ...values.slice(-3)]
}

describe("Settings dropdowns", () => {
	test.each(Object.entries(DROPDOWNS))(
		"%s shows the stored value after each selection, save and discard",
		async (name, { settings = {}, stored }) => {
			const { screen, port, posted } = await renderAll(settings)
			const box = screen.getByRole("combobox", { name, exact: true })
			const select = () => box.element() as HTMLSelectElement
			await expect.element(box).toBeVisible()
			expect(select().value).toBe(stored(profile(settings).settings))

			const options = sample([...select().options].map(({ value, text }) => ({ value, text })))
			expect(options.length).toBeGreaterThan(1)
			let storedSettings = profile(settings).settings
			for (const { value, text } of [...options, ...options.slice(0, 1)]) {
				if (value === select().value) continue
				await box.selectOptions(value)
				expect(select().value).toBe(value)
				// The method "profile" can be saved only with a profile name.
				const profileName = screen.getByRole("textbox", { name: "AWS profile name" })
				if (value === "profile" && name === "Credentials") await profileName.fill("work")
				await screen.getByRole("button", { name: "Save", exact: true }).click()
				const message = posted("save-settings")
				expect(message && stored(message.settings)).toBe(value)
				storedSettings = message?.settings ?? storedSettings
				port.say({ type: "saved", requestId: message?.requestId ?? "" })
				port.say({ type: "state", state: viewState({ profiles: [profile(storedSettings)] }) })
				await expect.poll(() => select().value).toBe(value)
				expect(shownBy(select())).toContain(text.split(" · ")[0]?.split(" (")[0])
			}

			const other = options.find(({ value }) => value !== select().value)
			await box.selectOptions(other?.value ?? "")
			await screen.getByRole("button", { name: "Discard", exact: true }).click()
			await expect.poll(() => select().value).toBe(stored(storedSettings))
		},
	)

	test("are all covered by this suite", async () => {
		const names = new Set<string>()
		for (const { settings = {} } of Object.values(DROPDOWNS)) {
			const { screen } = await renderAll(settings)
			for (const select of document.querySelectorAll("select")) names.add(select.labels[0]?.textContent ?? "")
			await screen.unmount()
		}
		// The profile is not part of the saved settings: a selection takes effect at once.
		names.delete("Profile")
		expect([...names].sort()).toEqual(Object.keys(DROPDOWNS).sort())
	})

	test("Profile shows the active profile until the extension host has switched it", async () => {
		const profiles = [profile(), profile({}, { id: "aws-2", name: "Work" })]
		const { screen, port, posted } = await renderApp(viewState({ profiles }), "settings")
		const box = screen.getByRole("combobox", { name: "Profile", exact: true })
		await box.selectOptions("Work")
		expect(posted("select-profile")?.profileId).toBe("aws-2")
		await expect.element(box).toHaveValue("aws-1")
		port.say({ type: "state", state: viewState({ profiles, activeProfileId: "aws-2" }) })
		await expect.element(box).toHaveValue("aws-2")
	})
})
