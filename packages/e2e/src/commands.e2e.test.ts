import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { personAt } from "./person"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/**
 * VS Code's own ways: the palette, the quick pick of tiers, the status bar, the output channel, the walkthrough, the keys.
 * Every request is 20,000 tokens in and 2,000 out of gpt-oss-120b: Standard $0.0042, Flex $0.0021.
 */

let emulator: Emulator
let host: VsCodeHost
let workbench: Workbench
let person: ReturnType<typeof personAt>

beforeAll(async () => {
	emulator = await startEmulator({
		pace: "instant",
		answer: "CANARY-ANSWER",
		usage: { inputTokens: 20_000, outputTokens: 2_000 },
	})
	host = await startVsCodeHost({ emulator })
})
beforeEach(async () => {
	emulator.requests.length = 0
})
afterEach(async ({ task }) => {
	if (task.result?.state === "fail") await workbench?.screenshot(`failed: ${task.name}`.replace(/[^a-z0-9]+/gi, "-"))
	await workbench?.close()
})
afterAll(async () => {
	await host?.close()
	await emulator?.close()
})

async function open(options?: Parameters<VsCodeHost["open"]>[0]) {
	workbench = await host.open(options)
	person = personAt(workbench)
}

const statusBar = () => workbench.page.locator("#bedrock-tiers\\.bedrock-tiers\\.bedrock-tiers\\.status")
const quickPick = () => workbench.page.locator(".quick-input-widget")
const tierRow = (name: string) => quickPick().locator(".monaco-list-row", { hasText: name })

describe("Commands, status bar, tier quick pick", () => {
	test("the status bar is hidden until the view was used, then names model and tier, then the cost", async () => {
		await open({ closed: true })
		expect(await statusBar().count()).toBe(0)
		await workbench.openView()
		await expect.poll(async () => statusBar().textContent()).toContain("gpt-oss-120b · Standard")
		await person.send("CANARY-PROMPT")
		await expect.poll(async () => statusBar().textContent()).toContain("gpt-oss-120b · Standard · $0.0042")
		await workbench.screenshot("status-bar")
		expect(workbench.ownErrors).toEqual([])
	})

	test("a click on it opens the tiers with prices; what is picked is stored, sent, and shown as stored", async () => {
		await open()
		await statusBar().click()
		await quickPick().getByText("Service tier for gpt-oss-120b").waitFor()
		expect(await tierRow("Standard").textContent()).toContain("stored")
		expect(await tierRow("Flex").textContent()).toContain("$0.075 in, $0.30 out per million tokens.")
		await workbench.screenshot("tier-quick-pick")
		await tierRow("Flex").click()
		await expect.poll(async () => statusBar().textContent()).toContain("gpt-oss-120b · Flex")
		await person.send("Hello")
		await workbench.view.getByText("$0.0021 · Flex", { exact: true }).waitFor()
		expect(emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual(["flex"])

		await workbench.runCommand("Bedrock Tiers: Select Service Tier")
		await tierRow("Flex").waitFor()
		expect(await tierRow("Flex").textContent()).toContain("stored")
		await workbench.page.keyboard.press("Escape")
		await person.button("Settings").click()
		expect(await person.combobox("Service tier").inputValue()).toBe("flex")
	})

	test("the palette opens chat, settings, history and usage; the title bar has icons for three of them", async () => {
		await open()
		await workbench.runCommand("Bedrock Tiers: Open Settings")
		await person.combobox("Service tier").waitFor()
		await workbench.runCommand("Bedrock Tiers: Show Usage")
		await person.taskCost().waitFor()
		await workbench.titleButton("Chat History").click()
		await workbench.view.getByRole("heading", { name: "History" }).waitFor()
		await workbench.titleButton("New Chat").click()
		await person.taskCost().waitFor()
		await workbench.titleButton("Open Settings").click()
		await person.combobox("Service tier").waitFor()
	})

	test("the output channel has a line for the request, and nothing of what was said", async () => {
		await open()
		await person.send("CANARY-PROMPT")
		await workbench.view.getByText("$0.0042 · Standard", { exact: true }).waitFor()
		await workbench.runCommand("Bedrock Tiers: Show Log")
		const lines = workbench.page.locator(".part.panel .view-lines")
		await expect
			.poll(async () => (await lines.textContent())?.replaceAll("\u00a0", " "))
			.toContain("answer complete")
		const text = (await lines.textContent())?.replaceAll("\u00a0", " ")
		expect(text).toContain("usd=0.0042")
		expect(text).not.toContain("CANARY")
		await workbench.screenshot("output-channel")
	})

	test("the walkthrough opens with its four steps, the first of which leads to the settings", async () => {
		await open({ viewport: { width: 1700, height: 900 } })
		await workbench.runCommand("Bedrock Tiers: Get Started")
		const page = workbench.page.locator(".gettingStartedContainer")
		for (const step of [
			"Choose how to sign in",
			"Choose a model and a service tier",
			"Send a message",
			"Read what it cost",
		])
			await page.getByText(step, { exact: true }).first().waitFor()
		await workbench.screenshot("walkthrough")
		await page.getByRole("button", { name: "Open Settings" }).first().click()
		await person.combobox("Service tier").waitFor()
	})

	test("the keys are nobody else's", async () => {
		await open()
		await workbench.page.keyboard.press("Control+K")
		await workbench.page.keyboard.press("Control+S")
		const field = workbench.page.locator(".keybindings-editor .keybindings-header input").first()
		const rows = workbench.page.locator(".keybindings-editor .keybindings-body .monaco-list-row")
		await rows.first().waitFor()
		for (const [key, title] of [
			["t", "Select Service Tier"],
			["h", "Chat History"],
			["n", "New Chat"],
		]) {
			await field.click()
			await workbench.page.keyboard.press("Control+A")
			await workbench.page.keyboard.type(`"ctrl+k ctrl+alt+${key}"`)
			await expect
				.poll(async () => rows.allTextContents())
				.toEqual([expect.stringContaining(`Bedrock Tiers: ${title}`)])
		}
		await workbench.screenshot("keys")
	})
})
