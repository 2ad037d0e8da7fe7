import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import manifest from "../../../../package.json"

/**
 * Resource files with the texts of the manifest and of the extension host. The lint rules
 * `bedrock-tiers/untranslated-text` and `bedrock-tiers/text-in-bundle` check that the texts in the code are in these
 * files. The compiler checks error details.
 */

const root = join(import.meta.dirname, "../../../..")
const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8")) as Record<string, string>

describe("l10n/bundle.l10n.json", () => {
	const texts = readJson("l10n/bundle.l10n.json")

	it("maps every key to itself", () => {
		for (const [key, text] of Object.entries(texts)) expect(text).toBe(key)
	})
})

describe("package.nls.json", () => {
	it("contains exactly the placeholders of the manifest", () => {
		const { displayName, description, contributes } = manifest
		const placeholders = JSON.stringify([displayName, description, contributes]).matchAll(/%([\w.]+)%/g)
		const names = new Set([...placeholders].map(([, name]) => name))
		expect(Object.keys(readJson("package.nls.json")).sort()).toEqual([...names].sort())
	})

	it("replaces every title, name, category, description and alternative text of the manifest", () => {
		const values: unknown[] = []
		JSON.stringify(manifest.contributes, (key, value: unknown) => {
			if (/^(title|name|category|description|altText)$/.test(key)) values.push(value)
			return value
		})
		expect(values.length).toBeGreaterThan(10)
		for (const value of values) expect(value).toMatch(/^%[\w.]+%$/)
	})
})
