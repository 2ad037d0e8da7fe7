import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { report } from "./testing/report"

/** Third-party packages, bundled or used: documented, pinned and licensed. These tests need no network. */

const root = join(import.meta.dirname, "../../../..")
const read = (file: string) => readFileSync(join(root, file), "utf8")
type Manifest = Readonly<
	Record<
		"dependencies" | "devDependencies" | "scripts" | "optionalDependencies" | "peerDependencies",
		Record<string, string> | undefined
	>
>
const manifests = [
	"package.json",
	...readdirSync(join(root, "packages")).map((name) => `packages/${name}/package.json`),
	"webview-ui/package.json",
]
const manifest = (file: string) => JSON.parse(read(file)) as Manifest

type Locked = { readonly version?: string; readonly resolved?: string; readonly link?: true; readonly license?: string }
const lock = JSON.parse(read("package-lock.json")) as { readonly packages: Readonly<Record<string, Locked>> }

/** @returns the tables of docs/dependencies.md by heading, each a map from package name to reason */
function readDocumentedPackages(): Map<string, Map<string, string>> {
	const parts = read("docs/dependencies.md").split(/^## /m).slice(1)
	return new Map(
		parts.map((part) => [
			part.split("\n")[0] ?? "",
			new Map(
				[...part.matchAll(/^\| `([^`]+)`\s*\| (.*?)\s*\|$/gm)].map(([, name = "", reason = ""]) => [
					name,
					reason,
				]),
			),
		]),
	)
}
const versions = (name: string) =>
	new Set(
		Object.entries(lock.packages).flatMap(([path, { version }]) =>
			path.endsWith(`node_modules/${name}`) && version ? [version] : [],
		),
	)

const DUPLICATES_HEADING = "In more than one version"
const direct = new Map(
	manifests.flatMap((file) => {
		const { dependencies = {}, devDependencies = {} } = manifest(file)
		return Object.entries({ ...dependencies, ...devDependencies }).filter(
			([name]) => !name.startsWith("@bedrock-tiers/"),
		)
	}),
)

/** @returns name, version and license of each bundled package, as listed by the build */
const bundledPackages = () =>
	[...read("dist/THIRD_PARTY_NOTICES.md").matchAll(/^- (\S+) (\S+): (.+)$/gm)].map(
		([, name = "", version = "", license = ""]) => ({ name, version, license }),
	)

it("Every dependency is documented with a reason and pinned to an exact version", (context) => {
	report(context, {
		area: "packages",
		tried: "every dependency of every package, against docs/dependencies.md",
		holds: "each is documented with a reason, no other package is documented, each has an exact version",
	})
	const documented = [...readDocumentedPackages()].flatMap(([heading, table]) =>
		heading === DUPLICATES_HEADING ? [] : [...table],
	)
	expect(documented.map(([name]) => name).sort()).toEqual([...direct.keys()].sort())
	for (const [name, reason] of documented) expect([name, reason.length > 4]).toEqual([name, true])
	for (const [name, version] of direct)
		expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
	for (const file of manifests) {
		const { optionalDependencies, peerDependencies } = manifest(file)
		expect([file, optionalDependencies, peerDependencies]).toEqual([file, undefined, undefined])
	}
})

it("The lock file has one version of every dependency and bundled package", (context) => {
	report(context, {
		area: "packages",
		tried: "the versions in package-lock.json of every dependency and bundled package",
		holds: "one version each, except for packages that docs/dependencies.md lists with a reason",
	})
	const names = new Set([...direct.keys(), ...bundledPackages().map(({ name }) => name)])
	const duplicates = [...names].filter((name) => versions(name).size > 1)
	expect(duplicates.sort()).toEqual([...(readDocumentedPackages().get(DUPLICATES_HEADING)?.keys() ?? [])].sort())
	for (const name of names) expect([name, versions(name).size > 0]).toEqual([name, true])
})

it("The lock file contains no registry URL, and packages have no install scripts", (context) => {
	report(context, {
		area: "packages",
		tried: "package-lock.json and the scripts of this repository's packages",
		holds: "no registry URL in the lock file; no script runs on installation",
	})
	const registryEntries = Object.entries(lock.packages).filter(
		([, { resolved, link }]) => resolved !== undefined && !link,
	)
	expect(registryEntries).toEqual([])
	for (const file of manifests) {
		const names = Object.keys(manifest(file).scripts ?? {})
		expect([
			file,
			names.filter((name) => /^(pre|post)?install$|^(pre|post)?prepare$|^prepublish/.test(name)),
		]).toEqual([file, []])
	}
})

it("Every bundled package has an allowed license and its license text", (context) => {
	report(context, {
		area: "packages",
		tried: "all packages bundled into dist/, as listed by the build in THIRD_PARTY_NOTICES.md",
		holds: "each has a version, an allowed license (Apache-2.0, MIT, 0BSD) and its text; the file is in the package",
	})
	const bundled = bundledPackages()
	const text = read("dist/THIRD_PARTY_NOTICES.md")
	expect(bundled.length).toBeGreaterThan(30)
	expect(bundled.filter(({ license }) => !["Apache-2.0", "MIT", "0BSD"].includes(license))).toEqual([])
	const headings = new Set([...text.matchAll(/^## (.+)$/gm)].flatMap(([, names = ""]) => names.split(", ")))
	for (const { name, version } of bundled) {
		expect([name, headings.has(name)]).toEqual([name, true])
		expect([name, [...versions(name)]]).toEqual([name, expect.arrayContaining([version])])
	}
	for (const [, block = ""] of text.matchAll(/^```text\n([\s\S]*?)^```$/gm))
		expect(block).toMatch(/(Permission to use|Permission is hereby granted|Apache License)/)
	expect(read(".vscodeignore")).toContain("\n!dist/THIRD_PARTY_NOTICES.md\n")
	const bundledNames = new Set(bundled.map(({ name }) => name))
	expect(
		[...(readDocumentedPackages().get("Built into the extension or the terminal command")?.keys() ?? [])].filter(
			(name) => !bundledNames.has(name),
		),
	).toEqual([])
	const others = [...readDocumentedPackages()].flatMap(([heading, table]) =>
		heading.startsWith("For ") ? [...table.keys()] : [],
	)
	// The AWS SDK bundles @smithy/core too.
	expect(others.filter((name) => bundledNames.has(name))).toEqual(["@smithy/core"])
	// The webview bundle itself shows that it contains React, independent of the build's list.
	expect(
		readdirSync(join(root, "dist/webview"))
			.map((name) => read(`dist/webview/${name}`))
			.join(""),
	).toContain("react.element")
})
