import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, test } from "vitest"
import { ownExtension } from "./extension-under-test"
import { fill } from "./fill"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * The extension in a German VS Code: manifest, extension host and view. The expected messages are read from the
 * packaged files, so that the test contains no translations. $0.0042 is formatted as 0,0042 $ in German.
 */

const ROOT = resolve(import.meta.dirname, "../../..")
const FILES = {
	manifest: "package.nls.de.json",
	host: "l10n/bundle.l10n.de.json",
	view: "webview-ui/src/locales/de.json",
}
const missing = Object.values(FILES).filter((path) => !existsSync(join(ROOT, path)))
const title = missing.length === 0 ? "German VS Code" : `German VS Code (skipped: no ${missing.join(", ")})`

type Messages = { readonly [key: string]: string | Messages }

function readMessage(name: string, path: readonly string[]): string {
	const message = path.reduce<string | Messages | undefined>(
		(messages, key) => (typeof messages === "object" ? messages[key] : undefined),
		JSON.parse(readFileSync(join(ROOT, name), "utf8")) as Messages,
	)
	if (typeof message !== "string") throw new Error(`${name} has no ${path.join(".")}`)
	return message
}

/** The German message. It must differ from the English one: otherwise, a missing translation would not be detected. */
function german(file: keyof typeof FILES, ...path: string[]): string {
	const english = FILES[file].replace(".de.json", ".json").replace("/de.", "/en.")
	const message = readMessage(FILES[file], path)
	expect(message, `${path.join(".")} in German and in English`).not.toBe(readMessage(english, path))
	return message
}

/** The title of the view is a name, which may be equal in both languages. */
const viewTitle = () => (missing.length === 0 ? readMessage(FILES.manifest, ["view.title"]) : "")

/** A pattern for the message, with its placeholders replaced by these regular expressions. */
function messagePattern(message: string, ...values: string[]): RegExp {
	const literal = message.replace(/[.*+?^$()|[\]\\]/g, "\\$&")
	return new RegExp(literal.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? ""))
}

describe.skipIf(missing.length > 0)(title, () => {
	const vscode = workbenchUnderTest(
		{ answer: "Hallo vom Emulator.", usage: { inputTokens: 20_000, outputTokens: 2_000 } },
		{ host: { language: "de", extension: { ...ownExtension, viewTitle: viewTitle() } } },
	)

	test("shows German messages and number formats in the manifest, the extension host and the view", async () => {
		const { workbench } = vscode
		const { page, view } = workbench

		// The view.
		await view.getByText(german("view", "chat", "empty"), { exact: true }).waitFor()
		expect(await view.locator("html").getAttribute("lang")).toBe("de")
		await fill(view.getByRole("textbox", { name: german("view", "chat", "message"), exact: true }), "Hallo")
		await view.getByRole("button", { name: german("view", "chat", "send"), exact: true }).click()
		await view
			.locator(".usage-badge")
			.filter({ hasText: /^0,0042\s\$ · / })
			.waitFor()

		// A failure, whose text is made in the view.
		vscode.emulator.setScenario("throttled")
		await fill(view.getByRole("textbox", { name: german("view", "chat", "message"), exact: true }), "Noch einmal")
		await view.getByRole("button", { name: german("view", "chat", "send"), exact: true }).click()
		const quota = readMessage("packages/error-details/locales/de.json", ["request.quota"])
		await view
			.getByRole("alert")
			.filter({ hasText: quota.replace("{model}", "gpt-oss-120b") })
			.waitFor()

		// VS Code's own UI, with titles from the manifest.
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

		// The quick pick of the extension host: gpt-oss-120b costs $0.15 and $0.60 per million on Standard.
		const price = german("host", "{0} in, {1} out per million tokens.")
		await rows.filter({ hasText: messagePattern(price, "0,15\\s\\$", "0,60\\s\\$") }).waitFor()
		await workbench.screenshot("in-german")
		expect(workbench.ownErrors).toEqual([])
	})
})
