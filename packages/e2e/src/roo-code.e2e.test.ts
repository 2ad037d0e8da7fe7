import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { RooCode, rooCodeExtension, rooCodeSettings } from "./roo-code"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"

/**
 * The feature inside the real Roo Code: `ROO_VSIX` names a package of Roo Code 3.52.1 that was built from a patched
 * checkout. Every request reports 100,000 tokens in and 25,000 out, of Nova Pro in us-east-1 ($0.80 and $3.20 per million
 * on Standard, half on Flex): Standard $0.08 + $0.08 = $0.16, Flex $0.08.
 */

const vsix = process.env["ROO_VSIX"] ?? ""
const title = vsix ? "Roo Code with the patch" : "Roo Code with the patch (skipped: ROO_VSIX names no package of it)"
const NOVA_PRO = "amazon.nova-pro-v1:0"
const CLAUDE = "anthropic.claude-sonnet-4-5-20250929-v1:0"

let settingsDir: string
let emulator: Emulator
let host: VsCodeHost
let roo: RooCode

/** What left Roo Code, request by request: `null` where nothing is said of a tier. */
const sentTiers = () =>
	emulator.requests.map(({ body }) => (JSON.parse(body) as { serviceTier?: unknown }).serviceTier ?? null)
const lastRequest = () => emulator.requests.at(-1)

/** Waits for the answer that is under way. */
async function requestRowsToBe(...rows: string[]): Promise<void> {
	await expect.poll(() => roo.requestRows()).toEqual(rows)
	await roo.view
		.getByText("Task Completed")
		.nth(rows.length - 1)
		.waitFor()
}

async function saveTier(word: string): Promise<void> {
	await roo.openSettings()
	await roo.chooseTier(word)
	await roo.saveSettings()
}

describe.skipIf(!vsix)(title, () => {
	beforeAll(async () => {
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
			extension: rooCodeExtension(vsix),
			settings: { "roo-cline.autoImportSettingsPath": settingsPath },
		})
	})
	beforeEach(async () => {
		emulator.setScenario("served-as-asked")
		emulator.requests.length = 0
		roo = await RooCode.open(host)
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

	test("Flex is chosen beside its price, sent, shown and priced; back on Standard, nothing is sent", async () => {
		await roo.openSettings()
		await roo.chooseTier("Flex")
		expect(await roo.priceTable()).toEqual([
			"Tier Input Output Cache reads",
			"Standard $0.80 $3.20 $0.20",
			"Flex (chosen) $0.40 $1.60 $0.10",
			"Priority $1.40 $5.60 $0.35",
		])
		await roo.picture("settings-flex")
		await roo.saveSettings()
		await roo.send("Hello")
		await requestRowsToBe("API Request Flex $0.0800")
		expect(await roo.taskCost.textContent()).toBe("$0.08")
		expect(sentTiers()).toEqual([{ type: "flex" }])
		expect(lastRequest()).toMatchObject({ operation: "ConverseStream", modelId: NOVA_PRO, unknownMembers: [] })
		await roo.picture("flex")

		await saveTier("Standard")
		await roo.send("Again")
		await requestRowsToBe("API Request Flex $0.0800", "API Request Standard $0.1600")
		expect(await roo.taskCost.textContent()).toBe("$0.24")
		expect(sentTiers()).toEqual([{ type: "flex" }, null])
		const { body, headers } = lastRequest() ?? { body: "", headers: {} }
		expect(body).toContain("Again")
		expect(body).not.toMatch(/service[-_]?tier/i)
		expect(Object.keys(headers).filter((name) => name.includes("tier"))).toEqual([])
		await roo.picture("flex-then-standard")
	})

	test("a Claude model has no dropdown; a stored Flex is said not to be sent, and is not", async () => {
		await roo.openSettings()
		await roo.chooseTier("Flex")
		await roo.chooseModel(CLAUDE)
		await roo.view.getByText("The service tier Flex stays stored but is not sent to this model.").waitFor()
		expect(await roo.tierDropdown.count()).toBe(0)
		expect(await roo.view.getByRole("table").count()).toBe(0)
		await roo.view.getByText("Use cross-region inference").click()
		await roo.picture("settings-claude")
		await roo.saveSettings()
		await roo.send("Hello")
		// Claude Sonnet 4.5 through a profile of the US: $3.30 and $16.50 per million, $0.33 + $0.4125.
		await requestRowsToBe("API Request Flex not sent $0.7425")
		expect(lastRequest()).toMatchObject({ modelId: `us.${CLAUDE}`, status: 200 })
		expect(lastRequest()?.body).not.toMatch(/service[-_]?tier/i)
		await roo.picture("claude")
	})

	test("asked Flex, served Standard: both are said, and the price is that of Standard", async () => {
		emulator.setScenario("flex-served-as-default")
		await saveTier("Flex")
		await roo.send("Hello")
		await requestRowsToBe("API Request asked Flex, served Standard $0.1600")
		expect(await roo.taskCost.textContent()).toBe("$0.16")
		expect(sentTiers()).toEqual([{ type: "flex" }])
		await roo.picture("asked-flex-served-standard")
	})

	test("a refused tier is a sentence with what to do, asked once; with Standard the task goes on", async () => {
		emulator.setScenario("tier-refused")
		await saveTier("Flex")
		await roo.send("Hello")
		const refusal = roo.view.getByText(/^Amazon Bedrock refused the service tier Flex for Nova Pro in us-east-1\./)
		await refusal.waitFor()
		expect(await refusal.textContent()).toContain("Choose Standard, or another tier, in the provider settings")
		expect(await roo.view.getByText(/unknown/i).count()).toBe(0)
		await roo.picture("tier-refused")
		expect(sentTiers()).toEqual([{ type: "flex" }])

		await saveTier("Standard")
		await roo.button("Retry").click()
		await requestRowsToBe("API Request Standard $0.1600")
		expect(sentTiers()).toEqual([{ type: "flex" }, null])
	})

	test("after a reload of the window, the task still shows its tier and its cost", async () => {
		await saveTier("Flex")
		await roo.send("Hello")
		await requestRowsToBe("API Request Flex $0.0800")
		await roo.workbench.reload()
		await roo.view.getByText("Hello", { exact: true }).click()
		await requestRowsToBe("API Request Flex $0.0800")
		expect(await roo.taskCost.textContent()).toBe("$0.08")
		await roo.picture("after-reload")
	})
})
