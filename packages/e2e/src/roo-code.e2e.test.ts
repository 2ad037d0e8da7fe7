import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { RooCode, rooCodeSettings } from "./roo-code"
import { readRooPackage, type RooPackage } from "./roo-package"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"

/**
 * The patch in the real Roo Code or Zoo Code: `ROO_VSIX` is the path of a package of Roo Code 3.52.1 or Zoo Code 3.80.0
 * that was built from a patched checkout. Every request reports 100,000 input and 25,000 output tokens of Nova Pro in us-east-1 ($0.80 and $3.20 per
 * million on Standard, half of that on Flex): Standard $0.08 + $0.08 = $0.16, Flex $0.08.
 */

const vsix = process.env["ROO_VSIX"] ?? ""
const title = vsix ? "Roo Code with the patch" : "Roo Code with the patch (skipped: ROO_VSIX is not set)"
const NOVA_PRO = "amazon.nova-pro-v1:0"
const CLAUDE = "anthropic.claude-sonnet-4-5-20250929-v1:0"

let extension: RooPackage
let settingsDir: string
let emulator: Emulator
let host: VsCodeHost
let roo: RooCode

/** The `serviceTier` member of each request, in order; `null` when the request omits it. */
const sentTiers = () =>
	emulator.requests.map(({ body }) => (JSON.parse(body) as { serviceTier?: unknown }).serviceTier ?? null)
const lastRequest = () => emulator.requests.at(-1)

/** Waits until the request rows are these, and the last answer is complete. */
async function expectRequestRows(...rows: string[]): Promise<void> {
	await expect.poll(() => roo.requestRows()).toEqual(rows)
	await roo.view
		.getByText("Task Completed")
		.nth(rows.length - 1)
		.waitFor()
}

async function saveTier(label: string): Promise<void> {
	await roo.openSettings()
	await roo.chooseTier(label)
	await roo.saveSettings()
}

