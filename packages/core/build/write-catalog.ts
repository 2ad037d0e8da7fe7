import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { brokenRules } from "./catalog-rules"
import { joinCatalog } from "./join-catalog"
import { DATA_FOLDER, readCatalog } from "./read-catalog"

/** Checks the catalog's files and writes the module that core reads; `--check` only compares. */
const target = join(DATA_FOLDER, "..", "src", "generated", "catalog.ts")
const catalog = readCatalog()
const broken = brokenRules(catalog)
if (broken.length > 0) {
	console.error(broken.join("\n"))
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
