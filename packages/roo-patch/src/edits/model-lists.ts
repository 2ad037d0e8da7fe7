import ts from "typescript"
import { SourceEditor } from "../source-editor"
import type { FileTree } from "../checkout"
import { isNamedVariable } from "../tree"
import { HANDLER } from "./bedrock-handler"

export const MODEL_LISTS = "packages/types/src/providers/bedrock.ts"

/**
 * Whether the tree has upstream's own tier feature: its list of models, or a handler that reads the setting. A tree
 * with only one of them has the feature of another fork, and the edits then report the places that are missing.
 */
export function hasUpstreamTiers(tree: FileTree): boolean {
	const lists = new SourceEditor(MODEL_LISTS, tree.read(MODEL_LISTS))
	if (lists.findAll(lists.tree, isNamedVariable("BEDROCK_SERVICE_TIER_MODEL_IDS")).length > 0) return true
	const handler = new SourceEditor(HANDLER, tree.read(HANDLER))
	return handler.findAll(handler.tree, isSettingAccess).length > 0
}

function isSettingAccess(node: ts.Node): node is ts.PropertyAccessExpression {
	return ts.isPropertyAccessExpression(node) && node.name.text === "awsBedrockServiceTier"
}

/** Replaces upstream's list of nine ids with the tier models of the catalog, and removes its price multipliers. */
export function editModelLists(tree: FileTree): SourceEditor {
	const editor = new SourceEditor(MODEL_LISTS, tree.read(MODEL_LISTS))
	const ids = editor.findOne(
		"the list of tier models",
		editor.tree,
		isNamedVariable("BEDROCK_SERVICE_TIER_MODEL_IDS"),
	)
	const initializer = ids.initializer
	if (initializer) editor.replace(initializer, "bedrockTierModelIds(Object.keys(bedrockModels) as BedrockModelId[])")
	editor.addChange("the list of nine tier models", "becomes those of the catalogue that take a tier through Converse")
	const anchor = "the price multipliers"
	const multipliers = editor.findOne(anchor, editor.tree, isNamedVariable("BEDROCK_SERVICE_TIER_PRICING"))
	editor.removeStatement(editor.statementOf(anchor, multipliers))
	editor.addChange("the price multipliers of the tiers", "gone: each tier has prices of its own")
	editor.addImport('import { bedrockTierModelIds } from "../bedrock-tiers/tier-model-ids.js"')
	return editor
}
