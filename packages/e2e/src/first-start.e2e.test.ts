import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { fill } from "./fill"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * First use of the extension on a machine without a demo profile and without AWS settings. Every request reports 27,200
 * input and 200 output tokens of gpt-oss-120b in us-east-1: on Standard ($0.15 and $0.60 per million)
 * $0.00408 + $0.00012 = $0.0042, on Flex half of that, $0.0021. The emulator takes as long as 200 tokens take.
 */

const KEY = "canary-of-an-api-key-5d1f"
const ANSWER =
	"One of the three tiers is chosen for each request, and the answer says which one has served it. ".repeat(3)

const vscode = workbenchUnderTest(
	{ answer: ANSWER, usage: { inputTokens: 27_200, outputTokens: 200 }, pace: "real" },
	{ demo: false, window: { closed: true, viewport: { width: 1700, height: 900 } } },
)

const bearer = () => vscode.emulator.requests.map(({ headers }) => headers["authorization"])
const statusBar = () => vscode.workbench.page.locator("#bedrock-tiers\\.bedrock-tiers\\.bedrock-tiers\\.status")

/** Paths of the files below a folder that contain the text. */
function filesWith(text: string, folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name))
		.filter((path) => readFileSync(path).includes(text))
}

/**
 * Records the length of the displayed answer each time it changes.
 * @returns a function that reads the recorded lengths
 */
async function watchAnswer(): Promise<() => Promise<number[]>> {
	const body = vscode.workbench.view.locator("body")
	await body.evaluate((element) => {
		const lengths = new Set<number>()
		const record = () => {
			const answer = [...element.querySelectorAll("article .markdown")].at(-1)
			if (answer?.textContent) element.dataset["lengths"] = [...lengths.add(answer.textContent.length)].join(" ")
		}
		new MutationObserver(record).observe(element, { childList: true, characterData: true, subtree: true })
	})
	return async () => ((await body.getAttribute("data-lengths")) ?? "").split(" ").map(Number)
}

