import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { findAncestor } from "../tree"

const ROW = "webview-ui/src/components/chat/ChatRow.tsx"

/** Edits the chat row: adds the tier directly before the cost of a request. */
export function editChatRow(tree: FileTree): SourceEditor {
	const editor = new SourceEditor(ROW, tree.read(ROW))
	const cost = editor.findOne(
		"the cost of a request",
		editor.tree,
		(node): node is ts.CallExpression =>
			ts.isCallExpression(node) &&
			ts.isPropertyAccessExpression(node.expression) &&
			node.expression.name.text === "toFixed" &&
			editor.textOf(node).includes("cost"),
	)
	const badge = findAncestor(cost, ts.isJsxElement)
	if (!badge) throw new AnchorMiss(ROW, "the element around the cost", 0)
	editor.insertBefore(badge, "<BedrockTierLabel text={message.text} />")
	editor.addChange("the cost of a request", "has the tier beside it")
	editor.addImport('import { BedrockTierLabel } from "./BedrockTierLabel"')
	return editor
}
