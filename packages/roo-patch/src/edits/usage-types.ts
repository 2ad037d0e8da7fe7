import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { isNamedInterface } from "../tree"

const MEMBER = "serviceTier?: BedrockTierUsage"
const STREAM = "src/api/transform/stream.ts"

/** The usage chunk can carry what is known of the tier. */
export function editUsageChunk(tree: FileTree): SourceEditor {
	const editor = new SourceEditor(STREAM, tree.read(STREAM))
	addMember(editor, "ApiStreamUsageChunk")
	const statement = 'import type { BedrockTierUsage } from "@roo-code/types"'
	const [first] = editor.tree.statements
	if (!first || editor.tree.statements.some(ts.isImportDeclaration)) editor.addImport(statement)
	else editor.insertBefore(first, `${statement}\n`)
	return editor
}

/** Where the text of a chat row has been described. */
const ROW_HOMES = [
	{ path: "packages/types/src/vscode-extension-host.ts", from: "./bedrock-tiers/index.js" },
	{ path: "src/shared/ExtensionMessage.ts", from: "@roo-code/types" },
]

/** A chat row can carry it too. */
export function editRequestInfo(tree: FileTree): SourceEditor {
	for (const { path, from } of ROW_HOMES) {
		if (!tree.has(path)) continue
		const editor = new SourceEditor(path, tree.read(path))
		if (editor.all(editor.tree, isNamedInterface("ClineApiReqInfo")).length === 0) continue
		addMember(editor, "ClineApiReqInfo")
		editor.addImport(`import type { BedrockTierUsage } from "${from}"`)
		return editor
	}
	throw new AnchorMiss(ROW_HOMES.map(({ path }) => path).join(" or "), "the interface ClineApiReqInfo", 0)
}

function addMember(editor: SourceEditor, name: string): void {
	const declared = editor.one(`the interface ${name}`, editor.tree, isNamedInterface(name))
	const last = declared.members.at(-1)
	if (!last) throw new AnchorMiss(editor.path, `the members of ${name}`, 0)
	editor.insertAfter(last, MEMBER)
	editor.note(`the interface ${name}`, "gets serviceTier")
}
