import type { ContentBlock, Message, ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime"
import type { ToolResultBlock, ToolUseBlock } from "../../../provider-contract"
import type { KnownBlock, KnownTurn } from "../conversation/known-turn"
import { toImage } from "./images"

/** Translates repaired turns to Converse's messages, block by block. */
export function converseMessages(turns: readonly KnownTurn[]): Message[] {
	return turns.map(({ role, content }) => ({
		role,
		content: typeof content === "string" ? [{ text: content }] : content.map(toContentBlock),
	}))
}

function toContentBlock(block: KnownBlock): ContentBlock {
	switch (block.type) {
		case "text":
			return { text: block.text }
		case "image":
			return toImage(block)
		case "thinking":
			return { reasoningContent: { reasoningText: { text: block.thinking, signature: block.signature } } }
		case "redacted_thinking":
			return { reasoningContent: { redactedContent: Buffer.from(block.data, "base64") } }
		case "tool_use":
			return toolUse(block)
		case "tool_result":
			return toolResult(block)
	}
}

function toolUse({ id, name, input }: ToolUseBlock): ContentBlock {
	return { toolUse: { toolUseId: id, name, input: input as ContentBlock.ToolUseMember["toolUse"]["input"] } }
}

function toolResult({ tool_use_id, content = [], is_error }: ToolResultBlock): ContentBlock {
	const blocks = typeof content === "string" ? [{ type: "text", text: content } as const] : content
	return {
		toolResult: {
			toolUseId: tool_use_id,
			content: blocks.map((block): ToolResultContentBlock =>
				block.type === "text" ? { text: block.text } : toImage(block),
			),
			...(is_error ? { status: "error" as const } : {}),
		},
	}
}
