import { fill } from "./fill"
import type { Workbench } from "./workbench"

/** Actions of a user in the view. Controls are found by their labels. */
export function userAt(workbench: Workbench) {
	const { view } = workbench
	const button = (name: string) => view.getByRole("button", { name, exact: true })
	const combobox = (name: string) => view.getByRole("combobox", { name, exact: true })
	const user = {
		button,
		combobox,
		checkbox: (name: string) => view.getByRole("checkbox", { name, exact: true }),
		taskCost: () => view.getByRole("status", { name: "Task cost" }),
		/** Badge of the last answer, with its cost and tier. */
		badge: (text: string) => view.getByText(text, { exact: true }).last(),

		// These use the buttons in VS Code's title bar of the view.
		openSettings: () => workbench.titleButton("Open Settings").click(),
		openHistory: () => workbench.titleButton("Chat History").click(),
		newChat: () => workbench.titleButton("New Chat").click(),
		openChat: () => button("Chat").click(),

		/** Selects the first option whose label starts with `prefix`. */
		async choose(name: string, prefix: string): Promise<void> {
			const option = combobox(name)
				.getByRole("option")
				.filter({ hasText: new RegExp(`^${prefix}`) })
			await combobox(name).selectOption((await option.first().getAttribute("value")) ?? "")
		},

		/** Selects the first model that a search for `query` finds. */
		async chooseModel(query: string): Promise<void> {
			await fill(combobox("Model"), query)
			await combobox("Model").press("Enter")
		},

		async save(): Promise<void> {
			await button("Save").click()
			await view.getByText("Saved", { exact: true }).waitFor()
		},

		/** Confirms VS Code's modal dialog, which must contain the text. */
		async allow(text: string): Promise<void> {
			const dialog = workbench.page.locator(".monaco-dialog-box")
			await dialog.getByText(text).first().waitFor()
			await dialog.getByRole("button", { name: "Allow" }).click()
		},

		/** Selects a tier in the settings, saves, and returns to the chat. */
		async chooseTier(label: string): Promise<void> {
			await user.openSettings()
			await user.choose("Service tier", label)
			await user.save()
			await user.openChat()
		},

		async send(text: string): Promise<void> {
			await fill(view.getByRole("textbox", { name: "Message" }), text)
			await button("Send").click()
		},
	}
	return user
}
