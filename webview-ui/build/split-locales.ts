import { existsSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import type { Plugin } from "vite"
// A relative path, because Vite bundles it into the configuration.
import { englishDetails } from "../../packages/error-details/src/english.ts"
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
	"settings",
	"speed",
	"standsFor",
	"thinking",
	"tierFallback",
	"tierField",
	"transfer",
]

const DETAILS_FOLDER = join(import.meta.dirname, "../../packages/error-details/locales")
/** Error details that only the extension host shows. */
const HOST_DETAILS = /^(price-list|storage)\./

type Texts = Readonly<Record<string, unknown>>
const readJson = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Texts
const filtered = (texts: Texts, keep: (key: string) => boolean) =>
	Object.fromEntries(Object.entries(texts).filter(([key]) => keep(key)))

/**
 * Splits a locale file, imported with `?chat` or `?pages`, in two, so that the chat loads only its own messages. The
 * texts of error details are in the second part: failures in the chat wait for it.
 */
export function splitLocales(): Plugin {
	return {
		name: "split-locales",
		enforce: "pre",
		load(id) {
			const [, file, part] = /^(.*\/locales\/[\w-]+\.json)\?(chat|pages)$/.exec(id) ?? []
			if (!file) return null
			this.addWatchFile(file)
			const pageMessages = new Set<string>(PAGE_MESSAGES)
			const selected = filtered(readJson(file), (key) => pageMessages.has(key) === (part === "pages"))
			if (part === "chat") return `export default ${JSON.stringify(selected)}`
			const detailsFile = join(DETAILS_FOLDER, basename(file))
			if (existsSync(detailsFile)) this.addWatchFile(detailsFile)
			const texts = existsSync(detailsFile) ? readJson(detailsFile) : englishDetails
			const details = filtered(texts, (code) => !HOST_DETAILS.test(code))
			return `export default ${JSON.stringify({ ...selected, details })}`
		},
	}
}
