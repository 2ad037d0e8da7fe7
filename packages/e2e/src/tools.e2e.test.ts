import { describe, expect, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * A task of several requests: the model lists the workspace, reads a file and searches it, then answers. Every request
 * reports 20,000 tokens in and 2,000 out, of gpt-oss-120b in us-east-1 on Flex ($0.075 and $0.30 per million):
 * $0.0015 + $0.0006 = $0.0021, four times $0.0084.
 */

const vscode = workbenchUnderTest({
	scenario: "calls-tools",
	answer: "It is a workspace for tests.",
	usage: { inputTokens: 20_000, outputTokens: 2_000 },
})

const permission = "Let the model read in this workspace"

describe("Tools in the workspace", () => {
	test("allowed for the chat, they read the open folder, and the total is that of all four requests", async () => {
		await vscode.person.chooseTier("Flex")
		await vscode.person.checkbox(permission).click()
		await expect.poll(() => vscode.person.checkbox(permission).isChecked()).toBe(true)
		await vscode.person.send("What is this?")
		await expect.poll(async () => vscode.person.taskCost().textContent()).toContain("$0.0084")
		await vscode.workbench.view.getByText("Read README.md").click()
		await vscode.workbench.view.getByText("# A workspace for tests").waitFor()
		await vscode.workbench.screenshot("task-with-tools")
		expect(vscode.emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual([
			"flex",
			"flex",
			"flex",
			"flex",
		])
		expect(vscode.emulator.requests.at(-1)?.body).toContain("# A workspace for tests")

		await vscode.workbench.reload()
		await vscode.workbench.view.getByText("Search for “tier” in the workspace").waitFor()
		expect(await vscode.person.checkbox(permission).isChecked()).toBe(true)
		expect(await vscode.person.taskCost().textContent()).toContain("$0.0084")
		expect(vscode.workbench.ownErrors).toEqual([])
	})

	test("not allowed, one request is made, and it names no tool", async () => {
		await vscode.person.send("What is this?")
		await vscode.workbench.view.getByText("It is a workspace for tests.").waitFor()
		await expect.poll(async () => vscode.person.taskCost().textContent()).toContain("$0.0042")
		expect(vscode.emulator.requests).toHaveLength(1)
		expect(vscode.emulator.requests[0]?.body).not.toContain("toolConfig")
	})
})
