import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { report } from "./testing/report"

/** What others have made, and is built in or used: known, named, licensed. No network is asked. */

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

/** The tables of the document, by their headings: names and reasons. */
function sections(): Map<string, Map<string, string>> {
	const parts = read("docs/dependencies.md").split(/^## /m).slice(1)
	return new Map(
		parts.map((part) => [
			part.split("\n")[0] ?? "",
			new Map(
				[...part.matchAll(/^\| `([^`]+)`\s*\| (.*?)\s*\|$/gm)].map(([, name = "", why = ""]) => [name, why]),
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

const SEVERAL = "In more than one version"
const direct = new Map(
	manifests.flatMap((file) => {
		const { dependencies = {}, devDependencies = {} } = manifest(file)
		return Object.entries({ ...dependencies, ...devDependencies }).filter(
			([name]) => !name.startsWith("@bedrock-tiers/"),
		)
	}),
)

/** name, version and licence of each that is built in, as the build found them. */
const notices = () =>
	[...read("dist/THIRD_PARTY_NOTICES.md").matchAll(/^- (\S+) (\S+): (.+)$/gm)].map(
		([, name = "", version = "", licence = ""]) => ({ name, version, licence }),
	)

it("each is named with its reason, in an exact version", (context) => {
	report(context, {
		area: "packages",
		tried: "every dependency of every package, against docs/dependencies.md",
		holds: "each is named with why it is there, none is named that is not there, each in an exact version",
	})
	const documented = [...sections()].flatMap(([heading, table]) => (heading === SEVERAL ? [] : [...table]))
	expect(documented.map(([name]) => name).sort()).toEqual([...direct.keys()].sort())
	for (const [name, why] of documented) expect([name, why.length > 4]).toEqual([name, true])
	for (const [name, version] of direct)
		expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
	for (const file of manifests) {
		const { optionalDependencies, peerDependencies } = manifest(file)
		expect([file, optionalDependencies, peerDependencies]).toEqual([file, undefined, undefined])
	}
})

it("one version each", (context) => {
	report(context, {
		area: "packages",
		tried: "the versions in package-lock.json of every dependency and of everything that is built in",
		holds: "one each, but for those that docs/dependencies.md names with the reason",
	})
	const names = new Set([...direct.keys(), ...notices().map(({ name }) => name)])
	const several = [...names].filter((name) => versions(name).size > 1)
	expect(several.sort()).toEqual([...(sections().get(SEVERAL)?.keys() ?? [])].sort())
	for (const name of names) expect([name, versions(name).size > 0]).toEqual([name, true])
})

it("the lock file and install scripts", (context) => {
	report(context, {
		area: "packages",
		tried: "package-lock.json and the scripts of our packages",
		holds: "no address of a registry in it; nothing of ours runs when it is installed",
	})
	const addresses = Object.entries(lock.packages).filter(([, { resolved, link }]) => resolved !== undefined && !link)
	expect(addresses).toEqual([])
	for (const file of manifests) {
		const names = Object.keys(manifest(file).scripts ?? {})
		expect([
			file,
			names.filter((name) => /^(pre|post)?install$|^(pre|post)?prepare$|^prepublish/.test(name)),
		]).toEqual([file, []])
	}
})

it("licences of what is built in", (context) => {
	report(context, {
		area: "packages",
		tried: "everything that the bundlers put into dist/, as the build lists it in THIRD_PARTY_NOTICES.md",
		holds: "each with its version, an allowed licence (Apache-2.0, MIT, 0BSD) and that licence's text; the file is in the package",
	})
	const listed = notices()
	const text = read("dist/THIRD_PARTY_NOTICES.md")
	expect(listed.length).toBeGreaterThan(30)
	expect(listed.filter(({ licence }) => !["Apache-2.0", "MIT", "0BSD"].includes(licence))).toEqual([])
	const headings = new Set([...text.matchAll(/^## (.+)$/gm)].flatMap(([, names = ""]) => names.split(", ")))
	for (const { name, version } of listed) {
		expect([name, headings.has(name)]).toEqual([name, true])
		expect([name, [...versions(name)]]).toEqual([name, expect.arrayContaining([version])])
	}
	for (const [, block = ""] of text.matchAll(/^```text\n([\s\S]*?)^```$/gm))
		expect(block).toMatch(/(Permission to use|Permission is hereby granted|Apache License)/)
	expect(read(".vscodeignore")).toContain("\n!dist/THIRD_PARTY_NOTICES.md\n")
	const builtIn = new Set(listed.map(({ name }) => name))
	expect(
		[...(sections().get("Built into the extension or the terminal command")?.keys() ?? [])].filter(
			(name) => !builtIn.has(name),
		),
	).toEqual([])
	const others = [...sections()].flatMap(([heading, table]) => (heading.startsWith("For ") ? [...table.keys()] : []))
	// Its codec comes with the SDK, too.
	expect(others.filter((name) => builtIn.has(name))).toEqual(["@smithy/core"])
	// What the page's own bundle shows, without the build's word.
	expect(
		readdirSync(join(root, "dist/webview"))
			.map((name) => read(`dist/webview/${name}`))
			.join(""),
	).toContain("react.element")
})
