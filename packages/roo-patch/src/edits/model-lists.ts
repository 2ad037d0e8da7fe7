import ts from "typescript"
import { SourceEditor } from "../source-editor"
import type { FileTree } from "../checkout"
import { isNamedVariable } from "../tree"
import { HANDLER } from "./bedrock-handler"

export const MODEL_LISTS = "packages/types/src/providers/bedrock.ts"

/**
 * Whether the tree has upstream's own tier feature: its list of models, or a handler that reads the setting. Where only
 * one of them is there, some other fork's feature is, and the edits that miss their place say so.
 */
export function hasUpstreamTiers(tree: FileTree): boolean {
	const lists = new SourceEditor(MODEL_LISTS, tree.read(MODEL_LISTS))
	if (lists.all(lists.tree, isNamedVariable("BEDROCK_SERVICE_TIER_MODEL_IDS")).length > 0) return true
	const handler = new SourceEditor(HANDLER, tree.read(HANDLER))
	return handler.all(handler.tree, readsTheSetting).length > 0
}

function readsTheSetting(node: ts.Node): node is ts.PropertyAccessExpression {
	return ts.isPropertyAccessExpression(node) && node.name.text === "awsBedrockServiceTier"
}

/** Upstream's list of nine ids becomes what the catalog knows, and its price multipliers go. */
export function editModelLists(tree: FileTree): SourceEditor {
	const editor = new SourceEditor(MODEL_LISTS, tree.read(MODEL_LISTS))
	const ids = editor.one("the list of tier models", editor.tree, isNamedVariable("BEDROCK_SERVICE_TIER_MODEL_IDS"))
	const initializer = ids.initializer
	if (initializer) editor.replace(initializer, "bedrockTierModelIds(Object.keys(bedrockModels) as BedrockModelId[])")
	editor.note("the list of nine tier models", "becomes those of the catalogue that take a tier through Converse")
	const anchor = "the price multipliers"
	const multipliers = editor.one(anchor, editor.tree, isNamedVariable("BEDROCK_SERVICE_TIER_PRICING"))
	editor.removeStatement(editor.statementOf(anchor, multipliers))
	editor.note("the price multipliers of the tiers", "gone: each tier has prices of its own")
	editor.addImport('import { bedrockTierModelIds } from "../bedrock-tiers/tier-model-ids.js"')
	return editor
}
