import { execFileSync } from "node:child_process"
import { readdirSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import { expect, test } from "vitest"
import { openPromise } from "yauzl"
import { packTerminalCommand } from "../../../scripts/lib/pack-terminal.mjs"

/** The packages that users install are small, and contain exactly the files that they need. */

const ROOT = resolve(import.meta.dirname, "../../..")
const VSIX = join(ROOT, "dist/bedrock-tiers.vsix")
/** Locales other than English. */
const LOCALES = readdirSync(join(ROOT, "packages/error-details/locales")).map((name) => name.replace(".json", ""))

async function entryNames(file: string): Promise<string[]> {
	const zip = await openPromise(file)
	const names: string[] = []
	for await (const entry of zip.eachEntry()) names.push(entry.fileName)
	return names
}

/** The webview's modules, as the build splits them. The texts of each locale are two modules. */
const WEBVIEW_FILES = [
	"Attachments.js",
	"FailedAttempts.js",
	"FailureBlock.js",
	"HistoryView.js",
	"MarkdownText.js",
	"NumbersTable.js",
	"QuestionEditor.js",
	"SettingsView.js",
	"SpeedView.js",
	"StatusLine.js",
	"TaskUsageTables.js",
	"UsageDetails.js",
	"failure-title.js",
	"main.css",
	"main.js",
	"rolldown-runtime.js",
	"shared.js",
	"spread.js",
	"task-usage.js",
	...["en", ...LOCALES].flatMap((locale) => [`messages-${locale}-chat.js`, `messages-${locale}-pages.js`]),
]

const VSIX_FILES = [
	"[Content_Types].xml",
	"extension.vsixmanifest",
	...[
		"LICENSE.txt",
		"changelog.md",
		"package.json",
		"readme.md",
		"package.nls.json",
		...LOCALES.map((locale) => `package.nls.${locale.toLowerCase()}.json`),
		...["activity-bar.svg", "icon.png", "icon.svg", "screenshot.png"].map((name) => `media/${name}`),
		...["cost", "send", "sign-in", "tier"].map((step) => `media/walkthrough-${step}.svg`),
		"dist/THIRD_PARTY_NOTICES.md",
		"dist/bedrock.cjs",
		"dist/extension.js",
		"dist/price-list.cjs",
		"dist/workspace-tools.cjs",
		...LOCALES.map((locale) => `dist/l10n/bundle.l10n.${locale.toLowerCase()}.json`),
		...WEBVIEW_FILES.map((name) => `dist/webview/${name}`),
	].map((path) => `extension/${path}`),
]

test("the .vsix is under 2 MB", () => {
	expect(statSync(VSIX).size).toBeLessThan(2_000_000)
})

test("the .vsix contains exactly the extension, its bundles, the webview, texts, documents and licenses", async () => {
	expect((await entryNames(VSIX)).sort()).toEqual(VSIX_FILES.sort())
})

test("the npm package of the terminal command contains exactly its bundles and licenses", async () => {
	await packTerminalCommand({ log: () => undefined })
	const names = execFileSync("tar", ["-tzf", join(ROOT, "dist/bedrock-tiers-terminal.tgz")], { encoding: "utf8" })
	expect(names.trim().split("\n").sort()).toEqual([
		"package/LICENSE",
		"package/dist/THIRD_PARTY_NOTICES.md",
		"package/dist/bedrock.cjs",
		"package/dist/cli.js",
		"package/dist/price-list.cjs",
		"package/dist/roo-patch.cjs",
		"package/dist/roo-payload.json",
		"package/package.json",
	])
})
