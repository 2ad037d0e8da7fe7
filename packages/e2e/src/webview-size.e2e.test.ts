import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { expect, test } from "vitest"
import { firstLoad, importedAtOnce } from "./built-view"

/** What the view loads before it can be used: main.js, what that imports at once, its words and its styles. The rest comes later. */

const WEBVIEW = resolve(import.meta.dirname, "../../../dist/webview")
const KB = 1_024
const LANGUAGES = readdirSync(WEBVIEW).flatMap((name) => /^messages-(.*)-chat\.js$/.exec(name)?.[1] ?? [])

test("the first load is under 150 KB gzipped, in the language with the longest words too", () => {
	expect(LANGUAGES).toHaveLength(18)
	const totals = LANGUAGES.map((language) => {
		const files = firstLoad(language)
		return { files, total: files.reduce((sum, { bytes }) => sum + bytes, 0) }
	})
	const most = totals.reduce((one, other) => (one.total > other.total ? one : other))
	expect(most.total / KB, most.files.map(({ name, bytes }) => `${name} ${bytes}`).join(", ")).toBeLessThan(150)
})

test("Markdown, the settings, the history, the usage and the plots are not in it, and come from beside it", () => {
	const first = importedAtOnce("main.js")
	for (const name of ["MarkdownText.js", "SettingsView.js", "HistoryView.js", "TaskUsageTables.js", "SpeedView.js"]) {
		expect(readdirSync(WEBVIEW)).toContain(name)
		expect(first).not.toContain(name)
		expect(readFileSync(join(WEBVIEW, "main.js"), "utf8")).toContain(`import(\`./${name}\`)`)
	}
})