describe.skipIf(!vsix)(title, () => {
	beforeAll(async () => {
		extension = await readRooPackage(vsix)
		emulator = await startEmulator({
			pace: "instant",
			answer: {
				text: "",
				toolUse: { name: "attempt_completion", input: { result: "Hello from the emulator." } },
			},
			usage: { inputTokens: 100_000, outputTokens: 25_000 },
		})
		settingsDir = mkdtempSync(join(tmpdir(), "bedrock-tiers-roo-"))
		const settingsPath = join(settingsDir, "roo-code-settings.json")
		writeFileSync(settingsPath, JSON.stringify(rooCodeSettings(emulator.url, NOVA_PRO)))
		host = await startVsCodeHost({
			extension,
			settings: { [extension.importSetting]: settingsPath },
		})
	})
	beforeEach(async () => {
		emulator.setScenario("served-as-asked")
		emulator.requests.length = 0
		roo = await RooCode.open(host, extension.name)
	})
	afterEach(async ({ task }) => {
		const failed = `failed: ${task.name}`.replace(/[^a-z0-9]+/gi, "-")
		if (task.result?.state === "fail") await roo?.workbench.screenshot(failed)
		await roo?.workbench.close()
	})
	afterAll(async () => {
		await host?.close()
		await emulator?.close()
		if (settingsDir !== undefined) rmSync(settingsDir, { recursive: true, force: true })
	})

	test("Flex is selected next to its price, sent, displayed and priced; Standard is then sent without `serviceTier`", async () => {
		await roo.openSettings()
		await roo.chooseTier("Flex")
		await expect
			.poll(() => roo.priceTable())
			.toEqual([
				"Tier Input Output Cache reads Cache writes",
				"Standard $0.80 $3.20 $0.20 $0.00",
				"Flex (chosen) $0.40 $1.60 $0.10 $0.00",
				"Priority $1.40 $5.60 $0.35 $0.00",
			])
		await roo.takeScreenshots("settings-flex")
		await roo.saveSettings()
		await roo.send("Hello")
		await expectRequestRows("API Request Flex $0.0800")
		expect(await roo.taskCost.textContent()).toBe("$0.08")
		expect(sentTiers()).toEqual([{ type: "flex" }])
		expect(lastRequest()).toMatchObject({ operation: "ConverseStream", modelId: NOVA_PRO, unknownMembers: [] })
		await roo.takeScreenshots("flex")

		await saveTier("Standard")
		await roo.send("Again")
		await expectRequestRows("API Request Flex $0.0800", "API Request Standard $0.1600")
		expect(await roo.taskCost.textContent()).toBe("$0.24")
		expect(sentTiers()).toEqual([{ type: "flex" }, null])
		const { body, headers } = lastRequest() ?? { body: "", headers: {} }
		expect(body).toContain("Again")
		expect(body).not.toMatch(/service[-_]?tier/i)
		expect(Object.keys(headers).filter((name) => name.includes("tier"))).toEqual([])
		await roo.takeScreenshots("flex-then-standard")
	})

	test("a Claude model has no tier dropdown; a stored Flex is displayed as not sent, and is omitted from the request", async () => {
		await roo.openSettings()
		await roo.chooseTier("Flex")
		await roo.chooseModel(CLAUDE)
		await roo.view.getByText("The service tier Flex stays stored but is not sent to this model.").waitFor()
		expect(await roo.tierDropdown.count()).toBe(0)
		expect(await roo.view.getByRole("table").count()).toBe(0)
		await roo.view.getByText("Use cross-region inference").click()
		await roo.takeScreenshots("settings-claude")
		await roo.saveSettings()
		await roo.send("Hello")
		// Claude Sonnet 4.5 through a profile of the US: $3.30 and $16.50 per million, $0.33 + $0.4125.
		await expectRequestRows("API Request Flex not sent $0.7425")
		expect(lastRequest()).toMatchObject({ modelId: `us.${CLAUDE}`, status: 200 })
		expect(lastRequest()?.body).not.toMatch(/service[-_]?tier/i)
		await roo.takeScreenshots("claude")
	})

	test("a Flex request served on Standard shows both tiers and is priced on Standard", async () => {
		emulator.setScenario("flex-served-as-default")
		await saveTier("Flex")
		await roo.send("Hello")
		await expectRequestRows("API Request asked Flex, served Standard $0.1600")
		expect(await roo.taskCost.textContent()).toBe("$0.16")
		expect(sentTiers()).toEqual([{ type: "flex" }])
		await roo.takeScreenshots("asked-flex-served-standard")
	})

	test("a refused tier shows an error message with the next step and is sent once; the task continues on Standard", async () => {
		emulator.setScenario("tier-refused")
		await saveTier("Flex")
		await roo.send("Hello")
		const refusal = roo.view.getByText(/^Amazon Bedrock refused the service tier Flex for Nova Pro in us-east-1\./)
		await refusal.waitFor()
		expect(await refusal.textContent()).toContain("Choose Standard, or another tier, in the provider settings")
		expect(await roo.view.getByText(/unknown/i).count()).toBe(0)
		await roo.takeScreenshots("tier-refused")
		expect(sentTiers()).toEqual([{ type: "flex" }])

		await saveTier("Standard")
		await roo.button("Retry").click()
		await expectRequestRows("API Request Standard $0.1600")
		expect(sentTiers()).toEqual([{ type: "flex" }, null])
	})

	test("a task still shows its tier and its cost after a reload of the window", async () => {
		await saveTier("Flex")
		await roo.send("Hello")
		await expectRequestRows("API Request Flex $0.0800")
		await roo.workbench.reload()
		await roo.view.getByText("Hello", { exact: true }).click()
		await expectRequestRows("API Request Flex $0.0800")
		expect(await roo.taskCost.textContent()).toBe("$0.08")
		await roo.takeScreenshots("after-reload")
	})
})
