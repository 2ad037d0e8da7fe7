import ts from "typescript"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { SourceEditor } from "../source-editor"
import { findAncestor, firstStringArgument, isNamedVariable } from "../tree"

const PANEL = "webview-ui/src/components/settings/providers/Bedrock.tsx"
/** Formatted like Roo Code's formatter does, which runs over committed files. */
const FIELD = `<BedrockServiceTier
	apiConfiguration={apiConfiguration}
	setApiConfigurationField={setApiConfigurationField}
/>`

/** Edits the settings panel: adds the dropdown below the region, or in place of upstream's dropdown. */
export function editBedrockPanel(tree: FileTree, upstreamTiers: boolean): SourceEditor {
	const editor = new SourceEditor(PANEL, tree.read(PANEL))
	if (upstreamTiers) {
		const anchor = "the gate supportsServiceTiers"
		const gate = editor.findOne(anchor, editor.tree, isNamedVariable("supportsServiceTiers"))
		editor.removeStatement(editor.statementOf(anchor, gate))
		const dropdown = editor.findOne(
			"the dropdown behind supportsServiceTiers",
			editor.tree,
			(node): node is ts.JsxExpression =>
				ts.isJsxExpression(node) &&
				node.expression !== undefined &&
				ts.isBinaryExpression(node.expression) &&
				editor.textOf(node.expression.left) === "supportsServiceTiers",
		)
		editor.replace(dropdown, FIELD)
		editor.removeImports("BedrockServiceTier", "BEDROCK_SERVICE_TIER_MODEL_IDS")
		editor.addChange("the dropdown behind a list of raw ids", "becomes ours, for every model that takes tiers")
	} else {
		editor.insertAfter(regionField(editor), FIELD)
		editor.addChange("the choice of the region", "is followed by the dropdown")
	}
	editor.addImport('import { BedrockServiceTier } from "./BedrockServiceTier"')
	return editor
}

/** The element around the control that sets `awsRegion`. */
function regionField(editor: SourceEditor): ts.JsxElement {
	const setter = editor.findOne(
		"the choice of the region",
		editor.tree,
		(node): node is ts.CallExpression =>
			ts.isCallExpression(node) &&
			editor.textOf(node.expression) === "setApiConfigurationField" &&
			firstStringArgument(node) === "awsRegion",
	)
	const isDiv = (node: ts.Node): node is ts.JsxElement =>
		ts.isJsxElement(node) && editor.textOf(node.openingElement.tagName) === "div"
	const field = findAncestor(setter, isDiv)
	if (!field) throw new AnchorMiss(editor.path, "the element around the choice of the region", 0)
	return field
}
