import type { ImageBlock, TextBlock, ToolResultBlock, ToolUseBlock } from "../../../provider-contract"
import type { Changes } from "./changes"
import { textBlock, type BlockTurn } from "./known-turn"

/** Sends calls and results as text, for a request that offers no tools: Bedrock rejects them as blocks then. */
export function toolsAsText(turns: readonly BlockTurn[], changes: Changes): BlockTurn[] {
	return turns.map(({ role, content }) => ({
		role,
		content: content.flatMap((block) => {
			if (block.type === "tool_use") {
				changes.count("call-sent-as-text")
				return [callAsText(block)]
			}
			if (block.type !== "tool_result") return [block]
			changes.count("result-sent-as-text")
			return resultAsText(block)
		}),
	}))
}

export function callAsText({ name, input }: ToolUseBlock): TextBlock {
	return textBlock(`[Called the tool ${name} with ${JSON.stringify(input ?? {})}]`)
}

export function resultAsText({ content = "", is_error }: ToolResultBlock): (TextBlock | ImageBlock)[] {
	const blocks = typeof content === "string" ? [textBlock(content)] : content
	const text = blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n")
	return [
		textBlock(`[The tool ${is_error ? "failed" : "answered"}]\n${text}`),
		...blocks.filter((block) => block.type === "image"),
	]
}
