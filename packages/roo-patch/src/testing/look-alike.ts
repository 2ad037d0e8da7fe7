import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { AnchorMiss } from "../anchor-miss"
import { readPayload } from "../carry"
import type { FileTree } from "../checkout"
import type { Payload } from "../payload"
import { planPatch } from "../plan"

export const PROJECT_ROOT = join(import.meta.dirname, "../../../..")

/** The generations of the host, each as folders of `look-alikes` that are laid over one another. */
const LAYERS = {
	"before-upstream-tiers": ["common", "before-upstream-tiers"],
	"with-upstream-tiers": ["common", "with-upstream-tiers"],
	// A fork of the one with tiers.
	zoo: ["common", "with-upstream-tiers", "zoo"],
} as const

export type Generation = keyof typeof LAYERS
export const GENERATIONS = Object.keys(LAYERS) as Generation[]

export const LANGUAGES = "ca de en es fr hi id it ja ko nl pl pt-BR ru tr vi zh-CN zh-TW".split(" ")
export const SMALL_LANGUAGES = ["de", "en", "fr", "ja"]

/** Text by path. */
export type Files = Readonly<Record<string, string>>

/**
 * A small tree of our own making with the host's structure: whatever the patch reads and edits, at the host's paths.
 * The Japanese words are indented by two spaces, the others by tabs.
 */
export function lookAlike(generation: Generation): Files {
	const known = lookAlikes.get(generation) ?? readLookAlike(generation)
	lookAlikes.set(generation, known)
	return known
}

const lookAlikes = new Map<Generation, Files>()

function readLookAlike(generation: Generation): Files {
	const files: Record<string, string> = { ".gitignore": "node_modules\n" }
	for (const language of LANGUAGES) {
		const words = { back: `Back (${language})`, providers: { awsRegion: "Region" } }
		const text = JSON.stringify(words, null, language === "ja" ? 2 : "\t")
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

/** What this project brings into a checkout, read from its sources as they are. */
export function realPayload(): Payload {
	return (wholePayload ??= readPayload(PROJECT_ROOT))
}

/** Two files, and one word in a few languages: enough wherever it does not matter what is brought, and quick. */
export const SMALL_PAYLOAD: Payload = {
	version: "1.0.0",
	files: {
		"packages/types/src/bedrock-tiers/index.ts": "export type BedrockTierUsage = string\n",
		"src/api/providers/bedrock-service-tier.ts": "export const words = 1\n",
	},
	locales: Object.fromEntries(SMALL_LANGUAGES.map((language) => [language, { label: `Tier (${language})` }])),
}

/** A checkout in memory. */
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

/** The look-alike after the patch, in memory, with some of its files as a person has changed them. */
export function patched(generation: Generation, others: Files = {}): Files {
	const files = { ...lookAlike(generation), ...others }
	const { edited, created } = planPatch(treeOf(files), SMALL_PAYLOAD)
	return { ...files, ...Object.fromEntries(edited.map(({ path, after }) => [path, after])), ...created }
}

/**
 * A text with one place changed, as a person would change it.
 * @throws when the place is not there exactly once: the variation would not be what it says
 */
export function changed(text: string, from: string, to: string): string {
	const places = text.split(from).length - 1
	if (places !== 1) throw new Error(`${JSON.stringify(from)} is there ${places} times`)
	return text.replace(from, () => to)
}

export function withCrlf(text: string): string {
	return text.replaceAll("\n", "\r\n")
}
