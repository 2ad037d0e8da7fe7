import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { expect, test } from "vitest"
import { initialLoadFiles, staticImports } from "./built-view"

/** The initial load of the webview: main.js, its static imports, messages and styles. Other files load on demand. */

const WEBVIEW = resolve(import.meta.dirname, "../../../dist/webview")
const KB = 1_024
const LANGUAGES = readdirSync(WEBVIEW).flatMap((name) => /^messages-(.*)-chat\.js$/.exec(name)?.[1] ?? [])

test("the initial load is under 155 KB gzipped in all 18 languages", () => {
	expect(LANGUAGES).toHaveLength(18)
	const totals = LANGUAGES.map((language) => {
		const files = initialLoadFiles(language)
		return { files, total: files.reduce((sum, { bytes }) => sum + bytes, 0) }
	})
	const largest = totals.reduce((one, other) => (one.total > other.total ? one : other))
	expect(largest.total / KB, largest.files.map(({ name, bytes }) => `${name} ${bytes}`).join(", ")).toBeLessThan(155)
})

test("the initial load excludes Markdown, settings, history, usage and plots, which main.js imports dynamically", () => {
	const initial = staticImports("main.js")
	for (const name of ["MarkdownText.js", "SettingsView.js", "HistoryView.js", "TaskUsageTables.js", "SpeedView.js"]) {
		expect(readdirSync(WEBVIEW)).toContain(name)
		expect(initial).not.toContain(name)
		expect(readFileSync(join(WEBVIEW, "main.js"), "utf8")).toContain(`import(\`./${name}\`)`)
	}
})
