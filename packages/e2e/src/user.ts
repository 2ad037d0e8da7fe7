import type { Workbench } from "./workbench"

/** What a person does in the view, by what they read there. */
export function userAt(workbench: Workbench) {
	const { view } = workbench
	const button = (name: string) => view.getByRole("button", { name, exact: true })
	const combobox = (name: string) => view.getByRole("combobox", { name, exact: true })
	const user = {
		button,
		combobox,
		checkbox: (name: string) => view.getByRole("checkbox", { name, exact: true }),
		taskCost: () => view.getByRole("status", { name: "Task cost" }),
		/** Of the last answer: what it cost, and on which tier. */
		badge: (words: string) => view.getByText(words, { exact: true }).last(),

		// By the icons in VS Code's title of the view.
		openSettings: () => workbench.titleButton("Open Settings").click(),
		openHistory: () => workbench.titleButton("Chat History").click(),
		newChat: () => workbench.titleButton("New Chat").click(),
		openChat: () => button("Chat").click(),

		/** By how an option's words begin. */
		async choose(name: string, start: string): Promise<void> {
			const option = combobox(name)
				.getByRole("option")
				.filter({ hasText: new RegExp(`^${start}`) })
			await combobox(name).selectOption((await option.first().getAttribute("value")) ?? "")
		},

		/** The first that a search for the words finds. */
		async chooseModel(words: string): Promise<void> {
			await combobox("Model").fill(words)
			await combobox("Model").press("Enter")
		},

		async save(): Promise<void> {
			await button("Save").click()
			await view.getByText("Saved", { exact: true }).waitFor()
		},

		/** Chooses in Settings, saves, and goes back to the chat. */
		async chooseTier(word: string): Promise<void> {
			await user.openSettings()
			await user.choose("Service tier", word)
			await user.save()
			await user.openChat()
		},

		async send(text: string): Promise<void> {
			await view.getByRole("textbox", { name: "Message" }).fill(text)
			await button("Send").click()
		},
	}
	return user
}
