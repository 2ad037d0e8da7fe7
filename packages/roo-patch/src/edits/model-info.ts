import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { isNamedVariable } from "../tree"

const VIEW = "webview-ui/src/components/settings/ModelInfoView.tsx"
const FORMAT = "formatPrice"

/** Edits the description of a model: shows Bedrock's prices unrounded, because a Flex price of $0.075 is not $0.08. */
export function editModelInfo(tree: FileTree): SourceEditor {
	const editor = new SourceEditor(VIEW, tree.read(VIEW))
	const view = editor.findOne("the component ModelInfoView", editor.tree, isNamedVariable("ModelInfoView"))
	const calls = editor.findAll(view, isFormatCall)
	if (calls.length === 0) throw new AnchorMiss(VIEW, "the prices of ModelInfoView", 0)
	editor.findOne(
		"the property apiProvider of ModelInfoView",
		view,
		(node): node is ts.BindingElement =>
			ts.isBindingElement(node) && ts.isIdentifier(node.name) && node.name.text === "apiProvider",
	)
	for (const call of calls) {
		const [price] = call.arguments
		if (!price) throw new AnchorMiss(VIEW, "the prices of ModelInfoView", 0)
		editor.replace(call.expression, "formatModelPrice")
		editor.wrap(price, "", ", apiProvider")
	}
	editor.addChange("the prices of the model's description", "are unrounded for Bedrock")
	const newImport = 'import { formatModelPrice } from "@src/utils/formatModelPrice"'
	// It replaces the import of upstream's own formatter when nothing else uses that.
	if (editor.findAll(editor.tree, isFormatCall).length === calls.length) replaceFormatImport(editor, newImport)
	else editor.addImport(newImport)
	return editor
}

function replaceFormatImport(editor: SourceEditor, newImport: string): void {
	const declaration = editor.findOne(
		`the import of ${FORMAT}`,
		editor.tree,
		(node): node is ts.ImportDeclaration =>
			ts.isImportDeclaration(node) &&
			ts.isStringLiteral(node.moduleSpecifier) &&
			node.moduleSpecifier.text.endsWith(`/${FORMAT}`),
	)
	const { namedBindings } = declaration.importClause ?? {}
	if (namedBindings && ts.isNamedImports(namedBindings) && namedBindings.elements.length > 1) {
		editor.removeImports(FORMAT)
		editor.addImport(newImport)
	} else editor.replace(declaration, newImport)
}

function isFormatCall(node: ts.Node): node is ts.CallExpression {
	return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === FORMAT
}
