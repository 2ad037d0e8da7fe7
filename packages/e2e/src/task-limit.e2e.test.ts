import { expect, test } from "vitest"
import { fill } from "./fill"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * The cost limit per task in the real VS Code. Every request reports 20,000 input and 2,000 output tokens of
 * gpt-oss-120b in us-east-1 on Standard ($0.15 and $0.60 per million): $0.003 + $0.0012 = $0.0042. Two requests use 84%
 * of a limit of $0.01, and three, $0.0126, exceed it.
 */

const vscode = workbenchUnderTest({
	answer: "Hello from the emulator.",
	usage: { inputTokens: 20_000, outputTokens: 2_000 },
})

const total = () => vscode.workbench.view.locator(".task-total").textContent()
const text = (content: string) => vscode.workbench.view.getByText(content, { exact: true })

async function ask(cost: string): Promise<void> {
	await vscode.user.send("Hello")
	await expect.poll(total).toBe(cost)
	await vscode.user.button("Send").waitFor()
}

test("a task shows a warning at 84% of its limit, sends nothing above the limit, and continues once when the user chooses so", async () => {
	const { view } = vscode.workbench
	await vscode.user.openSettings()
	await fill(view.getByRole("textbox", { name: "Limit per task, USD" }), "0.01")
	await vscode.user.save()
	await vscode.user.openChat()

	await ask("$0.0042")
	expect(await view.getByText(/of this task's limit/).count()).toBe(0)
	await ask("$0.0084")
	await text("84% of this task's limit of $0.0100 is used.").waitFor()
	await vscode.workbench.screenshot("limit-near")
	await ask("$0.0126")
	await text("This task has reached its limit of $0.0100.").waitFor()
	expect(vscode.emulator.requests).toHaveLength(3)

	await vscode.user.send("And now?")
	await text("This task has cost $0.0126, and its limit is $0.0100. Nothing was sent.").waitFor()
	await vscode.workbench.screenshot("limit-reached")
	expect(vscode.emulator.requests).toHaveLength(3)
	expect(await total()).toBe("$0.0126")

	await vscode.user.button("Go on once").click()
	await expect.poll(total).toBe("$0.0168")
	expect(vscode.emulator.requests).toHaveLength(4)
	expect(vscode.emulator.requests[3]?.body).toContain("And now?")

	await vscode.user.send("Once more?")
	await text("This task has cost $0.0168, and its limit is $0.0100. Nothing was sent.").waitFor()
	expect(vscode.emulator.requests).toHaveLength(4)
	await vscode.user.openSettings()
	await fill(view.getByRole("textbox", { name: "Limit per task, USD" }), "")
	await vscode.user.save()
	await vscode.user.openChat()
	await ask("$0.0210")
	expect(vscode.workbench.ownErrors).toEqual([])
})
