import { describe, expect, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * The main use case in the real VS Code: choose a tier, chat, and see the cost on the served tier. Every request
 * reports 20,000 input and 2,000 output tokens of gpt-oss-120b in us-east-1 ($0.15 and $0.60 per million on Standard,
 * half of that on Flex): Standard $0.003 + $0.0012 = $0.0042, Flex $0.0021.
 */

const vscode = workbenchUnderTest({
	answer: "Hello from the emulator.",
	usage: { inputTokens: 20_000, outputTokens: 2_000 },
})

describe("Tier selection and cost", () => {
	test("Flex is saved, still selected after a reload, sent, and used for the price of the answer", async () => {
		await vscode.user.openSettings()
		await vscode.user.choose("Service tier", "Flex")
		await vscode.user.save()
		// Reload immediately: the settings are stored when the view shows "Saved".
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

	test("a model without tiers shows a message instead of the dropdown; another model shows the dropdown again", async () => {
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

	test("a Flex request served on Standard shows both tiers and is priced on Standard", async () => {
		vscode.emulator.setScenario("flex-served-as-default")
		await vscode.user.chooseTier("Flex")
		await vscode.user.send("Hello")
		await vscode.workbench.view.getByText("$0.0042 · asked Flex, served Standard", { exact: true }).waitFor()
		expect(await vscode.user.taskCost().textContent()).toContain("$0.0042")
		await vscode.workbench.screenshot("asked-flex-served-standard")
	})

	test("a refused tier shows an error message and costs nothing", async () => {
		vscode.emulator.setScenario("tier-refused")
		await vscode.user.chooseTier("Flex")
		await vscode.user.send("Hello")
		await vscode.workbench.view.getByText(/Bedrock refused the tier/).waitFor()
		expect(await vscode.user.taskCost().textContent()).toContain("$0.00")
		await vscode.workbench.screenshot("tier-refused")
	})
})

describe("Stop button", () => {
	test("ends a streaming answer immediately and shows that it is not priced", async () => {
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
