import { textDetail } from "@bedrock-tiers/error-details"
import { describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { renderApp, shownBy } from "../../testing/render-app"
import { profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

const HOME = profile()
const WORK = profile({ serviceTier: "flex" }, { id: "aws-2", name: "Work" })
const DEMO = profile({}, { id: "demo", name: "Demo (local emulator)", kind: "demo" })

async function renderProfiles(profiles = [HOME, WORK]) {
	const app = await renderApp(viewState({ profiles }), "settings")
	const button = (name: string) => app.screen.getByRole("button", { name, exact: true })
	const nameField = app.screen.getByLabelText("Name", { exact: true }).last()
	return { ...app, button, nameField }
}

const focused = () => document.activeElement

describe("Profile", () => {
	test("is added with an unused name, and the form closes when the extension host has added it", async () => {
		const { button, nameField, posted, port, screen } = await renderProfiles([
			HOME,
			profile({}, { id: "aws-3", name: "New profile" }),
		])
		await button("Add profile").click()
		await expect.element(screen.getByRole("form", { name: "A new profile, with default settings" })).toBeVisible()
		await expect.element(nameField).toHaveValue("New profile (2)")
		await userEvent.keyboard("Work{Enter}")
		const message = posted("add-profile")
		expect(message).toMatchObject({ type: "add-profile", name: "Work" })
		await expect.element(button("Create")).toBeDisabled()
		port.say({ type: "done", requestId: message?.requestId ?? "" })
		await expect.element(button("Create")).not.toBeInTheDocument()
		await expect.poll(() => focused()?.textContent).toBe("Add")
	})

	test("is renamed, and a refused name shows the refusal at the name field", async () => {
		const { button, nameField, posted, port, screen } = await renderProfiles()
		await button("Rename profile").click()
		await expect.element(nameField).toHaveValue("My account")
		await nameField.fill("Work")
		await button("Save name").click()
		const message = posted("rename-profile")
		expect(message).toMatchObject({ profileId: "aws-1", name: "Work" })
		const refusal = "There is a profile “Work” already."
		port.say({
			type: "refused",
			requestId: message?.requestId ?? "",
			field: "name",
			details: [textDetail(refusal)],
		})
		await expect.element(screen.getByText(refusal)).toBeVisible()
		await expect.element(screen.getByText(/refused this/)).not.toBeInTheDocument()
		await expect.element(button("Save name")).toBeEnabled()
	})

	test("is not renamed when the name is empty", async () => {
		const { button, nameField, posted, screen } = await renderProfiles()
		await button("Rename profile").click()
		await nameField.fill("  ")
		await button("Save name").click()
		await expect.element(screen.getByText("is empty")).toBeVisible()
		expect(posted("rename-profile")).toBeUndefined()
	})

	test("is duplicated without its keys and unsaved changes, as the form says", async () => {
		const { button, nameField, posted, screen } = await renderProfiles()
		await screen.getByRole("combobox", { name: "Region" }).selectOptions("eu-west-1")
		await button("Duplicate profile").click()
		await expect.element(screen.getByText(/its stored keys are not/)).toBeVisible()
		await expect.element(screen.getByText(/What is not saved yet is not copied either/)).toBeVisible()
		await expect.element(nameField).toHaveValue("My account copy")
		await button("Create copy").click()
		expect(posted("duplicate-profile")).toMatchObject({ profileId: "aws-1", name: "My account copy" })
	})

	test("is deleted with its draft only after a confirmation that does not have the focus", async () => {
		const { button, posted, port, screen } = await renderProfiles()
		await screen.getByRole("combobox", { name: "Region" }).selectOptions("eu-west-1")
		await button("Delete profile").click()
		await expect.element(screen.getByText("Delete “My account”?")).toBeVisible()
		await expect.poll(() => focused()?.textContent).toBe("Cancel")
		await userEvent.keyboard("{Escape}")
		await expect.element(screen.getByText("Delete “My account”?")).not.toBeInTheDocument()
		expect(posted("delete-profile")).toBeUndefined()

		await button("Delete profile").click()
		await button("Yes, delete it").click()
		const message = posted("delete-profile")
		expect(message?.profileId).toBe("aws-1")
		expect(JSON.stringify(port.getState())).toContain("eu-west-1")
		port.say({ type: "done", requestId: message?.requestId ?? "" })
		port.say({ type: "state", state: viewState({ profiles: [WORK], activeProfileId: "aws-2" }) })
		expect(JSON.stringify(port.getState())).not.toContain("eu-west-1")
		// The delete button is disabled now, because the last profile cannot be deleted.
		await expect.element(button("Delete profile")).toBeDisabled()
		await expect.poll(() => focused()?.textContent).toBe("Add")
	})

	test("cannot be deleted when it is the last one for AWS, as a hint says", async () => {
		const { button, screen } = await renderProfiles([HOME, DEMO])
		await expect.element(button("Delete profile")).toBeDisabled()
		await expect.element(screen.getByText("The only profile for AWS cannot be deleted.")).toBeVisible()
	})
})

describe("Profile switch in the chat", () => {
	test("changes when the extension host switches the profile, and is hidden when there is only one", async () => {
		const { screen, posted, port } = await renderApp(viewState({ profiles: [HOME, WORK] }))
		const box = screen.getByRole("combobox", { name: "Profile" })
		await box.selectOptions("aws-2")
		expect(posted("select-profile")?.profileId).toBe("aws-2")
		expect(shownBy(box.element())).toBe("My account")
		port.say({ type: "state", state: viewState({ profiles: [HOME, WORK], activeProfileId: "aws-2" }) })
		await expect.poll(() => shownBy(box.element())).toBe("Work")
		await expect.element(screen.getByText(/asks for Flex/)).toBeVisible()
		port.say({ type: "state", state: viewState({ profiles: [HOME] }) })
		await expect.element(box).not.toBeInTheDocument()
	})
})
