import { readdirSync, readFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { extensionHosts } from "./extension-hosts"
import { userAt } from "./user"
import type { Workbench } from "./workbench"
import { openWorkbench } from "./vscode-host"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * What the person sees in the real VS Code when something breaks, and that the next question works. All faults are in the suite of
 * `npm run test:faults`, without VS Code. Each whole answer is 20,000 tokens in and 2,000 out, of gpt-oss-120b in us-east-1 on
 * Standard ($0.15 and $0.60 per million): $0.003 + $0.0012 = $0.0042.
 */

const ANSWER = "Light is scattered by air, blue light more than red light, so the sky is blue."
/** What has come of it when the stream falls silent. */
const HALF = "Light is scattered by air, blue light more than"

const vscode = workbenchUnderTest({ answer: ANSWER, usage: { inputTokens: 20_000, outputTokens: 2_000 } })

/** The shortest patience is a minute: it runs in a VS Code of its own while the other tests do. */
let silent: Workbench
beforeAll(async () => {
	silent = await openWorkbench({ emulator: vscode.emulator })
	const user = userAt(silent)
	await user.openSettings()
	await silent.view.getByText("Answer", { exact: true }).click()
	await silent.view.getByRole("textbox", { name: "Patience (minutes)" }).fill("1")
	await user.save()
	await user.openChat()
	vscode.emulator.setScenario("stall")
	await user.send("Slowly")
	await silent.view.getByText(HALF).waitFor()
})
afterAll(() => silent?.close())

const header = ({ view }: Workbench) => view.locator(".task-header").textContent()
const total = ({ view }: Workbench) => view.locator(".task-total").textContent()
const answers = ({ view }: Workbench) => view.getByRole("article", { name: "Answer" })
const question = ({ view }: Workbench, text: string) => view.getByRole("article", { name: "You" }).getByText(text)

/** A question that is answered and priced, whatever came before it. */
async function expectAnswered(workbench: Workbench, text: string, totalAfter: string): Promise<void> {
	vscode.emulator.setScenario("served-as-asked")
	await userAt(workbench).send(text)
	await expect.poll(() => total(workbench)).toBe(totalAfter)
	const last = await answers(workbench).last().textContent()
	expect(last).toContain(ANSWER)
	expect(last).toContain("$0.0042 · Standard")
}

/** One message, and nothing beside it. */
async function expectFailure({ view, page }: Workbench, title: string, sentence: string): Promise<void> {
	await view.getByRole("alert").getByText(title, { exact: true }).waitFor()
	expect(await view.getByRole("alert").count()).toBe(1)
	expect(await view.getByRole("alert").getByText(sentence, { exact: true }).count()).toBe(1)
	expect(await page.locator(".notification-toast").allTextContents()).toEqual([])
}

const keptChats = () => {
	const folder = join(vscode.host.storageDir, "chats")
	return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))
}

test("the extension host is killed in mid-answer: VS Code starts it again, and the view comes back with what had come", async () => {
	const { workbench, user } = vscode
	const { view, page } = workbench
	// Those of windows that were closed go soon.
	await expect.poll(() => extensionHosts(vscode.host.pid)).toHaveLength(1)
	const [killed = NaN] = extensionHosts(vscode.host.pid)

	vscode.emulator.setScenario("stall")
	await user.send("Why is the sky blue?")
	await view.getByText(HALF).waitFor()
	// Within a second, what is seen is kept.
	await expect.poll(() => keptChats().join()).toContain(HALF)
	process.kill(killed, "SIGKILL")

	await page.getByText("The remote extension host terminated unexpectedly. Restarting...").waitFor()
	await view.getByText(/^Interrupted:/).waitFor()
	await question(workbench, "Why is the sky blue?").waitFor()
	expect(await answers(workbench).textContent()).toContain(HALF)
	expect(await total(workbench)).toBe("not priced")
	expect(await header(workbench)).toContain("1 attempt brought no answer; whether it was billed is not known.")
	await workbench.screenshot("extension-host-killed")

	await expectAnswered(workbench, "Go on", "at least $0.0042")
	expect(await header(workbench)).toContain("1 attempt brought no answer; whether it was billed is not known.")
	const { messages } = JSON.parse(vscode.emulator.requests.at(-1)?.body ?? "") as { messages: unknown }
	expect(messages).toMatchObject([
		{ role: "user", content: [{ text: "Why is the sky blue?" }] },
		{ role: "assistant", content: [{ text: `${HALF} ` }] },
		{ role: "user", content: [{ text: "Go on" }] },
	])
	expect(extensionHosts(vscode.host.pid)).not.toContain(killed)
	// VS Code names the extensions that ran in the host that ended.
	expect(workbench.ownErrors.filter(({ text }) => !text.includes("terminated unexpectedly"))).toEqual([])
})

test("a quota that is used up: one message, nothing billed, and the next question works when there is room again", async () => {
	const { workbench, user } = vscode
	vscode.emulator.setScenario("throttled")
	await user.send("Is there room?")
	await expectFailure(
		workbench,
		"The account's quota is used up for the moment; all tiers share it.",
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

test("a connection that is refused: one message, nothing sent, and the next question works at the right endpoint", async () => {
	const { workbench, user } = vscode
	const { view } = workbench
	const endpoint = view.getByRole("textbox", { name: "Endpoint" })
	await user.choose("Profile", "Amazon Bedrock")
	await user.openSettings()
	await user.choose("Credentials", "Bedrock API key")
	await view.getByRole("textbox", { name: "API key", exact: true }).fill("any-key")
	await endpoint.fill(await nobody())
	await user.save()
	await user.openChat()
	await user.send("Is anybody there?")
	await expectFailure(
		workbench,
		"There is no connection to Bedrock.",
		"The connection to Bedrock failed (ECONNREFUSED). Check the network, the region and the endpoint.",
	)
	await workbench.screenshot("connection-refused")
	expect(await total(workbench)).toBe("$0.00")

	await user.openSettings()
	await endpoint.fill(vscode.emulator.url)
	await user.save()
	await user.openChat()
	await expectAnswered(workbench, "And now?", "$0.0042")
	await question(workbench, "Is anybody there?").waitFor()
	expect(vscode.emulator.requests).toHaveLength(1)
	expect(workbench.ownErrors).toEqual([])
})

test("silence in mid-answer, longer than the patience in the settings: what had come stays, its cost is not known", async () => {
	await silent.view.getByRole("alert").waitFor({ timeout: 90_000 })
	await expectFailure(
		silent,
		"No answer came in time.",
		"Bedrock said nothing for 60 seconds, so the request was given up. Try again.",
	)
	await question(silent, "Slowly").waitFor()
	const answer = await answers(silent).textContent()
	expect(answer).toContain(HALF)
	expect(answer).toContain("not priced: AWS reported no usage")
	expect(await total(silent)).toBe("not priced")
	expect(await header(silent)).toContain("1 request has no full price.")
	await silent.screenshot("silence-in-mid-answer")

	await expectAnswered(silent, "Go on", "at least $0.0042")
	expect(await header(silent)).toContain("1 request has no full price.")
	expect(silent.ownErrors).toEqual([])
})

/** An address on this machine where nobody listens any more. */
async function nobody(): Promise<string> {
	const server = createServer()
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
	const { port } = server.address() as AddressInfo
	await new Promise((resolve) => server.close(resolve))
	return `http://127.0.0.1:${port}`
}
