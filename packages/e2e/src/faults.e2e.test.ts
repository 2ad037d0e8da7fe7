import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { extensionHosts } from "./extension-hosts"
import { fill } from "./fill"
import { anyFreePort } from "../../../scripts/lib/ports.mjs"
import { userAt } from "./user"
import type { Workbench } from "./workbench"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * What the user sees in the real VS Code after a fault, and that the next prompt is answered. The `faults` project tests
 * all faults, without VS Code. Each complete answer has 20,000 input and 2,000 output tokens of gpt-oss-120b in
 * us-east-1 on Standard ($0.15 and $0.60 per million): $0.003 + $0.0012 = $0.0042.
 */

const ANSWER = "Light is scattered by air, blue light more than red light, so the sky is blue."
/** The part of the answer that has arrived when the stream stalls. */
const PARTIAL_ANSWER = "Light is scattered by air, blue light more than"

const vscode = workbenchUnderTest({ answer: ANSWER, usage: { inputTokens: 20_000, outputTokens: 2_000 } })

const header = ({ view }: Workbench) => view.locator(".task-header").textContent()
const total = ({ view }: Workbench) => view.locator(".task-total").textContent()
const answers = ({ view }: Workbench) => view.getByRole("article", { name: "Answer" })
const question = ({ view }: Workbench, text: string) => view.getByRole("article", { name: "You" }).getByText(text)

/** Sends a prompt and expects a complete answer with a price, whatever happened before. */
async function expectAnswered(workbench: Workbench, text: string, totalAfter: string): Promise<void> {
	vscode.emulator.setScenario("served-as-asked")
	await userAt(workbench).send(text)
	await expect.poll(() => total(workbench)).toBe(totalAfter)
	const last = await answers(workbench).last().textContent()
	expect(last).toContain(ANSWER)
	expect(last).toContain("$0.0042 · Standard")
}

/** Expects one alert with this message, and no notification. */
async function expectFailure({ view, page }: Workbench, message: string): Promise<void> {
	await view.getByRole("alert").getByText(message, { exact: true }).waitFor()
	expect(await view.getByRole("alert").count()).toBe(1)
	expect(await page.locator(".notification-toast").allTextContents()).toEqual([])
}

const storedChats = () => {
	const folder = join(vscode.host.storageDir, "chats")
	return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))
}

test("VS Code restarts an extension host that is killed during an answer, and the view shows the partial answer", async () => {
	// VS Code keeps its messages about the terminated host.
	vscode.discardWindow()
	const { workbench, user } = vscode
	const { view, page } = workbench
	// The extension hosts of closed windows end after a short delay.
	await expect.poll(() => extensionHosts(vscode.host.pid)).toHaveLength(1)
	const [killed = NaN] = extensionHosts(vscode.host.pid)

	vscode.emulator.setScenario("stall")
	await user.send("Why is the sky blue?")
	await view.getByText(PARTIAL_ANSWER).waitFor()
	// The visible part of the answer is saved within a second.
	await expect.poll(() => storedChats().join()).toContain(PARTIAL_ANSWER)
	process.kill(killed, "SIGKILL")

	await page.getByText("The remote extension host terminated unexpectedly. Restarting...").waitFor()
	await view.getByText(/^Interrupted:/).waitFor()
	await question(workbench, "Why is the sky blue?").waitFor()
	expect(await answers(workbench).textContent()).toContain(PARTIAL_ANSWER)
	expect(await total(workbench)).toBe("not priced")
	expect(await header(workbench)).toContain("1 attempt brought no answer; whether it was billed is not known.")
	await workbench.screenshot("extension-host-killed")

	await expectAnswered(workbench, "Go on", "at least $0.0042")
	expect(await header(workbench)).toContain("1 attempt brought no answer; whether it was billed is not known.")
	const { messages } = JSON.parse(vscode.emulator.requests.at(-1)?.body ?? "") as { messages: unknown }
	expect(messages).toMatchObject([
		{ role: "user", content: [{ text: "Why is the sky blue?" }] },
		{ role: "assistant", content: [{ text: `${PARTIAL_ANSWER} ` }] },
		{ role: "user", content: [{ text: "Go on" }] },
	])
	expect(extensionHosts(vscode.host.pid)).not.toContain(killed)
	// VS Code's message about the terminated host names the extensions that ran in it.
	expect(workbench.ownErrors.filter(({ text }) => !text.includes("terminated unexpectedly"))).toEqual([])
})

test("a request over the quota shows one message and bills nothing; the next prompt is answered when quota is available", async () => {
	const { workbench, user } = vscode
	vscode.emulator.setScenario("throttled")
	await user.send("Is there room?")
	await expectFailure(
		workbench,
		"The account's quota for gpt-oss-120b is used up for the moment. All tiers share it, so wait a little and try again. AWS says: Too many tokens, please wait before trying again.",
	)
	await workbench.screenshot("throttled")
	expect(vscode.emulator.requests).toHaveLength(3)
	expect(await total(workbench)).toBe("$0.00")
	expect(await header(workbench)).toContain("3 attempts were refused; nothing was billed for them.")

	await expectAnswered(workbench, "And now?", "$0.0042")
	await question(workbench, "Is there room?").waitFor()
	expect(workbench.ownErrors).toEqual([])
})

test("a refused connection shows one message and sends nothing; the next prompt is answered at the corrected endpoint", async () => {
	const { workbench, user } = vscode
	const { view } = workbench
	const endpoint = view.getByRole("textbox", { name: "Endpoint" })
	await user.choose("Profile", "Amazon Bedrock")
	await user.openSettings()
	await user.choose("Credentials", "Bedrock API key")
	await fill(view.getByRole("textbox", { name: "API key", exact: true }), "any-key")
	await fill(endpoint, `http://127.0.0.1:${await anyFreePort()}`)
	await user.save()
	await user.openChat()
	await user.send("Is anybody there?")
	await expectFailure(
		workbench,
		"The connection to Bedrock failed (ECONNREFUSED). Check the network, the region and the endpoint.",
	)
	await workbench.screenshot("connection-refused")
	expect(await total(workbench)).toBe("$0.00")

	await user.openSettings()
	await fill(endpoint, vscode.emulator.url)
	await user.button("Save").click()
	await user.allow(`Bedrock API key → ${vscode.emulator.url}`)
	await view.getByText("Saved", { exact: true }).waitFor()
	await user.openChat()
	await expectAnswered(workbench, "And now?", "$0.0042")
	await question(workbench, "Is anybody there?").waitFor()
	expect(vscode.emulator.requests).toHaveLength(1)
	expect(workbench.ownErrors).toEqual([])
	await user.choose("Profile", "Local demo")
})
