import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, posix } from "node:path"
import ts from "typescript"
import type { Payload } from "./payload"
import { applyEdits } from "./text-edit"

/** Where the types package, which the host and the webview both import, gets our catalog. */
const CARRIED = "packages/types/src/bedrock-tiers"
const CORE = "./core/"

/**
 * Reads what the patch brings along from this project's sources: the payload's files, those parts of the core that they
 * need, and the words.
 * @param projectRoot of this project
 */
export function readPayload(projectRoot: string): Payload {
	const room = join(projectRoot, "packages/roo-patch")
	const { version } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { version: string }
	const files: Record<string, string> = {}
	for (const path of filesUnder(join(room, "payload"))) {
		const text = readFileSync(join(room, "payload", path), "utf8")
		files[path] = withHeader(path.startsWith(CARRIED) ? withExtensions(text) : text, version, path)
	}
	const coreRoot = join(projectRoot, "packages/core/src")
	const wanted = Object.keys(files)
		.filter((path) => posix.dirname(path) === CARRIED)
		.flatMap((path) => specifiers(files[path] ?? ""))
		.filter(({ text }) => text.startsWith(CORE))
		.map(({ text }) => text.slice(CORE.length).replace(/\.js$/, ".ts"))
	for (const source of wanted) {
		const path = posix.join(CARRIED, CORE, source)
		if (path in files) continue
		const text = readFileSync(join(coreRoot, source), "utf8")
		const carried = source.startsWith("generated/") ? keptAsItIs(text) : text
		files[path] = withHeader(withExtensions(carried), version, `packages/core/src/${source}`)
		for (const { text: next } of specifiers(text)) wanted.push(`${posix.join(posix.dirname(source), next)}.ts`)
	}
	const locales: Record<string, unknown> = {}
	for (const name of readdirSync(join(room, "locales")).toSorted())
		locales[name.replace(/\.json$/, "")] = JSON.parse(readFileSync(join(room, "locales", name), "utf8"))
	return { version, files, locales }
}

function withHeader(text: string, version: string, origin: string): string {
	return `// From bedrock-tiers ${version} (${origin}), Apache-2.0. \`bedrock-tiers patch\` wrote it: change it there.\n${text}`
}

/** Relative imports with the file name's ending, as the types package has them. */
function withExtensions(text: string): string {
	const endings = specifiers(text).map(({ end }) => ({ start: end - 1, end: end - 1, text: ".js" }))
	return applyEdits(text, endings) ?? text
}

/** The host formats what is committed; data that it spread over thousands of lines could not be told for ours again. */
function keptAsItIs(text: string): string {
	const tree = ts.createSourceFile("carried.ts", text, ts.ScriptTarget.Latest)
	const statements = tree.statements.filter((statement) => !ts.isImportDeclaration(statement))
	const marks = statements.map((statement) => statement.getStart(tree))
	return (
		applyEdits(
			text,
			marks.map((start) => ({ start, end: start, text: "// prettier-ignore\n" })),
		) ?? text
	)
}

/** The relative module names of a file, with the end of their string literals. */
function specifiers(text: string): { text: string; end: number }[] {
	const { statements } = ts.createSourceFile("carried.ts", text, ts.ScriptTarget.Latest)
	return statements
		.filter((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))
		.map(({ moduleSpecifier }) => moduleSpecifier)
		.filter((name): name is ts.StringLiteral => name !== undefined && ts.isStringLiteral(name))
		.filter((name) => name.text.startsWith("."))
		.map((name) => ({ text: name.text, end: name.end }))
}

function filesUnder(folder: string, prefix = ""): string[] {
	return readdirSync(join(folder, prefix))
		.toSorted()
		.flatMap((name) => {
			const path = posix.join(prefix, name)
			return statSync(join(folder, path)).isDirectory() ? filesUnder(folder, path) : [path]
		})
}
