import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * What goes into a question besides words, in the real VS Code: an image that is pasted, and what is selected in the editor, as
 * it stands there. Nova Pro on Flex: 20,000 tokens in at $0.40 and 2,000 out at $1.60 a million are $0.008 + $0.0032 = $0.0112.
 */

const vscode = workbenchUnderTest({
	answer: "It is red.",
	usage: { inputTokens: 20_000, outputTokens: 2_000 },
})

/** 3 by 2 pixels, all red. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AAQQxwFgBB0gX7h/C5SAAAAABJRU5ErkJggg=="

async function pasteImage(): Promise<void> {
	await vscode.workbench.view.locator(".composer vscode-text-area").evaluate((box: HTMLElement, base64) => {
		const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
		const clipboardData = new DataTransfer()
		clipboardData.items.add(new File([bytes], "image.png", { type: "image/png" }))
		const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true })
		box.shadowRoot?.querySelector("textarea")?.dispatchEvent(event)
	}, PNG)
}

/** Opens the file of the workspace, writes at its end without saving, and selects all of it. */
async function selectInEditor(more: string): Promise<void> {
	const { keyboard } = vscode.workbench.page
	await vscode.workbench.page.keyboard.press("Control+P")
	const input = vscode.workbench.page.locator(".quick-input-widget input[type='text']")
	await input.fill("README.md")
	await vscode.workbench.page.locator(".quick-input-list .monaco-list-row").first().waitFor()
	await input.press("Enter")
	const editor = vscode.workbench.page.locator(".monaco-editor .view-lines").first()
	await editor.getByText("A workspace for tests").waitFor()
	await editor.click()
	await keyboard.press("Control+End")
	await keyboard.type(more)
	await keyboard.press("Control+A")
}

/** The width in pixels that the page has really got of the image; 0 = nothing came. */
const loadedWidth = (selector: string) =>
	vscode.workbench.view.locator(selector).evaluate((image: HTMLImageElement) => image.naturalWidth)

/** What the extension remembers of its windows; a draft is there a third of a second after its last letter. */
function keptOfWindows(): string {
	const root = join(vscode.host.workspaceDir, "..", "user")
	return readdirSync(root, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith("window.json"))
		.map((name) => readFileSync(join(root, name), "utf8"))
		.join()
}

describe("An image and a selection", () => {
	test("are kept with the draft, sent as blocks, priced by the tier, and shown again after a reload", async () => {
		const { user, workbench, emulator } = vscode
		await user.openSettings()
		await user.chooseModel("nova pro")
		await user.choose("Service tier", "Flex")
		await user.save()
		await user.button("Chat").click()

		await selectInEditor("Unsaved.")
		await workbench.runCommand("Bedrock Tiers: Add Selection to the Question")
		await user.button("Remove README.md:1-2").waitFor()
		await pasteImage()
		await user.button("Remove image.png").waitFor()
		await expect.poll(() => loadedWidth(".chip-image")).toBe(3)
		await workbench.view.getByRole("textbox", { name: "Message" }).fill("What colour is it?")
		await workbench.screenshot("attachments-draft")
		await expect.poll(keptOfWindows).toContain("What colour is it?")

		await workbench.reload()
		await user.button("Remove README.md:1-2").waitFor()
		await expect.poll(() => loadedWidth(".chip-image")).toBe(3)
		await user.button("Send").click()
		await expect.poll(async () => user.taskCost().textContent()).toContain("$0.0112")
		const [request] = emulator.requests
		expect(request?.requestedTier).toBe("flex")
		const body = JSON.parse(request?.body ?? "{}") as { messages: unknown[] }
		expect(body.messages).toEqual([
			{
				role: "user",
				content: [
					{
						text: "From README.md, lines 1 to 2:\n\n```md\n# A workspace for tests\nUnsaved.\n```",
					},
					{ image: { format: "png", source: { bytes: PNG } } },
					{ text: "What colour is it?" },
				],
			},
		])

		await workbench.reload()
		await expect.poll(() => loadedWidth(".thumbnail")).toBe(3)
		await workbench.view.getByRole("article", { name: "You" }).getByText("README.md:1-2").click()
		await workbench.view.getByText("Unsaved.").waitFor()
		await user.button("Show image.png larger").click()
		await workbench.view.getByRole("dialog", { name: "image.png" }).waitFor()
		await workbench.screenshot("attachments-sent")
		expect(workbench.ownErrors).toEqual([])
	})

	test("without a selection, the person is told; a file that is open is chosen from a list", async () => {
		const { user, workbench } = vscode
		await user.button("Add selection").click()
		await workbench.view.getByText("Nothing is selected in the editor.").waitFor()
		await selectInEditor("")
		await user.button("Add file").click()
		// The one in front is the first, and chosen with Enter.
		await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "Another file…" }).waitFor()
		await workbench.page.keyboard.press("Enter")
		await user.button("Remove README.md").waitFor()
		expect(workbench.ownErrors).toEqual([])
	})
})
