import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { personAt } from "./person"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/**
 * A task of several requests: the model lists the workspace, reads a file and searches it, then answers. Every request
 * reports 20,000 tokens in and 2,000 out, of gpt-oss-120b in us-east-1 on Flex ($0.075 and $0.30 per million):
 * $0.0015 + $0.0006 = $0.0021, four times $0.0084.
 */

let emulator: Emulator
let host: VsCodeHost
let workbench: Workbench
let person: ReturnType<typeof personAt>

beforeAll(async () => {
	emulator = await startEmulator({
		pace: "instant",
		scenario: "calls-tools",
		answer: "It is a workspace for tests.",
		usage: { inputTokens: 20_000, outputTokens: 2_000 },
	})
	host = await startVsCodeHost({ emulator })
})
beforeEach(async () => {
	emulator.requests.length = 0
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

const permission = "Let the model read in this workspace"

describe("Tools in the workspace", () => {
	test("allowed for the chat, they read the open folder, and the total is that of all four requests", async () => {
		await person.chooseTier("Flex")
		await person.checkbox(permission).click()
		await expect.poll(() => person.checkbox(permission).isChecked()).toBe(true)
		await person.send("What is this?")
		await expect.poll(async () => person.taskCost().textContent()).toContain("$0.0084")
		await workbench.view.getByText("Read README.md").click()
		await workbench.view.getByText("# A workspace for tests").waitFor()
		await workbench.screenshot("task-with-tools")
		expect(emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual(["flex", "flex", "flex", "flex"])
		expect(emulator.requests.at(-1)?.body).toContain("# A workspace for tests")

		await workbench.reload()
		await workbench.view.getByText("Search for “tier” in the workspace").waitFor()
		expect(await person.checkbox(permission).isChecked()).toBe(true)
		expect(await person.taskCost().textContent()).toContain("$0.0084")
		expect(workbench.ownErrors).toEqual([])
	})

	test("not allowed, one request is made, and it names no tool", async () => {
		await person.send("What is this?")
		await workbench.view.getByText("It is a workspace for tests.").waitFor()
		await expect.poll(async () => person.taskCost().textContent()).toContain("$0.0042")
		expect(emulator.requests).toHaveLength(1)
		expect(emulator.requests[0]?.body).not.toContain("toolConfig")
	})
})
