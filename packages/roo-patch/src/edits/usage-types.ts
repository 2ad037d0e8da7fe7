import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { isNamedInterface } from "../tree"

const MEMBER = "serviceTier?: BedrockTierUsage"
const STREAM = "src/api/transform/stream.ts"

/** Edits the type of the usage chunk: adds the tier of a request. */
export function editUsageChunk(tree: FileTree): SourceEditor {
	const editor = new SourceEditor(STREAM, tree.read(STREAM))
	addMember(editor, "ApiStreamUsageChunk")
	const statement = 'import type { BedrockTierUsage } from "@roo-code/types"'
	const [first] = editor.tree.statements
	if (!first || editor.tree.statements.some(ts.isImportDeclaration)) editor.addImport(statement)
	else editor.insertBefore(first, `${statement}\n`)
	return editor
}

/** The files that may declare the type of a chat row's text. */
const ROW_TYPE_FILES = [
	{ path: "packages/types/src/vscode-extension-host.ts", from: "./bedrock-tiers/index.js" },
	{ path: "src/shared/ExtensionMessage.ts", from: "@roo-code/types" },
]

/** Edits the type of a chat row's text: adds the tier of a request. */
export function editRequestInfo(tree: FileTree): SourceEditor {
	for (const { path, from } of ROW_TYPE_FILES) {
		if (!tree.has(path)) continue
		const editor = new SourceEditor(path, tree.read(path))
		if (editor.findAll(editor.tree, isNamedInterface("ClineApiReqInfo")).length === 0) continue
		addMember(editor, "ClineApiReqInfo")
		editor.addImport(`import type { BedrockTierUsage } from "${from}"`)
		return editor
	}
	throw new AnchorMiss(ROW_TYPE_FILES.map(({ path }) => path).join(" or "), "the interface ClineApiReqInfo", 0)
}

function addMember(editor: SourceEditor, name: string): void {
	const declared = editor.findOne(`the interface ${name}`, editor.tree, isNamedInterface(name))
	const last = declared.members.at(-1)
	if (!last) throw new AnchorMiss(editor.path, `the members of ${name}`, 0)
	editor.insertAfter(last, MEMBER)
	editor.addChange(`the interface ${name}`, "gets serviceTier")
}

/** Edits the types package: exports the modules of core that the patch adds. */
export function editTypesIndex(tree: FileTree): SourceEditor {
	const editor = new SourceEditor("packages/types/src/index.ts", tree.read("packages/types/src/index.ts"))
	const last = editor.tree.statements.findLast(ts.isExportDeclaration)
	if (!last) throw new AnchorMiss(editor.path, "the exports", 0)
	editor.insertAfter(last, 'export * from "./bedrock-tiers/index.js"')
	editor.addChange("the last export", "exports the tier catalog")
	return editor
}
