import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { personAt } from "./person"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/**
 * The main job in the real VS Code: choose a tier, chat, see what the tier that served it cost. Every request reports
 * 20,000 tokens in and 2,000 out, of gpt-oss-120b in us-east-1 ($0.15 and $0.60 per million on Standard, half on Flex):
 * Standard $0.003 + $0.0012 = $0.0042, Flex $0.0021.
 */

let emulator: Emulator
let host: VsCodeHost
let workbench: Workbench
let person: ReturnType<typeof personAt>

beforeAll(async () => {
	emulator = await startEmulator({
		pace: "instant",
		answer: "Hello from the emulator.",
		usage: { inputTokens: 20_000, outputTokens: 2_000 },
	})
	host = await startVsCodeHost({ emulator })
})
beforeEach(async () => {
	emulator.setScenario("served-as-asked")
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

describe("Choose a tier, chat, see the cost", () => {
	test("Flex is chosen, saved, and still there after a reload; its answer costs what Flex costs", async () => {
		await person.button("Settings").click()
		await person.choose("Service tier", "Flex")
		await person.save()
		// At once: what is said to be saved is saved.
		await workbench.reload()
		await person.button("Settings").click()
		expect(await person.combobox("Service tier").locator("option:checked").textContent()).toMatch(/^Flex/)
		await person.button("Chat").click()
		await person.send("Hello")
		await workbench.view.getByText("Hello from the emulator.").waitFor()
		await workbench.view.getByText("$0.0021 · Flex", { exact: true }).waitFor()
		expect(await person.taskCost().textContent()).toContain("$0.0021")
		expect(emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual(["flex"])
		await workbench.screenshot("flex-served-as-asked")
		expect(workbench.ownErrors).toEqual([])
	})

	test("the chat and its cost survive a reload of the window", async () => {
		await person.chooseTier("Flex")
		await person.send("Hello")
		await workbench.view.getByText("$0.0021 · Flex", { exact: true }).waitFor()
		await workbench.reload()
		await workbench.view.getByText("$0.0021 · Flex", { exact: true }).waitFor()
		expect(await person.taskCost().textContent()).toContain("$0.0021")
		await person.send("Again")
		await expect.poll(async () => person.taskCost().textContent()).toContain("$0.0042")
	})

	test("a model without tiers has no dropdown but a sentence; with another model the dropdown is back", async () => {
		await person.button("Settings").click()
		await person.combobox("Service tier").waitFor()
		await person.chooseModel("Claude Sonnet 4.6")
		await workbench.view.getByText("Claude Sonnet 4.6 runs on Standard only").waitFor()
		expect(await person.combobox("Service tier").count()).toBe(0)
		await workbench.screenshot("claude-without-tiers")
		await person.chooseModel("gpt-oss-20b")
		await person.combobox("Service tier").waitFor()
		expect(await workbench.view.getByText("runs on Standard only").count()).toBe(0)
	})

	test("asked Flex, served Standard: both are said, and the price is that of Standard", async () => {
		emulator.setScenario("flex-served-as-default")
		await person.chooseTier("Flex")
		await person.send("Hello")
		await workbench.view.getByText("$0.0042 · asked Flex, served Standard", { exact: true }).waitFor()
		expect(await person.taskCost().textContent()).toContain("$0.0042")
		await workbench.screenshot("asked-flex-served-standard")
	})

	test("a refused tier is a sentence with what to do, and costs nothing", async () => {
		emulator.setScenario("tier-refused")
		await person.chooseTier("Flex")
		await person.send("Hello")
		await workbench.view.getByText(/Bedrock refused the tier/).waitFor()
		expect(await person.taskCost().textContent()).toContain("$0.00")
		await workbench.screenshot("tier-refused")
	})
})

describe("Stop", () => {
	test("ends a streaming answer at once, and says that its cost is not known", async () => {
		emulator.setScenario("stall")
		await person.send("Hello")
		await workbench.view.getByText(/^Hello from/).waitFor()
		await person.button("Stop").click()
		await person.button("Send").waitFor()
		await workbench.view
			.getByText(/not priced/)
			.first()
			.waitFor()
	})
})
