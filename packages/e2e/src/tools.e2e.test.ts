import { describe, expect, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * A task of several requests: the model lists the workspace, reads a file and searches it, then answers. Every request
 * reports 20,000 input and 2,000 output tokens of gpt-oss-120b in us-east-1 on Flex ($0.075 and $0.30 per million):
 * $0.0015 + $0.0006 = $0.0021, four requests $0.0084.
 */

const USAGE = { inputTokens: 20_000, outputTokens: 2_000 }

const vscode = workbenchUnderTest({
	scenario: "calls-tools",
	answer: "It is a workspace for tests.",
	usage: USAGE,
})
const permission = "Let the model read in this workspace"

describe("Workspace tools", () => {
	test("read the open folder when the chat allows them, and the total cost covers all four requests", async () => {
		await vscode.user.chooseTier("Flex")
		await vscode.user.checkbox(permission).click()
		await vscode.user.allow(permission)
		await expect.poll(() => vscode.user.checkbox(permission).isChecked()).toBe(true)
		await vscode.user.send("What is this?")
		await expect.poll(async () => vscode.user.taskCost().textContent()).toContain("$0.0084")
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
		await vscode.workbench.view.getByText("Search for “tier” in the workspace").waitFor()
		expect(vscode.workbench.ownErrors).toEqual([])
	})

	test("use prompt caching, and the total includes cache writes and cache reads at their own prices", async () => {
		/*
		 * Claude Sonnet 4.6 through its US inference profile, per million tokens: $3.30 input, $16.50 output, $4.125
		 * cache write, $0.33 cache read, both estimates. In millionths of a dollar:
		 *   1,000 in =  3,300   20,000 written = 82,500                            200 out =  3,300    89,100
		 *     500 in =  1,650    4,000 written = 16,500   20,000 read =  6,600     200 out =  3,300    28,050
		 *     500 in =  1,650    2,000 written =  8,250   24,000 read =  7,920     200 out =  3,300    21,120
		 *     500 in =  1,650                             26,000 read =  8,580   1,000 out = 16,500    26,730
		 *              8,250                 107,250                  23,100                  26,400   165,000
		 */
		vscode.emulator.setUsage([
			{ inputTokens: 1_000, cacheWriteInputTokens: 20_000, outputTokens: 200 },
			{ inputTokens: 500, cacheWriteInputTokens: 4_000, cacheReadInputTokens: 20_000, outputTokens: 200 },
			{ inputTokens: 500, cacheWriteInputTokens: 2_000, cacheReadInputTokens: 24_000, outputTokens: 200 },
			{ inputTokens: 500, cacheReadInputTokens: 26_000, outputTokens: 1_000 },
		])
		await vscode.user.openSettings()
		await vscode.user.chooseModel("Claude Sonnet 4.6")
		await vscode.user.save()
		await vscode.user.openChat()
		await vscode.user.checkbox(permission).click()
		await vscode.user.allow(permission)
		await expect.poll(() => vscode.user.checkbox(permission).isChecked()).toBe(true)
		// Long enough for caching: a short prompt gets no cache point.
		await vscode.user.send(`What is this? ${"Look at every file, and leave none of them out. ".repeat(200)}`)
		const total = vscode.workbench.view.locator(".task-total")
		await expect.poll(async () => total.textContent()).toBe("≈$0.1650")
		await vscode.workbench.view.getByText("Usage of this task").click()
		// Rounded to four decimals each, they would add up to $0.1651.
		const rows = vscode.workbench.view.getByRole("table", { name: "By kind" }).getByRole("row")
		await expect
			.poll(async () => rows.allTextContents())
			.toEqual([
				"KindTokensCost",
				"Input2,500$0.0082",
				"Output1,600$0.0264",
				"Cache read70,000≈$0.0231",
				"Cache write26,000≈$0.1073",
			])
		await vscode.workbench.screenshot("task-with-caching")
		expect(vscode.emulator.requests.map(({ status, modelId }) => [status, modelId])).toEqual(
			Array.from({ length: 4 }, () => [200, "us.anthropic.claude-sonnet-4-6"]),
		)
		expect(vscode.emulator.requests.every(({ body }) => body.includes("cachePoint"))).toBe(true)
	})
})
