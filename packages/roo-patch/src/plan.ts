import { AnchorMiss } from "./anchor-miss"
import type { FileTree } from "./checkout"
import { editBedrockHandler } from "./edits/bedrock-handler"
import { editBedrockPanel } from "./edits/bedrock-panel"
import { editChatRow } from "./edits/chat-row"
import { editLocales } from "./edits/locales"
import { editModelInfo } from "./edits/model-info"
import { editModelLists, hasUpstreamTiers } from "./edits/model-lists"
import { editSdkRange } from "./edits/package-json"
import { editProviderSettings } from "./edits/provider-settings"
import { editSelectedModel } from "./edits/selected-model"
import { editTask } from "./edits/task"
import { editRequestInfo, editTypesIndex, editUsageChunk } from "./edits/usage-types"
import { editUpstreamTests } from "./edits/upstream-tests"
import type { Payload } from "./payload"
import type { PlannedChange, SourceEditor } from "./source-editor"
import type { TextEdit } from "./text-edit"

/** One file of the checkout that is edited. */
export type PlannedFile = {
	readonly path: string
	readonly before: string
	readonly after: string
	readonly edits: readonly TextEdit[]
	readonly changes: readonly PlannedChange[]
}

export type Plan = {
	/** Whether the tree has upstream's own tier feature, whose faulty parts are replaced. */
	readonly generation: "before-upstream-tiers" | "with-upstream-tiers"
	readonly edited: readonly PlannedFile[]
	/** New files, by path. */
	readonly created: Readonly<Record<string, string>>
}

/**
 * Plans the changes of the patch to a tree that is not patched yet.
 * @throws AnchorMiss when a place is not found exactly once, or a new file already exists
 */
export function planPatch(tree: FileTree, payload: Payload): Plan {
	for (const path of Object.keys(payload.files))
		if (tree.has(path)) throw new AnchorMiss(path, "a free place for a new file", 1, "there is a file already")
	const upstreamTiers = hasUpstreamTiers(tree)
	const editors = [
		editTypesIndex(tree),
		upstreamTiers ? editModelLists(tree) : null,
		editProviderSettings(tree),
		editUsageChunk(tree),
		editRequestInfo(tree),
		editBedrockHandler(tree, upstreamTiers),
		upstreamTiers ? editUpstreamTests(tree) : null,
		editTask(tree),
		editBedrockPanel(tree, upstreamTiers),
		editSelectedModel(tree),
		editModelInfo(tree),
		editChatRow(tree),
		...editLocales(tree, payload),
		editSdkRange(tree),
	].filter((editor): editor is SourceEditor => editor !== null)
	return {
		generation: upstreamTiers ? "with-upstream-tiers" : "before-upstream-tiers",
		edited: editors.map((editor) => ({
			path: editor.path,
			before: editor.text,
			after: editor.result(),
			edits: editor.edits,
			changes: editor.changes,
		})),
		created: payload.files,
	}
}
