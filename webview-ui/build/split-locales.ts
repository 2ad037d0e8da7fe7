import { readFileSync } from "node:fs"
import type { Plugin } from "vite"
import type en from "../src/locales/en.json"

/** Message groups that the chat does not use. `split-locales.browser.test.tsx` fails if the chat uses one. */
const PAGE_MESSAGES: readonly (keyof typeof en)[] = [
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

/** Splits a locale file, imported with `?chat` or `?pages`, in two, so that the chat loads only its own messages. */
export function splitLocales(): Plugin {
	return {
		name: "split-locales",
		enforce: "pre",
		load(id) {
			const [, file, part] = /^(.*\/locales\/[\w-]+\.json)\?(chat|pages)$/.exec(id) ?? []
			if (!file) return null
			this.addWatchFile(file)
			const entries = Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>)
			const pageMessages = new Set<string>(PAGE_MESSAGES)
			const selected = entries.filter(([key]) => pageMessages.has(key) === (part === "pages"))
			return `export default ${JSON.stringify(Object.fromEntries(selected))}`
		},
	}
}
