import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"

/** What the view loads before it can be used: main.js, what that imports at once, its words and its styles. The rest comes later. */

const WEBVIEW = resolve(import.meta.dirname, "../../../dist/webview")
const KB = 1_024

const gzipped = (name: string) => gzipSync(readFileSync(join(WEBVIEW, name)), { level: 9 }).length

/** The file and all that it imports statically, once each. */
function loadedWith(name: string, seen = new Set<string>()): Set<string> {
	if (seen.has(name)) return seen
	seen.add(name)
	const code = readFileSync(join(WEBVIEW, name), "utf8")
	for (const [, imported] of code.matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g)) loadedWith(imported ?? "", seen)
	return seen
}

test("the first load is under 150 KB gzipped", () => {
	// In the language that has the longest words.
	const words = readdirSync(WEBVIEW).filter((name) => /^words-.*-chat\.js$/.test(name))
	const [longest = ""] = words.toSorted((one, other) => gzipped(other) - gzipped(one))
	const names = [...loadedWith("main.js"), "main.css", longest]
	const sizes = names.map((name) => gzipped(name))
	const total = sizes.reduce((sum, size) => sum + size, 0)
	expect(total / KB, names.map((name, index) => `${name} ${sizes[index]}`).join(", ")).toBeLessThan(150)
})

test("Markdown, the settings, the history, the usage and the plots are not in it, and come from beside it", () => {
	const first = loadedWith("main.js")
	for (const name of ["MarkdownText.js", "SettingsView.js", "HistoryView.js", "TaskUsageTables.js", "SpeedView.js"]) {
		expect(readdirSync(WEBVIEW)).toContain(name)
		expect(first).not.toContain(name)
		expect(readFileSync(join(WEBVIEW, "main.js"), "utf8")).toContain(`import(\`./${name}\`)`)
	}
})
