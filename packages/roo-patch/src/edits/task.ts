import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"

const TASK = "src/core/task/Task.ts"

/**
 * Edits the two places where a task reads a usage chunk (while it streams, and when it drains the rest after an
 * interruption): both store the tier in the chat row. The task's calculations are not changed.
 */
export function editTask(tree: FileTree): SourceEditor {
	const editor = new SourceEditor(TASK, tree.read(TASK))
	const streamed = editor.findOne("where a usage chunk is counted", editor.tree, isAssignmentOfTotalCost("totalCost"))
	const drained = editor.findOne(
		"where the drained usage is counted",
		editor.tree,
		isAssignmentOfTotalCost("bgTotalCost"),
	)
	for (const [assignment, index] of [
		[streamed, "lastApiReqIndex"],
		[drained, "apiReqIndex"],
	] as const)
		editor.insertAfter(assignment, `keepServiceTier(this.clineMessages[${index}], chunk)`)
	assertInScope(editor, streamed, "lastApiReqIndex")
	assertInScope(editor, drained, "apiReqIndex")
	editor.addChange("the two places where a usage chunk is read", "each hands the tier on to the chat row")
	editor.addImport('import { keepServiceTier } from "../../api/providers/bedrock-service-tier"')
	return editor
}

/** Matches the statement `<name> = chunk.totalCost`. */
function isAssignmentOfTotalCost(name: string): (node: ts.Node) => node is ts.ExpressionStatement {
	return (node): node is ts.ExpressionStatement =>
		ts.isExpressionStatement(node) && node.expression.getText() === `${name} = chunk.totalCost`
}

function assertInScope(editor: SourceEditor, node: ts.Node, name: string): void {
	for (let scope = node.parent as ts.Node | undefined; scope; scope = scope.parent as ts.Node | undefined) {
		const declares = (declared: ts.BindingName) => ts.isIdentifier(declared) && declared.text === name
		if (ts.isFunctionLike(scope) && scope.parameters.some((parameter) => declares(parameter.name))) return
		if (!ts.isBlock(scope)) continue
		const variables = scope.statements.filter(ts.isVariableStatement)
		if (variables.some(({ declarationList }) => declarationList.declarations.some((each) => declares(each.name))))
			return
	}
	throw new AnchorMiss(editor.path, `the variable ${name}`, 0)
}
