import { describe, expect, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * The main use case in the real VS Code: choose a tier, chat, and see the cost on the served tier. Every request
 * reports 20,000 input and 2,000 output tokens of gpt-oss-120b in us-east-1 ($0.15 and $0.60 per million on Standard,
 * half of that on Flex): Standard $0.003 + $0.0012 = $0.0042, Flex $0.0021.
 */

// After a reload, VS Code can restore unsaved settings of earlier tests, which the settings page would show.
const vscode = workbenchUnderTest(
	{
		answer: "Hello from the emulator.",
		usage: { inputTokens: 20_000, outputTokens: 2_000 },
	},
	{ startsWithNewWindow: true },
)

describe("Tier selection and cost", () => {
	test("Flex is saved, sent and used for the price of the answer; settings, chat and cost survive reloads of the window", async () => {
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
		expect(vscode.emulator.requests[0]?.body).not.toContain("toolConfig")
		await vscode.workbench.screenshot("flex-served-as-asked")

		await vscode.workbench.reload()
		await vscode.workbench.view.getByText("$0.0021 · Flex", { exact: true }).waitFor()
		expect(await vscode.user.taskCost().textContent()).toContain("$0.0021")
		await vscode.user.send("Again")
		await expect.poll(async () => vscode.user.taskCost().textContent()).toContain("$0.0042")
		expect(vscode.workbench.ownErrors).toEqual([])
	})
})
