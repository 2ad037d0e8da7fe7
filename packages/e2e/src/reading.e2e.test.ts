import { describe, expect, test } from "vitest"
import { fill } from "./fill"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * Answers as a user reads and edits them. Each request reports 20,000 input and 2,000 output tokens of gpt-oss-120b in
 * us-east-1 on Flex ($0.075 and $0.30 per million): $0.0015 + $0.0006 = $0.0021.
 */

const ANSWER = `It is **half** the price:

| tier | USD |
|:--|--:|
| Flex | 0.075 |

\`\`\`ts
const tier = "flex"
\`\`\`

<script>document.body.dataset.attacked = "yes"</script>
<img src="https://remote.example/x.png" onerror="document.body.dataset.attacked = 'yes'">

![a picture](https://remote.example/picture.png) [run](javascript:document.body.dataset.attacked='yes') [quit](command:workbench.action.quit) [AWS](https://aws.amazon.com/bedrock/)`

const vscode = workbenchUnderTest({
	answer: ANSWER,
	usage: { inputTokens: 20_000, outputTokens: 2_000 },
})

describe("An answer", () => {
	test("is rendered as Markdown under the content security policy, and none of its scripts or images is run or fetched", async () => {
		const requestedUrls: string[] = []
		vscode.workbench.page.on("request", (request) => requestedUrls.push(request.url()))
		await vscode.user.send("What is Flex?")
		const { view } = vscode.workbench
		await view.locator("strong", { hasText: "half" }).waitFor()
		await view.getByRole("cell", { name: "0.075" }).waitFor()
		await view.getByRole("group", { name: "ts", exact: true }).waitFor()
		await view.getByRole("link", { name: "Image: a picture" }).waitFor()
		await view.getByText("quit (command:workbench.action.quit)").waitFor()
		await vscode.workbench.screenshot("answer-in-markdown")
		expect(await view.locator("article img, article script, article iframe").count()).toBe(0)
		expect(await view.locator("body").getAttribute("data-attacked")).toBeNull()
		expect(requestedUrls.filter((url) => url.includes("remote.example"))).toEqual([])
		expect(
			await view.locator("article a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
		).toEqual(["https://remote.example/picture.png", "https://aws.amazon.com/bedrock/"])
		expect(vscode.workbench.ownErrors).toEqual([])
	})

	test("is replaced when its prompt is edited, and the cost of the replaced answer stays in the total", async () => {
		await vscode.user.chooseTier("Flex")
		await vscode.user.send("What is Flex?")
		await expect.poll(async () => vscode.user.taskCost().textContent()).toContain("$0.0021")
		await vscode.user.button("Edit the question").click()
		const question = vscode.workbench.view.getByRole("textbox", { name: "The question in other words" })
		await fill(question, "What is Priority?")
		await vscode.user.button("Ask this instead").click()
		await expect.poll(async () => vscode.user.taskCost().textContent()).toContain("$0.0042")
		await vscode.workbench.view.getByText("What is Priority?").first().waitFor()
		expect(await vscode.workbench.view.getByRole("article").count()).toBe(2)
		await vscode.user.button("Answer again").click()
		await expect.poll(async () => vscode.user.taskCost().textContent()).toContain("$0.0063")
		await vscode.workbench.view.getByText("Of it for answers that were replaced: $0.0042").waitFor()
		expect(await vscode.user.taskCost().textContent()).toContain("$0.0063")
		expect(vscode.emulator.requests.at(-1)?.body).not.toContain("What is Flex?")
		expect(vscode.workbench.ownErrors).toEqual([])
	})
})
