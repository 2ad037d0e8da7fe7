import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, test } from "vitest"
import { ownExtension } from "./extension-under-test"
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

function wordIn(name: string, path: readonly string[]): string {
	const word = path.reduce<string | Words | undefined>(
		(words, key) => (typeof words === "object" ? words[key] : undefined),
		JSON.parse(readFileSync(join(ROOT, name), "utf8")) as Words,
	)
	if (typeof word !== "string") throw new Error(`${name} has no ${path.join(".")}`)
	return word
}

/** The German word, which must be another than the English one: else nothing would be seen here. */
function german(file: keyof typeof FILES, ...path: string[]): string {
	const english = FILES[file].replace(".de.json", ".json").replace("/de.", "/en.")
	const word = wordIn(FILES[file], path)
	expect(word, `${path.join(".")} in German and in English`).not.toBe(wordIn(english, path))
	return word
}

/** A name, which may be the same in both. */
const viewTitle = () => (missing.length === 0 ? wordIn(FILES.manifest, ["view.title"]) : "")

/** The sentence with these expressions in its places. */
function sentence(words: string, ...values: string[]): RegExp {
	const literal = words.replace(/[.*+?^$()|[\]\\]/g, "\\$&")
	return new RegExp(literal.replace(/\{(\d)\}/g, (_, place: string) => values[Number(place)] ?? ""))
}

describe.skipIf(missing.length > 0)(title, () => {
	const vscode = workbenchUnderTest(
		{ answer: "Hallo vom Emulator.", usage: { inputTokens: 20_000, outputTokens: 2_000 } },
		{ opensItself: true, host: { language: "de", extension: { ...ownExtension, viewTitle: viewTitle() } } },
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
		await view
			.locator(".usage-badge")
			.filter({ hasText: /^0,0042\s\$ · / })
			.waitFor()

		// VS Code, by the manifest.
		await workbench.titleButton(german("manifest", "command.history")).waitFor()
		await page.keyboard.press("F1")
		await page
			.locator(".quick-input-widget input[type='text']")
			.fill(`>${german("manifest", "command.selectServiceTier")}`)
		const rows = page.locator(".quick-input-list .monaco-list-row")
		await rows
			.filter({ hasText: german("manifest", "command.selectServiceTier") })
			.first()
			.click()

		// The host, in its own quick pick: gpt-oss-120b costs $0.15 and $0.60 per million on Standard.
		const price = german("host", "{0} in, {1} out per million tokens.")
		await rows.filter({ hasText: sentence(price, "0,15\\s\\$", "0,60\\s\\$") }).waitFor()
		await workbench.screenshot("in-german")
		expect(workbench.ownErrors).toEqual([])
	})
})
