import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** What the host's bundles are made of: paths of modules of which something is in the output. */
export function modulesOfHost(results) {
	return results.flatMap(({ metafile }) =>
		Object.values(metafile.outputs).flatMap(({ inputs }) =>
			Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
		),
	)
}

/** The same of the page's. */
export function modulesOfPage(result) {
	return [result].flat().flatMap(({ output }) => output.flatMap((chunk) => chunk.moduleIds ?? []))
}

/** The packages that the modules belong to, each once, sorted: folder, name, version, licence, text of the licence. */
export function bundledPackages(root, modules) {
	const folders = new Set(modules.flatMap((path) => packageFolder(path) ?? []))
	return [...folders]
		.map((folder) => {
			const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"))
			return {
				folder,
				name,
				version,
				license,
				text: licenceText(join(root, folder)) ?? licenceText(standIn(root, name, license)),
			}
		})
		.toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

/** From the project's root; undefined where it is a file of our own. */
function packageFolder(path) {
	const [, folder] =
		/((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.replaceAll("\\", "/").replace(/^\0+/, "")) ?? []
	return folder?.slice(folder.indexOf("node_modules/"))
}

/** Packages without the text: that of another of the same holder, under the same licence. */
const SAME_HOLDER = [
	[/^@aws-sdk\//, "Apache-2.0", "@aws-sdk/client-bedrock-runtime"],
	[/^@microsoft\/fast-/, "MIT", "@vscode/webview-ui-toolkit"],
]

function standIn(root, name, license) {
	const [, , other] = SAME_HOLDER.find(([names, same]) => names.test(name) && license === same) ?? []
	return other && join(root, "node_modules", other)
}

function licenceText(folder) {
	if (folder === undefined) return undefined
	const name = readdirSync(folder).find((one) => /^licen[cs]e(-mit)?(\.(md|txt))?$/i.test(one))
	return name ? readFileSync(join(folder, name), "utf8").trim() : undefined
}

/** As Markdown: the list, then each licence's text once, with the packages that it stands for. */
export function notices(root, modules) {
	const packages = bundledPackages(root, modules)
	const without = packages.filter(({ text }) => text === undefined).map(({ name }) => name)
	if (without.length > 0)
		throw new Error(`These packages are built in and have no text of a licence: ${without.join(", ")}`)
	const texts = new Map()
	for (const one of packages) texts.set(one.text, [...(texts.get(one.text) ?? []), one])
	const line = ({ name, version, license }) => `- ${name} ${version}: ${license}`
	return [
		"# Third-party notices",
		"What is built into Bedrock Tiers is made with the work of others, under these licences.",
		packages.map(line).join("\n"),
		...[...texts].map(
			([text, those]) => `## ${those.map(({ name }) => name).join(", ")}\n\n\`\`\`text\n${text}\n\`\`\``,
		),
		"",
	].join("\n\n")
}
