import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * VS Code in German: what its parts say of the extension, what the extension's host says, what the view says. The words are read from
 * the files that are packaged, so that the test knows none of them. $0.0042 is 0,0042 $ in German.
 */

const ROOT = resolve(import.meta.dirname, "../../..")
const FILES = {
	manifest: "package.nls.de.json",
	host: "l10n/bundle.l10n.de.json",
	view: "webview-ui/src/locales/de.json",
}
const missing = Object.values(FILES).filter((path) => !existsSync(join(ROOT, path)))
const title = missing.length === 0 ? "In German" : `In German (skipped: no ${missing.join(", ")})`

type Words = { readonly [key: string]: string | Words }

/** The German word, which must be another than the English one: else nothing would be seen here. */
function german(file: keyof typeof FILES, ...path: string[]): string {
	const wordIn = (name: string) =>
		path.reduce<string | Words | undefined>(
			(words, key) => (typeof words === "object" ? words[key] : undefined),
			JSON.parse(readFileSync(join(ROOT, name), "utf8")) as Words,
		)
	const word = wordIn(FILES[file])
	if (typeof word !== "string") throw new Error(`${FILES[file]} has no ${path.join(".")}`)
	expect(word, "German and English").not.toBe(
		wordIn(FILES[file].replace(".de.json", ".json").replace("/de.", "/en.")),
	)
	return word
}

describe.skipIf(missing.length > 0)(title, () => {
	const vscode = workbenchUnderTest(
		{ answer: "Hallo vom Emulator.", usage: { inputTokens: 20_000, outputTokens: 2_000 } },
		{ opensItself: true, host: { language: "de" } },
	)

	test("the manifest, the host and the view speak it, numbers too", async () => {
		await vscode.open()
		const { workbench } = vscode
		const { page, view } = workbench

		// The view.
		await view.getByText(german("view", "chat", "empty"), { exact: true }).waitFor()
		expect(await view.locator("html").getAttribute("lang")).toBe("de")
		await view.getByRole("textbox", { name: german("view", "chat", "message"), exact: true }).fill("Hallo")
		await view.getByRole("button", { name: german("view", "chat", "send"), exact: true }).click()
		await view.getByText(/^0,0042\s\$ · /).waitFor()

		// VS Code, by the manifest.
		await workbench.titleButton(german("manifest", "command.history")).waitFor()
		await page.keyboard.press("F1")
		await page.locator(".quick-input-widget input[type='text']").fill(">Bedrock Tiers")
		const rows = page.locator(".quick-input-list .monaco-list-row")
		const command = `${german("manifest", "command.selectServiceTier")}`
		await rows.filter({ hasText: command }).first().click()

		// The host, in its own quick pick.
		const inPick = german("host", "{0} in, {1} out per million tokens.").replace("{0}", "").replace(/^\s*/, "")
		const [between = ""] = inPick.split("{1}")
		const priced = rows.filter({ hasText: between.trim() }).first()
		await priced.waitFor()
		expect(await priced.textContent()).toMatch(/0,15\s\$/)
		await workbench.screenshot("in-german")
		expect(workbench.ownErrors).toEqual([])
	})
})
