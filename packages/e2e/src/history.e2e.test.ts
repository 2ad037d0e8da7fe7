import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { personAt } from "./person"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/** Chats that were kept, in the real VS Code: found, opened, exported, deleted. Each answer costs $0.0042. */

let emulator: Emulator
let host: VsCodeHost
let workbench: Workbench
let person: ReturnType<typeof personAt>

beforeAll(async () => {
	emulator = await startEmulator({
		pace: "instant",
		answer: "Because of scattering.",
		usage: { inputTokens: 20_000, outputTokens: 2_000 },
	})
	host = await startVsCodeHost({ emulator })
})
beforeEach(async () => {
	workbench = await host.open()
	person = personAt(workbench)
})
afterEach(async ({ task }) => {
	if (task.result?.state === "fail") await workbench?.screenshot(`failed: ${task.name}`.replace(/[^a-z0-9]+/gi, "-"))
	await workbench?.close()
})
afterAll(async () => {
	await host?.close()
	await emulator?.close()
})

async function ask(text: string): Promise<void> {
	await person.send(text)
	await workbench.view.getByText("$0.0042 · Standard", { exact: true }).last().waitFor()
	await person.button("Send").waitFor()
}

const row = (title: string) => workbench.view.getByRole("listitem").filter({ hasText: title })

const saved = (ending: string) => readdirSync(host.workspaceDir).find((name) => name.endsWith(ending))

/** In VS Code's own dialog for files, under the name that it suggests. */
async function saveAsSuggested(ending: string): Promise<string> {
	const dialog = workbench.page.locator(".quick-input-widget")
	await expect.poll(async () => dialog.locator("input").first().inputValue()).toContain(ending)
	await dialog.getByRole("button", { name: "OK" }).click()
	await expect.poll(() => saved(ending)).toBeDefined()
	return readFileSync(join(host.workspaceDir, saved(ending) ?? ""), "utf8")
}

test("two chats are listed, searched, opened, exported and deleted", async () => {
	await ask("Why is the sky blue?")
	await person.button("New chat").click()
	await ask("Why is the sea salty?")
	await person.button("History").click()
	await expect.poll(async () => row("sky").textContent()).toContain("gpt-oss-120b · Standard · $0.0042")
	expect(await row("sea").textContent()).toContain("open now")

	await workbench.view.getByRole("textbox", { name: "Search in titles" }).fill("scattering")
	await workbench.view.getByText("No chat fits.").waitFor()
	await person.button("Search in texts too").click()
	await workbench.view.getByText("2 of 2 chats, texts included").waitFor()
	await workbench.screenshot("history")
	await workbench.view.getByRole("textbox", { name: "Search in titles" }).fill("")

	await row("sky").getByRole("button").first().click()
	await workbench.view.getByText("Why is the sky blue?").first().waitFor()
	await ask("And at sunset?")
	await expect.poll(async () => person.taskCost().textContent()).toContain("$0.0084")

	await person.button("History").click()
	await workbench.view.getByRole("button", { name: "Markdown: Why is the sky blue?" }).click()
	expect(await saveAsSuggested("Why-is-the-sky-blue.md")).toContain(
		"## You\n\nAnd at sunset?\n\n## Answer\n\nBecause of scattering.",
	)
	await person.button("Usage as CSV").click()
	expect((await saveAsSuggested(".csv")).trimEnd().split("\r\n")).toHaveLength(4)

	await workbench.view.getByRole("button", { name: "Delete: Why is the sea salty?" }).click()
	const dialog = workbench.page.locator(".monaco-dialog-box")
	await dialog.getByText("Delete this chat?").waitFor()
	await dialog.getByRole("button", { name: "Delete" }).click()
	await workbench.view.getByText("1 chat", { exact: true }).waitFor()
	await workbench.reload()
	await person.button("History").click()
	await row("sky").waitFor()
	expect(await row("sea").count()).toBe(0)
	expect(workbench.ownErrors).toEqual([])
})

test("a window that is reloaded in mid-answer tells how that ended, and goes on", async () => {
	emulator.setScenario("stall")
	await person.send("Slowly")
	await workbench.view.getByText(/^Because/).waitFor()
	await workbench.reload()
	await workbench.view.getByText(/^(Stopped before its end|Interrupted)/).waitFor()
	emulator.setScenario("served-as-asked")
	await ask("Go on")
	expect(await workbench.view.getByText("Slowly", { exact: true }).count()).toBeGreaterThan(0)
})

test("while one window answers, another one says so and sends nothing into the chat", async () => {
	emulator.setScenario("stall")
	await person.send("Slowly")
	await workbench.view.getByText(/^Because/).waitFor()
	const sent = emulator.requests.length
	const other = await host.openBeside()
	const second = personAt(other)
	await second.button("History").click()
	await other.view.getByRole("listitem").filter({ hasText: "Slowly" }).getByRole("button").first().click()
	await other.view.getByText(/What it writes is shown here/).waitFor()
	await second.send("In between")
	await other.view.getByRole("alert").waitFor()
	await other.screenshot("answered-elsewhere")
	expect(emulator.requests).toHaveLength(sent)
	await person.button("Stop").click()
	await other.view.getByText("Stopped before its end.").waitFor()
	await expect.poll(async () => other.view.getByText(/What it writes is shown here/).count()).toBe(0)
	await other.close()
})
