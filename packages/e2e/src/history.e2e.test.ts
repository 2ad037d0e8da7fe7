import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { fill } from "./fill"
import { userAt } from "./user"
import { workbenchUnderTest } from "./workbench-under-test"

/** Stored chats in the real VS Code: search, open, export, delete. Each answer costs $0.0042. */

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

const exportedFile = (ending: string) => readdirSync(vscode.host.workspaceDir).find((name) => name.endsWith(ending))

/** Contents of the stored chat files. */
function storedChats(): string[] {
	const folder = join(vscode.host.storageDir, "chats")
	return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))
}

/** Confirms the suggested name in VS Code's save dialog. @returns the contents of the saved file */
async function saveWithSuggestedName(ending: string): Promise<string> {
	const dialog = vscode.workbench.page.locator(".quick-input-widget")
	await expect.poll(async () => dialog.locator("input").first().inputValue()).toContain(ending)
	await dialog.getByRole("button", { name: "OK" }).click()
	await expect.poll(() => exportedFile(ending)).toBeDefined()
	return readFileSync(join(vscode.host.workspaceDir, exportedFile(ending) ?? ""), "utf8")
}

test("History lists, searches, opens, exports and deletes two chats", async () => {
	await ask("Why is the sky blue?")
	await vscode.user.newChat()
	await ask("Why is the sea salty?")
	await vscode.user.openHistory()
	await expect.poll(async () => row("sky").textContent()).toContain("gpt-oss-120b · Standard · $0.0042")
	expect(await row("sea").textContent()).toContain("open now")

	await fill(vscode.workbench.view.getByRole("textbox", { name: "Search in titles" }), "scattering")
	await vscode.workbench.view.getByText("No chat fits.").waitFor()
	await vscode.user.button("Search in texts too").click()
	await vscode.workbench.view.getByText("2 of 2 chats, texts included").waitFor()
	await vscode.workbench.screenshot("history")
	await fill(vscode.workbench.view.getByRole("textbox", { name: "Search in titles" }), "")

	await row("sky").getByRole("button").first().click()
	await vscode.workbench.view.getByText("Why is the sky blue?").first().waitFor()
	await ask("And at sunset?")
	await expect.poll(async () => vscode.user.taskCost().textContent()).toContain("$0.0084")

	await vscode.user.openHistory()
	await vscode.workbench.view.getByRole("button", { name: "Export as Markdown: Why is the sky blue?" }).click()
	expect(await saveWithSuggestedName("Why-is-the-sky-blue.bedrock-chat.md")).toContain(
		"## You\n\nAnd at sunset?\n\n## Answer\n\nBecause of scattering.",
	)
	await vscode.user.button("Usage as CSV").click()
	expect((await saveWithSuggestedName(".csv")).trimEnd().split("\r\n")).toHaveLength(4)

	await vscode.workbench.view.getByRole("button", { name: "Delete: Why is the sea salty?" }).click()
	const dialog = vscode.workbench.page.locator(".monaco-dialog-box")
	await dialog.getByText("Delete this chat?").waitFor()
	await dialog.getByRole("button", { name: "Delete" }).click()
	await vscode.workbench.view.getByText("1 chat", { exact: true }).waitFor()
	expect(await row("sea").count()).toBe(0)
	expect(storedChats()).toEqual([expect.stringContaining("Why is the sky blue?")])
	expect(vscode.workbench.ownErrors).toEqual([])
})

test("a window that is reloaded during an answer keeps the partial answer, shows an unknown cost, and continues the chat", async () => {
	vscode.emulator.setScenario("stall")
	await vscode.user.send("Slowly")
	await vscode.workbench.view.getByText(/^Because/).waitFor()
	// The visible part of the answer is saved within a second.
	await expect.poll(() => storedChats().join()).toContain("Because of scattering.")
	await vscode.workbench.reload()
	const answer = vscode.workbench.view.getByRole("article", { name: "Answer" }).first()
	await answer.getByText("Because of scattering.", { exact: true }).waitFor()
	// The status depends on what happens first: the window ends, or its request to Bedrock is aborted.
	const endStatus =
		/Interrupted: the window was closed or reloaded|Stopped before its end\..*not priced: AWS reported no usage/s
	expect(await answer.textContent()).toMatch(endStatus)
	const header = vscode.workbench.view.locator(".task-header")
	const unknownCost =
		/1 attempt brought no answer; whether it was billed is not known\.|1 request has no full price\./
	expect(await header.textContent()).toMatch(unknownCost)
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
	// Only the second answer has a cost; the cost of the first is still shown as unknown.
	expect(await vscode.user.taskCost().textContent()).toContain("$0.0042")
	expect(await header.textContent()).toMatch(unknownCost)
})

test("a second window shows that another window is answering in the chat, and sends no request", async () => {
	vscode.emulator.setScenario("stall")
	await vscode.user.send("Slowly")
	await vscode.workbench.view.getByText(/^Because/).waitFor()
	const sent = vscode.emulator.requests.length
	const other = await vscode.host.openAnother()
	onTestFinished(() => other.close())
	const second = userAt(other)
	await second.openHistory()
	await other.view.getByRole("listitem").filter({ hasText: "Slowly" }).getByRole("button").first().click()
	await other.view.getByText(/What it writes is shown here/).waitFor()
	await second.send("In between")
	await other.view.getByRole("alert").waitFor()
	await other.screenshot("answered-elsewhere")
	expect(vscode.emulator.requests).toHaveLength(sent)
	await vscode.user.button("Stop").click()
	await vscode.workbench.view
		.getByText(/not priced/)
		.first()
		.waitFor()
	await other.view.getByText("Stopped before its end.").waitFor()
	await expect.poll(async () => other.view.getByText(/What it writes is shown here/).count()).toBe(0)
})
