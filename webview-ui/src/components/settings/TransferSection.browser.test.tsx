import { textDetail } from "@bedrock-tiers/error-details"
import { describe, expect, test } from "vitest"
import { renderApp } from "../../testing/render-app"
import { importPreview, profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

describe("Preview of a Roo Code settings file", () => {
	async function renderPreview() {
		const app = await renderApp(viewState({ importPreview: importPreview() }), "settings")
		return { ...app, box: app.screen.getByRole("region", { name: "In roo-code-settings.json" }) }
	}

	test("shows the profiles to add, their new names, settings that are not imported, and excluded profiles", async () => {
		const { box } = await renderPreview()
		const first = box.getByRole("checkbox", { name: "My account (2)" })
		await expect.element(first).toBeChecked()
		await expect
			.element(first)
			.toHaveAccessibleDescription(
				"“My account” in the file · amazon.nova-pro-v1:0 · eu-west-1 · Flex · Access keys · with its keys",
			)
		await expect
			.element(box.getByRole("checkbox", { name: "team" }))
			.toHaveAccessibleDescription("openai.gpt-oss-120b-1:0 · us-east-1 · Standard · AWS default chain")
		await box.getByText("1 setting is not taken over as it is").click()
		await expect.element(box.getByText("There is no setting here for Roo Code's rateLimitSeconds.")).toBeVisible()
		await box.getByText("1 profile is left out").click()
		await expect.element(box.getByText("router: It is for another provider: openrouter.")).toBeVisible()
	})

	test("receives the focus, so that screen readers announce it", async () => {
		await renderPreview()
		await expect.poll(() => document.activeElement?.textContent).toBe("In roo-code-settings.json")
	})

	test("imports only the checked profiles, by their names in the file", async () => {
		const { box, posted } = await renderPreview()
		await box.getByRole("checkbox", { name: "team" }).click()
		await box.getByRole("button", { name: "Add 1 profile" }).click()
		expect(posted("import-profiles")?.names).toEqual(["My account"])
	})

	test("is closed by Cancel", async () => {
		const { box, screen, port, posted } = await renderPreview()
		await screen.getByRole("button", { name: "Cancel" }).click()
		expect(posted("leave-import")).toBeDefined()
		port.say({ type: "state", state: viewState() })
		await expect.element(box).not.toBeInTheDocument()
	})
})

describe("Import and export", () => {
	async function renderSection() {
		const profiles = [
			profile(),
			profile({}, { id: "aws-2", name: "Work" }),
			profile({}, { id: "demo", name: "Demo", kind: "demo" }),
		]
		const app = await renderApp(viewState({ profiles }), "settings")
		await app.screen.getByText("Import and export").click()
		return app
	}

	test("opens the file dialog of the extension host, and shows an error message for an invalid file", async () => {
		const { screen, port, posted } = await renderSection()
		await screen.getByRole("button", { name: "Choose a file…" }).click()
		expect(posted("choose-import")).toBeDefined()
		const message = "This file is not JSON, so it holds no settings of Roo Code."
		const details = [textDetail(message)]
		port.say({ type: "refused", requestId: null, field: "", details })
		await expect.element(screen.getByRole("alert").filter({ hasText: message })).toBeVisible()
	})

	test("exports the checked profiles, with keys only on request and after a warning, and never the demo", async () => {
		const { screen, posted, port } = await renderSection()
		const write = screen.getByRole("button", { name: "Export…" })
		expect(screen.getByRole("checkbox", { name: "Demo" }).elements()).toHaveLength(0)
		await screen.getByRole("checkbox", { name: "My account" }).click()
		await write.click()
		expect(posted("export-profiles")).toEqual({
			type: "export-profiles",
			profileIds: ["aws-2"],
			withSecrets: false,
		})
		const keys = screen.getByRole("checkbox", { name: "With keys" })
		await expect.element(keys).toHaveAccessibleDescription(/whoever reads it can use your AWS account/)
		await keys.click()
		await write.click()
		expect(posted("export-profiles")?.withSecrets).toBe(true)
		port.say({
			type: "exported",
			report: {
				file: "/home/me/roo.json",
				profiles: [{ name: "Work", notes: [textDetail("No such setting.")] }],
			},
		})
		await expect.element(screen.getByText("Written: /home/me/roo.json")).toBeVisible()
		await screen.getByText("Work: 1 setting does not fit into Roo Code").click()
		await expect.element(screen.getByText("No such setting.")).toBeVisible()
		await screen.getByRole("checkbox", { name: "Work" }).click()
		await expect.element(write).toBeDisabled()
	})
})
