import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { loopbackOnly } from "./loopback-only.mjs"
import { textInBundle } from "./text-in-bundle.mjs"
import { untranslatedText } from "./untranslated-text.mjs"

/** ESLint's cache discards its results when the version changes, so the version is a hash of the rules. */
const version = createHash("sha256")
for (const name of readdirSync(import.meta.dirname)) version.update(readFileSync(join(import.meta.dirname, name)))

/** ESLint rules of this repository. */
export const bedrockTiers = {
	meta: { name: "bedrock-tiers", version: version.digest("hex") },
	rules: {
		"loopback-only": loopbackOnly,
		"text-in-bundle": textInBundle,
		"untranslated-text": untranslatedText,
	},
}
