import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { userAt } from "./user"
import { workbenchUnderTest } from "./workbench-under-test"

/** Chats that were kept, in the real VS Code: found, opened, exported, deleted. Each answer costs $0.0042. */

const vscode = workbenchUnderTest({
	answer: "Because of scattering.",
	usage: { inputTokens: 20_000, outputTokens: 2_000 },
})

async function ask(text: string): Promise<void> {
	await vscode.user.send(text)
	await vscode.workbench.view.getByText("$0.0042 · Standard", { exact: true }).last().waitFor()
	await vscode.user.button("Send").waitFor()
}

const row = (title: string) => vscode.workbench.view.getByRole("listitem").filter({ hasText: title })

const saved = (ending: string) => readdirSync(vscode.host.workspaceDir).find((name) => name.endsWith(ending))

/** The chats as they lie in their files. */
function keptChats(): string[] {
	const folder = join(vscode.host.storageDir, "chats")
	return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))
}

/** In VS Code's own dialog for files, under the name that it suggests. */
async function saveAsSuggested(ending: string): Promise<string> {
	const dialog = vscode.workbench.page.locator(".quick-input-widget")
	await expect.poll(async () => dialog.locator("input").first().inputValue()).toContain(ending)
	await dialog.getByRole("button", { name: "OK" }).click()
	await expect.poll(() => saved(ending)).toBeDefined()
	return readFileSync(join(vscode.host.workspaceDir, saved(ending) ?? ""), "utf8")
}

test("two chats are listed, searched, opened, exported and deleted", async () => {
	await ask("Why is the sky blue?")
	await vscode.user.newChat()
	await ask("Why is the sea salty?")
	await vscode.user.openHistory()
	await expect.poll(async () => row("sky").textContent()).toContain("gpt-oss-120b · Standard · $0.0042")
	expect(await row("sea").textContent()).toContain("open now")

	await vscode.workbench.view.getByRole("textbox", { name: "Search in titles" }).fill("scattering")
	await vscode.workbench.view.getByText("No chat fits.").waitFor()
	await vscode.user.button("Search in texts too").click()
	await vscode.workbench.view.getByText("2 of 2 chats, texts included").waitFor()
	await vscode.workbench.screenshot("history")
	await vscode.workbench.view.getByRole("textbox", { name: "Search in titles" }).fill("")

	await row("sky").getByRole("button").first().click()
	await vscode.workbench.view.getByText("Why is the sky blue?").first().waitFor()
	await ask("And at sunset?")
	await expect.poll(async () => vscode.user.taskCost().textContent()).toContain("$0.0084")

	await vscode.user.openHistory()
	await vscode.workbench.view.getByRole("button", { name: "Export as Markdown: Why is the sky blue?" }).click()
	expect(await saveAsSuggested("Why-is-the-sky-blue.md")).toContain(
		"## You\n\nAnd at sunset?\n\n## Answer\n\nBecause of scattering.",
	)
	await vscode.user.button("Usage as CSV").click()
	expect((await saveAsSuggested(".csv")).trimEnd().split("\r\n")).toHaveLength(4)

	await vscode.workbench.view.getByRole("button", { name: "Delete: Why is the sea salty?" }).click()
	const dialog = vscode.workbench.page.locator(".monaco-dialog-box")
	await dialog.getByText("Delete this chat?").waitFor()
	await dialog.getByRole("button", { name: "Delete" }).click()
	await vscode.workbench.view.getByText("1 chat", { exact: true }).waitFor()
	await vscode.workbench.reload()
	await vscode.user.openHistory()
	await row("sky").waitFor()
	expect(await row("sea").count()).toBe(0)
	expect(vscode.workbench.ownErrors).toEqual([])
})

test("a window that is reloaded in mid-answer keeps what has come, says that its cost is not known, and goes on", async () => {
	vscode.emulator.setScenario("stall")
	await vscode.user.send("Slowly")
	await vscode.workbench.view.getByText(/^Because/).waitFor()
	// Within a second, what is seen is kept.
	await expect.poll(() => keptChats().join()).toContain("Because of scattering.")
	await vscode.workbench.reload()
	const answer = vscode.workbench.view.getByRole("article", { name: "Answer" }).first()
	await answer.getByText("Because of scattering.", { exact: true }).waitFor()
	// Whichever came first: the end of the window, or its word to Bedrock that it stops.
	const ends =
		/Interrupted: the window was closed or reloaded|Stopped before its end\..*not priced: AWS reported no usage/s
	expect(await answer.textContent()).toMatch(ends)
	const header = vscode.workbench.view.locator(".task-header")
	const notKnown = /1 attempt brought no answer; whether it was billed is not known\.|1 request has no full price\./
	expect(await header.textContent()).toMatch(notKnown)
	await vscode.workbench.screenshot("reloaded-in-mid-answer")

	vscode.emulator.setScenario("served-as-asked")
	await ask("Go on")
	expect(await vscode.workbench.view.getByText("Slowly", { exact: true }).count()).toBeGreaterThan(0)
	const { messages } = JSON.parse(vscode.emulator.requests.at(-1)?.body ?? "") as { messages: unknown }
	expect(messages).toMatchObject([
		{ role: "user", content: [{ text: "Slowly" }] },
		{ role: "assistant", content: [{ text: "Because of scattering." }] },
		{ role: "user", content: [{ text: "Go on" }] },
	])
	// The second answer alone has a cost, and the first is still said to have an unknown one.
	expect(await vscode.user.taskCost().textContent()).toContain("$0.0042")
	expect(await header.textContent()).toMatch(notKnown)
})

test("while one window answers, another one says so and sends nothing into the chat", async () => {
	vscode.emulator.setScenario("stall")
	await vscode.user.send("Slowly")
	await vscode.workbench.view.getByText(/^Because/).waitFor()
	const sent = vscode.emulator.requests.length
	const other = await vscode.host.openAnother()
	const second = userAt(other)
	await second.openHistory()
	await other.view.getByRole("listitem").filter({ hasText: "Slowly" }).getByRole("button").first().click()
	await other.view.getByText(/What it writes is shown here/).waitFor()
	await second.send("In between")
	await other.view.getByRole("alert").waitFor()
	await other.screenshot("answered-elsewhere")
	expect(vscode.emulator.requests).toHaveLength(sent)
	await vscode.user.button("Stop").click()
	await other.view.getByText("Stopped before its end.").waitFor()
	await expect.poll(async () => other.view.getByText(/What it writes is shown here/).count()).toBe(0)
	await other.close()
})
