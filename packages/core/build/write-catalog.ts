import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { validateCatalog } from "./catalog-rules"
import { joinCatalog } from "./join-catalog"
import { DATA_FOLDER, readCatalog } from "./read-catalog"

/** Validates the catalog's files and writes the generated module of core; `--check` only compares. */
const target = join(DATA_FOLDER, "..", "src", "generated", "catalog.ts")
const catalog = readCatalog()
const violations = validateCatalog(catalog)
if (violations.length > 0) {
	console.error(violations.join("\n"))
	process.exit(1)
}
const text = joinCatalog(catalog)
if (process.argv.includes("--check")) {
	if (readFileSync(target, "utf8") !== text) {
		console.error("packages/core/src/generated/catalog.ts is not what data/ says: run `npm run catalog`.")
		process.exit(1)
	}
} else {
	mkdirSync(dirname(target), { recursive: true })
	writeFileSync(target, text)
	console.log(`${catalog.models.size} models, ${text.length} characters`)
}
