import { readFileSync } from "node:fs"
import type { Plugin } from "vite"

/** What only the settings and the history say. A test finds what the chat says too. */
export const PAGE_MESSAGES: readonly string[] = [
	"answerSection",
	"answerSummary",
	"apiField",
	"background",
	"caching",
	"combobox",
	"connectionTest",
	"credentials",
	"history",
	"lastTask",
	"modelPicker",
	"number",
	"prices",
	"pricesSection",
	"priorityWord",
	"profiles",
	"refusal",
	"routeField",
	"section",
	"sentence",
	"settings",
	"speed",
	"standsFor",
	"thinking",
	"tierFallback",
	"tierField",
	"transfer",
]

/** A file of words, imported with "?chat" or "?pages", is one of two parts, so that the chat waits for its own words only. */
export function splitLocales(): Plugin {
	return {
		name: "split-locales",
		enforce: "pre",
		load(id) {
			const [, file, part] = /^(.*\/locales\/[\w-]+\.json)\?(chat|pages)$/.exec(id) ?? []
			if (!file) return null
			this.addWatchFile(file)
			const words = Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>)
			const chosen = words.filter(([key]) => PAGE_MESSAGES.includes(key) === (part === "pages"))
			return `export default ${JSON.stringify(Object.fromEntries(chosen))}`
		},
	}
}
