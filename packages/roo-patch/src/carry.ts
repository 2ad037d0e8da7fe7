import { readdirSync, readFileSync } from "node:fs"
import { join, posix, relative, sep } from "node:path"
import ts from "typescript"
import type { Payload } from "./payload"
import { applyEdits } from "./text-edit"

/** The folder of the catalog in the types package, which both the extension host and the webview import. */
const CARRIED = "packages/types/src/bedrock-tiers"
const CORE = "./core/"

/**
 * Reads the payload from this project's sources: the files in `payload/`, the modules of core that they import, and the
 * translations.
 * @param projectRoot the root folder of this project
 */
export function readPayload(projectRoot: string): Payload {
	const packageRoot = join(projectRoot, "packages/roo-patch")
	const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { version: string }
	const files: Record<string, string> = {}
	for (const path of filesUnder(join(packageRoot, "payload"))) {
		const text = readFileSync(join(packageRoot, "payload", path), "utf8")
		files[path] = withHeader(path.startsWith(CARRIED) ? withExtensions(text) : text, version, path)
	}
	const coreRoot = join(projectRoot, "packages/core/src")
	const coreFiles = Object.keys(files)
		.filter((path) => posix.dirname(path) === CARRIED)
		.flatMap((path) => specifiers(files[path] ?? ""))
		.filter(({ text }) => text.startsWith(CORE))
		.map(({ text }) => text.slice(CORE.length).replace(/\.js$/, ".ts"))
	for (const source of coreFiles) {
		const path = posix.join(CARRIED, CORE, source)
		if (path in files) continue
		const text = readFileSync(join(coreRoot, source), "utf8")
		const carried = source.startsWith("generated/") ? withPrettierIgnore(text) : text
		files[path] = withHeader(withExtensions(carried), version, `packages/core/src/${source}`)
		for (const { text: next } of specifiers(text)) coreFiles.push(`${posix.join(posix.dirname(source), next)}.ts`)
	}
	const locales: Record<string, unknown> = {}
	for (const name of readdirSync(join(packageRoot, "locales")).toSorted())
		locales[name.replace(/\.json$/, "")] = JSON.parse(readFileSync(join(packageRoot, "locales", name), "utf8"))
	return { version, files, locales }
}

function withHeader(text: string, version: string, origin: string): string {
	return `// From bedrock-tiers ${version} (${origin}), Apache-2.0. \`bedrock-tiers patch\` wrote it: change it there.\n${text}`
}

/** Adds the file extension to relative imports, as in the types package. */
function withExtensions(text: string): string {
	const extensions = specifiers(text).map(({ end }) => ({ start: end - 1, end: end - 1, text: ".js" }))
	return applyEdits(text, extensions) ?? text
}

/**
 * Excludes data from formatting. Roo Code formats committed files; data that is spread over thousands of lines could
 * not be recognized as the patch's own any more.
 */
function withPrettierIgnore(text: string): string {
	const tree = ts.createSourceFile("carried.ts", text, ts.ScriptTarget.Latest)
	const statements = tree.statements.filter((statement) => !ts.isImportDeclaration(statement))
	const starts = statements.map((statement) => statement.getStart(tree))
	return (
		applyEdits(
			text,
			starts.map((start) => ({ start, end: start, text: "// prettier-ignore\n" })),
		) ?? text
	)
}

/** The relative module specifiers of a file, with the end offsets of their string literals. */
function specifiers(text: string): { text: string; end: number }[] {
	const { statements } = ts.createSourceFile("carried.ts", text, ts.ScriptTarget.Latest)
	return statements
		.filter((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))
		.map(({ moduleSpecifier }) => moduleSpecifier)
		.filter((name): name is ts.StringLiteral => name !== undefined && ts.isStringLiteral(name))
		.filter((name) => name.text.startsWith("."))
		.map((name) => ({ text: name.text, end: name.end }))
}

/** Paths relative to the folder, with forward slashes. */
function filesUnder(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
		.sort()
}
