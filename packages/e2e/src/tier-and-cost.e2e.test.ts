import { describe, expect, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * The main job in the real VS Code: choose a tier, chat, see what the tier that served it cost. Every request reports
 * 20,000 tokens in and 2,000 out, of gpt-oss-120b in us-east-1 ($0.15 and $0.60 per million on Standard, half on Flex):
 * Standard $0.003 + $0.0012 = $0.0042, Flex $0.0021.
 */

const vscode = workbenchUnderTest({
	answer: "Hello from the emulator.",
	usage: { inputTokens: 20_000, outputTokens: 2_000 },
})

describe("Choose a tier, chat, see the cost", () => {
	test("Flex is chosen, saved, and still there after a reload; its answer costs what Flex costs", async () => {
		await vscode.user.openSettings()
		await vscode.user.choose("Service tier", "Flex")
		await vscode.user.save()
		// At once: what is said to be saved is saved.
		await vscode.workbench.reload()
		await vscode.user.openSettings()
		expect(await vscode.user.combobox("Service tier").locator("option:checked").textContent()).toMatch(/^Flex/)
		await vscode.user.openChat()
		await vscode.user.send("Hello")
		await vscode.workbench.view.getByText("Hello from the emulator.").waitFor()
		await vscode.workbench.view.getByText("$0.0021 · Flex", { exact: true }).waitFor()
		expect(await vscode.user.taskCost().textContent()).toContain("$0.0021")
		expect(vscode.emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual(["flex"])
		await vscode.workbench.screenshot("flex-served-as-asked")
		expect(vscode.workbench.ownErrors).toEqual([])
	})

	test("the chat and its cost survive a reload of the window", async () => {
		await vscode.user.chooseTier("Flex")
		await vscode.user.send("Hello")
		await vscode.workbench.view.getByText("$0.0021 · Flex", { exact: true }).waitFor()
		await vscode.workbench.reload()
		await vscode.workbench.view.getByText("$0.0021 · Flex", { exact: true }).waitFor()
		expect(await vscode.user.taskCost().textContent()).toContain("$0.0021")
		await vscode.user.send("Again")
		await expect.poll(async () => vscode.user.taskCost().textContent()).toContain("$0.0042")
	})

	test("a model without tiers has no dropdown but a sentence; with another model the dropdown is back", async () => {
		await vscode.user.openSettings()
		await vscode.user.combobox("Service tier").waitFor()
		await vscode.user.chooseModel("Claude Sonnet 4.6")
		await vscode.workbench.view.getByText("Claude Sonnet 4.6 runs on Standard only").waitFor()
		expect(await vscode.user.combobox("Service tier").count()).toBe(0)
		await vscode.workbench.screenshot("claude-without-tiers")
		await vscode.user.chooseModel("gpt-oss-20b")
		await vscode.user.combobox("Service tier").waitFor()
		expect(await vscode.workbench.view.getByText("runs on Standard only").count()).toBe(0)
	})

	test("asked Flex, served Standard: both are said, and the price is that of Standard", async () => {
		vscode.emulator.setScenario("flex-served-as-default")
		await vscode.user.chooseTier("Flex")
		await vscode.user.send("Hello")
		await vscode.workbench.view.getByText("$0.0042 · asked Flex, served Standard", { exact: true }).waitFor()
		expect(await vscode.user.taskCost().textContent()).toContain("$0.0042")
		await vscode.workbench.screenshot("asked-flex-served-standard")
	})

	test("a refused tier is a sentence with what to do, and costs nothing", async () => {
		vscode.emulator.setScenario("tier-refused")
		await vscode.user.chooseTier("Flex")
		await vscode.user.send("Hello")
		await vscode.workbench.view.getByText(/Bedrock refused the tier/).waitFor()
		expect(await vscode.user.taskCost().textContent()).toContain("$0.00")
		await vscode.workbench.screenshot("tier-refused")
	})
})

describe("Stop", () => {
	test("ends a streaming answer at once, and says that its cost is not known", async () => {
		vscode.emulator.setScenario("stall")
		await vscode.user.send("Hello")
		await vscode.workbench.view.getByText(/^Hello from/).waitFor()
		await vscode.user.button("Stop").click()
		await vscode.user.button("Send").waitFor()
		await vscode.workbench.view
			.getByText(/not priced/)
			.first()
			.waitFor()
	})
})
