import { readdirSync, readFileSync } from "node:fs"
import { isAbsolute, join, relative } from "node:path"

/** Paths of the modules of which code is in the bundles of the extension host. @param results of esbuild */
export function hostModules(results) {
	return results.flatMap(({ metafile }) =>
		Object.values(metafile.outputs).flatMap(({ inputs }) =>
			Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
		),
	)
}

/** Paths of the modules in the bundles of the webview. @param result of Vite */
export function webviewModules(result) {
	return [result].flat().flatMap(({ output }) => output.flatMap((chunk) => chunk.moduleIds ?? []))
}

/** The packages of the modules, without duplicates and sorted by name: folder, name, version, license, license text. */
export function bundledPackages(root, modules) {
	const folders = new Set(modules.flatMap((path) => packageFolder(root, path) ?? []))
	return [...folders]
		.map((folder) => {
			const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"))
			return {
				folder,
				name,
				version,
				license,
				text: licenceText(join(root, folder)) ?? licenceText(substituteFolder(root, name, license)),
			}
		})
		.toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

/** The package's folder relative to the project root; `undefined` for a file of the project itself. */
function packageFolder(root, path) {
	const file = path.replace(/^\0+/, "")
	const inRoot = (isAbsolute(file) ? relative(root, file) : file).replaceAll("\\", "/")
	return /((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(inRoot)?.[1]
}

/** Packages without a license text use that of another package with the same copyright holder and license. */
const SAME_HOLDER = [
	[/^@aws-sdk\//, "Apache-2.0", "@aws-sdk/client-bedrock-runtime"],
	[/^@microsoft\/fast-/, "MIT", "@vscode/webview-ui-toolkit"],
	[/^proxy-agent-negotiate$/, "MIT", "https-proxy-agent"],
]

function substituteFolder(root, name, license) {
	const [, , other] = SAME_HOLDER.find(([names, same]) => names.test(name) && license === same) ?? []
	return other && join(root, "node_modules", other)
}

function licenceText(folder) {
	if (folder === undefined) return undefined
	const name = readdirSync(folder).find((one) => /^licen[cs]e(-mit)?(\.(md|txt))?$/i.test(one))
	return name ? readFileSync(join(folder, name), "utf8").trim() : undefined
}

/** Licenses of packages that may be bundled. */
const ALLOWED_LICENSES = ["Apache-2.0", "MIT", "0BSD"]

/**
 * The notices as Markdown: the list of packages, then each license text once, with the packages that it applies to.
 *
 * @throws if a package has no license text, or a license that is not allowed
 */
export function notices(root, modules) {
	const packages = bundledPackages(root, modules)
	const packagesWithoutText = packages.filter(({ text }) => text === undefined).map(({ name }) => name)
	if (packagesWithoutText.length > 0)
		throw new Error(`These bundled packages have no license text: ${packagesWithoutText.join(", ")}`)
	const refused = packages.filter(({ license }) => !ALLOWED_LICENSES.includes(license))
	if (refused.length > 0)
		throw new Error(
			`Bundled packages must have one of the licenses ${ALLOWED_LICENSES.join(", ")}. Others: ` +
				refused.map(({ name, license }) => `${name} (${license})`).join(", "),
		)
	const texts = new Map()
	for (const one of packages) texts.set(one.text, [...(texts.get(one.text) ?? []), one])
	const line = ({ name, version, license }) => `- ${name} ${version}: ${license}`
	return [
		"# Third-party notices",
		"What is built into Bedrock Tiers is made with the work of others, under these licences.",
		packages.map(line).join("\n"),
		...[...texts].map(
			([text, group]) => `## ${group.map(({ name }) => name).join(", ")}\n\n\`\`\`text\n${text}\n\`\`\``,
		),
		"",
	].join("\n\n")
}