test("a new user opens the view and the walkthrough, saves an API key and an endpoint, tests the connection and gets an answer; no file contains the key", async () => {
	const { workbench, user } = vscode
	const { view, page } = workbench
	expect(await statusBar().count()).toBe(0)
	await workbench.openView()
	await view.getByText("Each answer shows which service tier served it and what it cost.").waitFor()
	await view.getByText("gpt-oss-120b · us-east-1 · asks for Standard", { exact: true }).waitFor()
	await expect.poll(async () => statusBar().textContent()).toContain("gpt-oss-120b · Standard")
	await workbench.screenshot("first-look")

	await workbench.runCommand("Bedrock Tiers: Get Started")
	const walkthrough = page.locator(".gettingStartedContainer")
	for (const step of [
		"Choose how to sign in",
		"Choose a model and a service tier",
		"Send a message",
		"Read what it cost",
	])
		await walkthrough.getByText(step, { exact: true }).first().waitFor()
	await workbench.screenshot("walkthrough")
	await walkthrough.getByRole("button", { name: "Open Settings" }).first().click()

	await user.choose("Credentials", "Bedrock API key")
	await view.getByText("No key is stored yet.").waitFor()
	await fill(view.getByRole("textbox", { name: "API key", exact: true }), KEY)
	await fill(view.getByRole("textbox", { name: "Endpoint" }), vscode.emulator.url)
	expect(await user.button("Test connection (billed)").isDisabled()).toBe(true)
	await user.save()
	await view.getByText("A key is stored.").waitFor()
	await user.button("Test connection (billed)").click()
	await view.getByText("Bedrock answered: $0.0042 · Standard", { exact: true }).waitFor()
	await workbench.screenshot("first-connection")

	await user.openChat()
	const lengths = await watchAnswer()
	await user.send("What are tiers?")
	await user.button("Stop").waitFor()
	await user.badge("$0.0042 · Standard").waitFor()
	expect((await lengths()).length, "the answer was seen to grow").toBeGreaterThan(3)
	expect(await view.getByRole("article").last().textContent()).toContain(ANSWER.trim())
	expect(await view.locator(".task-total").textContent()).toBe("$0.0042")
	await expect.poll(async () => statusBar().textContent()).toContain("gpt-oss-120b · Standard · $0.0042")
	expect(bearer()).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`])
	await workbench.screenshot("first-answer")

	await workbench.reload()
	await user.openSettings()
	await view.getByText("A key is stored.").waitFor()
	expect(await view.locator("html").innerHTML()).not.toContain(KEY)
	// The searched folder contains the settings file: the endpoint is found in it, and the key is not.
	expect(filesWith(vscode.emulator.url, vscode.host.dataDir)).toContain(join(vscode.host.storageDir, "settings.json"))
	expect(filesWith(KEY, vscode.host.dataDir)).toEqual([])
	expect(workbench.ownErrors).toEqual([])
})

test("Roo Code settings are selected, previewed and imported; the imported FLEX profile sends Flex with its API key", async () => {
	const bedrock = {
		apiProvider: "bedrock",
		apiModelId: "openai.gpt-oss-120b-1:0",
		awsRegion: "us-east-1",
		awsUseApiKey: true,
		awsApiKey: KEY,
		awsBedrockEndpointEnabled: true,
		awsBedrockEndpoint: vscode.emulator.url,
	}
	const file = {
		providerProfiles: {
			currentApiConfigName: "cheap",
			apiConfigs: {
				cheap: { id: "a1", ...bedrock, awsBedrockServiceTier: "FLEX" },
				quick: { id: "b2", ...bedrock, awsBedrockServiceTier: "PRIORITY" },
				elsewhere: { id: "c3", apiProvider: "openrouter", openRouterApiKey: "not ours" },
			},
		},
		globalSettings: {},
	}
	const { workbench, user } = vscode
	const { view, page } = workbench
	await workbench.openView()
	const path = join(vscode.host.workspaceDir, "roo-code-settings.json")
	writeFileSync(path, JSON.stringify(file))
	await workbench.runCommand("Bedrock Tiers: Import Roo Code Settings…")
	const dialog = page.locator(".quick-input-widget")
	await expect.poll(async () => dialog.locator("input").first().inputValue()).toContain(vscode.host.workspaceDir)
	await dialog.locator("input").first().fill(path)
	await dialog.getByRole("button", { name: "OK" }).click()

	await view.getByRole("heading", { name: "In roo-code-settings.json" }).waitFor()
	expect(await user.checkbox("cheap").isChecked()).toBe(true)
	await view.getByText("openai.gpt-oss-120b-1:0 · us-east-1 · Flex · Bedrock API key · with its keys").waitFor()
	await view.getByText("openai.gpt-oss-120b-1:0 · us-east-1 · Priority · Bedrock API key · with its keys").waitFor()
	await view.getByText("1 profile is left out").click()
	await view.getByText("elsewhere: It is for another provider: openrouter.").waitFor()
	await workbench.screenshot("roo-code-preview")
	expect(await view.locator("html").innerHTML()).not.toContain(KEY)
	await user.button("Add 2 profiles").click()
	await expect.poll(async () => view.getByRole("heading", { name: "In roo-code-settings.json" }).count()).toBe(0)

	await user.openChat()
	await user.choose("Profile", "cheap")
	await view.getByText("gpt-oss-120b · us-east-1 · asks for Flex", { exact: true }).waitFor()
	await user.send("Hello")
	await user.badge("$0.0021 · Flex").waitFor()
	expect(bearer()).toEqual([`Bearer ${KEY}`])
	const sent = JSON.parse(vscode.emulator.requests[0]?.body ?? "") as { serviceTier?: unknown }
	expect(sent.serviceTier).toEqual({ type: "flex" })
	// Only the user's own file, which was imported, contains the key.
	expect(filesWith(KEY, vscode.host.dataDir)).toEqual([path])
	expect(workbench.ownErrors).toEqual([])
})
