import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import { SourceEditor } from "../source-editor"
import type { FileTree } from "../checkout"

/** Edits the types package: exports the modules of core that the patch adds. */
export function editTypesIndex(tree: FileTree): SourceEditor {
	const editor = new SourceEditor("packages/types/src/index.ts", tree.read("packages/types/src/index.ts"))
	const last = editor.tree.statements.findLast(ts.isExportDeclaration)
	if (!last) throw new AnchorMiss(editor.path, "the exports", 0)
	editor.insertAfter(last, 'export * from "./bedrock-tiers/index.js"')
	editor.addChange("the last export", "exports the tier catalog")
	return editor
}
