import ts from "typescript"
import { SourceEditor } from "../source-editor"
import type { FileTree } from "../checkout"
import { above, isNamedVariable } from "../tree"

export const MODEL_LISTS = "packages/types/src/providers/bedrock.ts"

/** Whether the tree has upstream's own tier feature. */
export function hasUpstreamTiers(tree: FileTree): boolean {
	const editor = new SourceEditor(MODEL_LISTS, tree.read(MODEL_LISTS))
	return editor.all(editor.tree, isNamedVariable("BEDROCK_SERVICE_TIER_MODEL_IDS")).length > 0
}

/** Upstream's list of nine ids becomes what the catalog knows, and its price multipliers go. */
export function editModelLists(tree: FileTree): SourceEditor {
	const editor = new SourceEditor(MODEL_LISTS, tree.read(MODEL_LISTS))
	const ids = editor.one("the list of tier models", editor.tree, isNamedVariable("BEDROCK_SERVICE_TIER_MODEL_IDS"))
	const initializer = ids.initializer
	if (initializer) editor.replace(initializer, "bedrockTierModelIds(Object.keys(bedrockModels) as BedrockModelId[])")
	editor.note("the list of nine tier models", "becomes those of the catalogue that take a tier through Converse")
	const multipliers = editor.one(
		"the price multipliers",
		editor.tree,
		isNamedVariable("BEDROCK_SERVICE_TIER_PRICING"),
	)
	editor.removeStatement(above(multipliers, ts.isVariableStatement) ?? multipliers)
	editor.note("the price multipliers of the tiers", "gone: each tier has prices of its own")
	editor.addImport('import { bedrockTierModelIds } from "../bedrock-tiers/tier-model-ids.js"')
	return editor
}
