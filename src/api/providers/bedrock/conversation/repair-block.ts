import type { ImageBlock, TextBlock, ToolResultBlock, ToolUseBlock } from "../../../provider-contract"
import type { Changes } from "./changes"
import { withMediaType } from "./image-type"
import { textBlock, type KnownBlock } from "./known-turn"
import type { ConversationRules } from "./rules"
import { validToolId } from "./tool-names"
import { isWellFormed, wellFormed } from "./well-formed"

export type BlockRepair = {
	readonly rules: ConversationRules
	readonly changes: Changes
	readonly toolName: (name: string) => string
}

/** In place of the output of a tool that has none. */
const NO_OUTPUT = "(no output)"

/**
 * Repairs one block, without its place in the conversation; `null` when nothing of it can be sent. A valid block is
 * returned as it is. Throws a `bad-input` failure for an image that no model accepts.
 */
export function repairBlock(block: KnownBlock, repair: BlockRepair): KnownBlock | null {
	switch (block.type) {
		case "text":
			return repairText(block, repair)
		case "image":
			return repairImage(block, repair)
		case "thinking":
			// The signature is valid for the unchanged text only, and Bedrock rejects a thought without one.
			return block.signature && isWellFormed(block.thinking) ? block : removedThought(repair)
		case "redacted_thinking":
			return block.data ? block : removedThought(repair)
		case "tool_use":
			return repairCall(block, repair)
		case "tool_result":
			return repairResult(block, repair)
	}
}

function removedThought({ changes }: BlockRepair): null {
	changes.count("thought-removed")
	return null
}

function repairText(block: TextBlock, { changes }: BlockRepair): TextBlock | null {
	if (block.text.trim() === "") {
		changes.count("blank-text-removed")
		return null
	}
	const text = wellFormed(block.text)
	if (text === block.text) return block
	changes.count("text-repaired")
	return { ...block, text }
}

function repairImage(block: ImageBlock, { changes }: BlockRepair): ImageBlock {
	const image = withMediaType(block)
	if (image !== block) changes.count("image-type-corrected")
	return image
}

function repairCall(block: ToolUseBlock, { rules, changes, toolName }: BlockRepair): ToolUseBlock {
	const id = validToolId(block.id, rules.toolId)
	const name = toolName(block.name)
	const object = toObject(block.input)
	const input = wellFormed(object)
	if (id !== block.id) changes.count("tool-id-replaced")
	if (name !== block.name) changes.count("tool-name-replaced")
	if (object !== block.input) changes.count("tool-input-wrapped")
	if (input !== object) changes.count("text-repaired")
	return id === block.id && name === block.name && input === block.input ? block : { ...block, id, name, input }
}

/** Bedrock accepts only objects. A string may be the JSON of one. */
function toObject(input: unknown): object {
	if (isPlainObject(input)) return input
	if (input === undefined || input === null || input === "") return {}
	if (typeof input !== "string") return { input }
	try {
		const parsed: unknown = JSON.parse(input)
		return isPlainObject(parsed) ? parsed : { input }
	} catch {
		return { input }
	}
}

function isPlainObject(value: unknown): value is object {
	return typeof value === "object" && value !== null && !Array.isArray(value)
}

function repairResult(block: ToolResultBlock, repair: BlockRepair): ToolResultBlock {
	const id = validToolId(block.tool_use_id, repair.rules.toolId)
	const content = repairOutput(block, repair)
	return id === block.tool_use_id && content === block.content ? block : { ...block, tool_use_id: id, content }
}

function repairOutput({ content = "" }: ToolResultBlock, repair: BlockRepair): NonNullable<ToolResultBlock["content"]> {
	if (typeof content === "string") return repairText(textBlock(content), repair)?.text ?? NO_OUTPUT
	if (content.length === 0) repair.changes.count("blank-text-removed")
	const blocks = content.flatMap((block) => repairOutputBlock(block, repair) ?? [])
	if (blocks.length === 0) return NO_OUTPUT
	return blocks.length === content.length && blocks.every((block, index) => block === content[index])
		? content
		: blocks
}

function repairOutputBlock(block: TextBlock | ImageBlock, repair: BlockRepair): TextBlock | ImageBlock | null {
	if (block.type === "text") return repairText(block, repair)
	return block.type === "image" ? repairImage(block, repair) : null
}
