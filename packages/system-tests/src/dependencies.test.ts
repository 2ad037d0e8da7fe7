import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

/** Direct dependencies of all packages. `.npmrc` keeps registry addresses out of the lock file. */

const root = join(import.meta.dirname, "../../..")

type Dependencies = Readonly<Record<string, string>>
type Manifest = { readonly dependencies?: Dependencies; readonly devDependencies?: Dependencies }

const folders = [".", "webview-ui", ...readdirSync(join(root, "packages")).map((name) => `packages/${name}`)]
const dependencies = folders
	.map((folder) => JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest)
	.flatMap(({ dependencies, devDependencies }) => Object.entries({ ...dependencies, ...devDependencies }))
	.filter(([name]) => !name.startsWith("@bedrock-tiers/"))

it("docs/dependencies.md lists exactly the direct dependencies, with a reason", () => {
	const page = readFileSync(join(root, "docs/dependencies.md"), "utf8")
	const listed = [...page.matchAll(/^\| `(.+?)` +\| \S/gm)].map(([, name]) => name)
	expect(listed.sort()).toEqual([...new Set(dependencies.map(([name]) => name))].sort())
})

it("Every direct dependency has an exact version", () => {
	expect(dependencies.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})
