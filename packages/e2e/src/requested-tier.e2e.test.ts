import { expect, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * A requested tier that is refused, or served as another tier. Every request reports 40,000 input and 4,000 output
 * tokens of gpt-oss-120b in us-east-1: Standard ($0.15 and $0.60 per million) $0.006 + $0.0024 = $0.0084, Priority
 * ($0.2625 and $1.05) $0.0105 + $0.0042 = $0.0147.
 */

const vscode = workbenchUnderTest({
	answer: "Hello from the emulator.",
	usage: { inputTokens: 40_000, outputTokens: 4_000 },
})

const text = (content: string | RegExp) => vscode.workbench.view.getByText(content).first()

async function selectedTier(): Promise<string | null> {
	return vscode.user.combobox("Service tier").locator("option:checked").textContent()
}

test("a refused Priority request shows AWS's message and is retried on Standard; its refusal is stored until the user clears it", async () => {
	vscode.emulator.setScenario("tier-refused")
	await vscode.user.chooseTier("Priority")
	await vscode.user.send("Hello")

	const failure = vscode.workbench.view.getByRole("alert").filter({ hasText: 'Bedrock refused the tier "priority"' })
	await failure.waitFor()
	expect(await failure.textContent()).toContain("The provided service tier is not supported for this model.")
	await failure.getByRole("button", { name: "Choose a tier", exact: true }).waitFor()
	expect(vscode.emulator.requests).toHaveLength(1)
	await vscode.workbench.screenshot("priority-refused")

	await failure.getByRole("button", { name: "Try on Standard", exact: true }).click()
	await vscode.user.badge("$0.0084 · Standard").waitFor()
	expect(await vscode.user.taskCost().textContent()).toBe("$0.0084Standard $0.0084")
	await text("1 attempt was refused; nothing was billed for it.").waitFor()
	expect(vscode.emulator.requests.map(({ status, requestedTier }) => [status, requestedTier])).toEqual([
		[400, "priority"],
		[200, null],
	])
	expect(vscode.emulator.requests[1]?.body).not.toMatch(/service.?tier/i)

	await vscode.user.openSettings()
	await text(/^Bedrock refused Priority for this model in us-east-1 on .* It is sent all the same/).waitFor()
	expect(await selectedTier()).toBe("Priority · refused by AWS")
	await vscode.workbench.screenshot("refusal-remembered")
	await vscode.user.button("Forget the refusal of Priority").click()
	await expect.poll(selectedTier).toMatch(/^Priority · 1.75× price/)
	expect(await vscode.workbench.view.getByText("Bedrock refused").count()).toBe(0)
	expect(vscode.workbench.ownErrors).toEqual([])
})

test("a Priority request served on Standard shows both tiers at the answer and in the task usage, and is priced on Standard", async () => {
	vscode.emulator.setScenario("priority-served-as-default")
	await vscode.user.chooseTier("Priority")
	await vscode.user.send("Hello")
	await vscode.user.badge("$0.0084 · asked Priority, served Standard").waitFor()
	expect(await vscode.user.taskCost().textContent()).toBe("$0.0084Standard $0.0084")
	expect(vscode.emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual(["priority"])

	await text("Usage of this task").click()
	const rows = async (table: string) =>
		vscode.workbench.view.getByRole("table", { name: table, exact: true }).getByRole("row").allTextContents()
	await expect
		.poll(() => rows("The same task on one tier"))
		.toEqual([
			"TierCost",
			"As it was$0.0084",
			"All on Standard$0.0084",
			"All on Flex$0.0042",
			"All on Priority$0.0147",
		])
	expect(await rows("By tier that was billed")).toEqual(["TierRequestsTokensCost", "Standard144,000$0.0084"])
	expect((await rows("By request"))[1]).toContain("asked Priority, Standard40,0004,000$0.0084")
	await vscode.workbench.screenshot("asked-priority-served-standard")
	expect(vscode.workbench.ownErrors).toEqual([])
})
