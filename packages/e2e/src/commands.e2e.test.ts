import { describe, expect, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * Contributions to VS Code's own UI: Command Palette, tier quick pick, status bar, output channel, key bindings. Every
 * request has 20,000 input and 2,000 output tokens of gpt-oss-120b: Standard $0.0042, Flex $0.0021.
 */

const vscode = workbenchUnderTest({
	answer: "CANARY-ANSWER",
	usage: { inputTokens: 20_000, outputTokens: 2_000 },
})

const statusBar = () => vscode.workbench.page.locator("#bedrock-tiers\\.bedrock-tiers\\.bedrock-tiers\\.status")
const quickPick = () => vscode.workbench.page.locator(".quick-input-widget")
const tierRow = (name: string) => quickPick().locator(".monaco-list-row", { hasText: name })

describe("Commands, status bar, tier quick pick", () => {
	test("status bar item opens the tiers with prices; the selected tier is stored, sent, and marked as stored", async () => {
		await statusBar().click()
		await quickPick().getByText("Service tier for gpt-oss-120b").waitFor()
		expect(await tierRow("Standard").textContent()).toContain("stored")
		expect(await tierRow("Flex").textContent()).toContain("$0.075 in, $0.30 out per million tokens.")
		await vscode.workbench.screenshot("tier-quick-pick")
		await tierRow("Flex").click()
		await expect.poll(async () => statusBar().textContent()).toContain("gpt-oss-120b · Flex")
		await vscode.user.send("Hello")
		await vscode.workbench.view.getByText("$0.0021 · Flex", { exact: true }).waitFor()
		expect(vscode.emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual(["flex"])

		await vscode.workbench.runCommand("Bedrock Tiers: Select Service Tier")
		await tierRow("Flex").waitFor()
		expect(await tierRow("Flex").textContent()).toContain("stored")
		await vscode.workbench.page.keyboard.press("Escape")
		await vscode.user.openSettings()
		expect(await vscode.user.combobox("Service tier").inputValue()).toBe("flex")
	})

	test("Command Palette opens settings and usage; the title bar of the view opens history, a new chat and settings", async () => {
		await vscode.workbench.runCommand("Bedrock Tiers: Open Settings")
		await vscode.user.combobox("Service tier").waitFor()
		await vscode.workbench.runCommand("Bedrock Tiers: Show Usage")
		await vscode.user.taskCost().waitFor()
		await vscode.workbench.titleButton("Chat History").click()
		await vscode.workbench.view.getByRole("heading", { name: "History" }).waitFor()
		await vscode.workbench.titleButton("New Chat").click()
		await vscode.user.taskCost().waitFor()
		await vscode.workbench.titleButton("Open Settings").click()
		await vscode.user.combobox("Service tier").waitFor()
	})

	test("Open Settings command reveals the settings while the Explorer hides the view", async () => {
		await vscode.user.taskCost().waitFor()
		await vscode.workbench.page.keyboard.press("Control+Shift+E")
		await vscode.workbench.page.locator(".explorer-folders-view").waitFor()
		await vscode.workbench.runCommand("Bedrock Tiers: Open Settings")
		await vscode.user.combobox("Service tier").waitFor()
	})

	test("output channel logs the request and no text of the conversation", async () => {
		await vscode.user.send("CANARY-PROMPT")
		await vscode.workbench.view.getByText("$0.0042 · Standard", { exact: true }).waitFor()
		await vscode.workbench.runCommand("Bedrock Tiers: Show Log")
		const lines = vscode.workbench.page.locator(".part.panel .view-lines")
		await expect
			.poll(async () => (await lines.textContent())?.replaceAll("\u00a0", " "))
			.toContain("answer complete")
		const text = (await lines.textContent())?.replaceAll("\u00a0", " ")
		expect(text).toContain("usd=0.0042")
		expect(text).not.toContain("CANARY")
		await vscode.workbench.screenshot("output-channel")
	})

	test("key bindings of the extension are bound to no other command", async () => {
		await vscode.workbench.page.keyboard.press("Control+K")
		await vscode.workbench.page.keyboard.press("Control+S")
		const field = vscode.workbench.page.locator(".keybindings-editor .keybindings-header input").first()
		const rows = vscode.workbench.page.locator(".keybindings-editor .keybindings-body .monaco-list-row")
		await rows.first().waitFor()
		for (const [key, title] of [
			["t", "Select Service Tier"],
			["h", "Chat History"],
			["n", "New Chat"],
		]) {
			await field.click()
			await vscode.workbench.page.keyboard.press("Control+A")
			await vscode.workbench.page.keyboard.type(`"ctrl+k ctrl+alt+${key}"`)
			await expect
				.poll(async () => rows.allTextContents())
				.toEqual([expect.stringContaining(`Bedrock Tiers: ${title}`)])
		}
		await vscode.workbench.screenshot("keys")
	})
})
