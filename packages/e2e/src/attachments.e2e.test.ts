import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { fill } from "./fill"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * Attachments of a prompt in the real VS Code: a pasted image, and the editor selection with its unsaved text.
 * Nova Pro on Flex: 20,000 input tokens at $0.40 and 2,000 output tokens at $1.60 per million cost
 * $0.008 + $0.0032 = $0.0112.
 */

const vscode = workbenchUnderTest({
	answer: "It is red.",
	usage: { inputTokens: 20_000, outputTokens: 2_000 },
})

/** A red image of 3 by 2 pixels. */
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

/** Opens README.md of the workspace, appends `text` without saving, and selects the whole file. */
async function selectInEditor(text: string): Promise<void> {
	const { keyboard } = vscode.workbench.page
	await vscode.workbench.page.keyboard.press("Control+P")
	const input = vscode.workbench.page.locator(".quick-input-widget input[type='text']")
	// An absolute path is found without a search, for which the oldest server has no ripgrep.
	await fill(input, join(vscode.host.workspaceDir, "README.md"))
	await vscode.workbench.page.locator(".quick-input-list .monaco-list-row").first().waitFor()
	await input.press("Enter")
	const editor = vscode.workbench.page.locator(".monaco-editor .view-lines").first()
	await editor.getByText("A workspace for tests").waitFor()
	await editor.click()
	await keyboard.press("Control+End")
	await keyboard.type(text)
	await keyboard.press("Control+A")
}

/** Width in pixels of the decoded image; 0 when it did not load. */
const loadedWidth = (selector: string) =>
	vscode.workbench.view.locator(selector).evaluate((image: HTMLImageElement) => image.naturalWidth)

/** Contents of all stored `window.json` files. A draft is stored a third of a second after the last keystroke. */
function storedWindowState(): string {
	const root = join(vscode.host.workspaceDir, "..", "user")
	return readdirSync(root, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith("window.json"))
		.map((name) => readFileSync(join(root, name), "utf8"))
		.join()
}

describe("Attachments of a prompt", () => {
	test("are saved with the draft, sent as content blocks, priced by the tier, and restored after a reload", async () => {
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
		await fill(workbench.view.getByRole("textbox", { name: "Message" }), "What colour is it?")
		await workbench.screenshot("attachments-draft")
		await expect.poll(storedWindowState).toContain("What colour is it?")

		// With an unsaved editor, VS Code would ask whether to leave the page.
		await workbench.closeEditors()
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

	test("Add selection shows a message when nothing is selected; Add file attaches an open file from the quick pick", async () => {
		const { user, workbench } = vscode
		await user.button("Add selection").click()
		await workbench.view.getByText("Nothing is selected in the editor.").waitFor()
		await selectInEditor("")
		await user.button("Add file").click()
		// The file of the active editor is the first item, so Enter selects it.
		await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "Another file…" }).waitFor()
		await workbench.page.keyboard.press("Enter")
		await user.button("Remove README.md").click()
		expect(workbench.ownErrors).toEqual([])
	})
})
