import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { AnchorMiss } from "../anchor-miss"
import { readPayload } from "../carry"
import type { FileTree } from "../checkout"
import type { Payload } from "../payload"
import { planPatch } from "../plan"

export const PROJECT_ROOT = join(import.meta.dirname, "../../../..")

/** The generations of Roo Code, each as folders of `look-alikes`; later folders override files of earlier ones. */
const LAYERS = {
	"before-upstream-tiers": ["common", "before-upstream-tiers"],
	"with-upstream-tiers": ["common", "with-upstream-tiers"],
	// A fork of the generation with tiers.
	zoo: ["common", "with-upstream-tiers", "zoo"],
} as const

export type Generation = keyof typeof LAYERS
export const GENERATIONS = Object.keys(LAYERS) as Generation[]

export const LANGUAGES = "ca de en es fr hi id it ja ko nl pl pt-BR ru tr vi zh-CN zh-TW".split(" ")
export const SMALL_LANGUAGES = ["de", "en", "fr", "ja"]

/** Text by path. */
export type Files = Readonly<Record<string, string>>

/**
 * A small tree, written for these tests, with Roo Code's structure: everything that the patch reads and edits, at the
 * same paths. The Japanese translations are indented by two spaces, the others by tabs.
 */
export function lookAlike(generation: Generation): Files {
	const cached = lookAlikes.get(generation) ?? readLookAlike(generation)
	lookAlikes.set(generation, cached)
	return cached
}

const lookAlikes = new Map<Generation, Files>()

function readLookAlike(generation: Generation): Files {
	const files: Record<string, string> = { ".gitignore": "node_modules\n" }
	for (const language of LANGUAGES) {
		const translations = { back: `Back (${language})`, providers: { awsRegion: "Region" } }
		const text = JSON.stringify(translations, null, language === "ja" ? 2 : "\t")
		files[localePath(language)] = `${text}\n`
	}
	for (const layer of LAYERS[generation])
		Object.assign(files, filesUnder(join(import.meta.dirname, "look-alikes", layer)))
	return files
}

export function localePath(language: string): string {
	return `webview-ui/src/i18n/locales/${language}/settings.json`
}

function filesUnder(folder: string): Files {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
	return Object.fromEntries(
		entries.map(({ parentPath, name }) => {
			const path = join(parentPath, name)
			return [path.slice(folder.length + 1), readFileSync(path, "utf8")]
		}),
	)
}

let wholePayload: Payload | undefined

/** The complete payload, read from this project's sources. */
export function realPayload(): Payload {
	return (wholePayload ??= readPayload(PROJECT_ROOT))
}

/** A fast payload for tests that do not depend on its content: two files, and one text in a few languages. */
export const SMALL_PAYLOAD: Payload = {
	version: "1.0.0",
	files: {
		"packages/types/src/bedrock-tiers/index.ts": "export type BedrockTierUsage = string\n",
		"src/api/providers/bedrock-service-tier.ts": "export const words = 1\n",
	},
	locales: Object.fromEntries(SMALL_LANGUAGES.map((language) => [language, { label: `Tier (${language})` }])),
}

/** Creates a checkout in memory. */
export function treeOf(files: Files): FileTree {
	const has = (path: string) => path in files
	return {
		has,
		read(path) {
			const text = files[path]
			if (text === undefined) throw new AnchorMiss(path, "the file", null)
			return text
		},
	}
}

/** Patches a look-alike in memory. `others` replaces some of its files first, as a user would. */
export function patched(generation: Generation, others: Files = {}): Files {
	const files = { ...lookAlike(generation), ...others }
	const { edited, created } = planPatch(treeOf(files), SMALL_PAYLOAD)
	return { ...files, ...Object.fromEntries(edited.map(({ path, after }) => [path, after])), ...created }
}

/**
 * Replaces one place of a text, as a user would.
 * @throws Error when the place does not occur exactly once, because the test would not do what its title says
 */
export function replaceOnce(text: string, from: string, to: string): string {
	const places = text.split(from).length - 1
	if (places !== 1) throw new Error(`${JSON.stringify(from)} is there ${places} times`)
	return text.replace(from, () => to)
}

export function withCrlf(text: string): string {
	return text.replaceAll("\n", "\r\n")
}
