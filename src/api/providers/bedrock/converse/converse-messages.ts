import { createHash } from "node:crypto"
import type { ContentBlock, Message, ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime"
import type {
	ChatTurn,
	ImageBlock,
	RedactedThinkingBlock,
	TextBlock,
	ThinkingBlock,
	ToolResultBlock,
	ToolUseBlock,
	TurnBlock,
} from "../../../provider-contract"
import { textDetail } from "@bedrock-tiers/error-details"
import { badInput } from "../../../provider-failure"
import { toImage } from "./images"

/** Valid ids of a tool use. Source: Converse API, ToolUseBlock.toolUseId (pattern, 1 to 64 characters). */
const VALID_TOOL_ID = /^[a-zA-Z0-9_-]{1,64}$/

/**
 * Converts turns to Converse's messages: drops blank texts and joins consecutive turns of one role, because Converse
 * rejects both.
 * @param withTools `false` when the request offers no tools: earlier tool calls are then sent as text, because Converse
 *   would reject them as calls
 */
export function converseMessages(turns: readonly ChatTurn[], withTools: boolean): Message[] {
	const messages: (Message & { content: ContentBlock[] })[] = []
	for (const { role, content } of turns) {
		const blocks = typeof content === "string" ? [{ type: "text", text: content }] : content
		const translated = blocks.flatMap((block) => toContentBlock(block, withTools))
		if (translated.length === 0) continue
		const last = messages.at(-1)
		if (last?.role === role) last.content.push(...translated)
		else messages.push({ role, content: translated })
	}
	if (messages.length === 0) throw badInput(textDetail("The message is empty."))
	return messages
}

function toContentBlock(block: TurnBlock, withTools: boolean): ContentBlock[] {
	if (isBlock<TextBlock>(block, "text", "text")) return text(block.text)
	if (isBlock<ImageBlock>(block, "image", "source")) return [toImage(block)]
	if (isBlock<ThinkingBlock>(block, "thinking", "thinking")) return thinking(block)
	if (isBlock<RedactedThinkingBlock>(block, "redacted_thinking", "data"))
		return [{ reasoningContent: { redactedContent: Buffer.from(block.data, "base64") } }]
	if (isBlock<ToolUseBlock>(block, "tool_use", "id")) return withTools ? [toolUse(block)] : text(formatToolUse(block))
	if (isBlock<ToolResultBlock>(block, "tool_result", "tool_use_id"))
		return withTools ? [toolResult(block)] : [...text(formatToolResult(block)), ...imagesOf(block)]
	throw badInput(textDetail(`A message holds a block of the kind "${block.type}", which cannot be sent.`))
}

function isBlock<Block extends TurnBlock>(block: TurnBlock, type: string, member: string): block is Block {
	return block.type === type && member in block
}

function text(content: string): ContentBlock.TextMember[] {
	return content.trim() === "" ? [] : [{ text: content }]
}

/**
 * Only signed reasoning can be sent back: the model that produced it checks the signature, and no other model accepts
 * it.
 */
function thinking({ thinking: reasoning, signature }: ThinkingBlock): ContentBlock[] {
	return signature === "" ? [] : [{ reasoningContent: { reasoningText: { text: reasoning, signature } } }]
}

function toolUse({ id, name, input }: ToolUseBlock): ContentBlock {
	const document = (input ?? {}) as NonNullable<ContentBlock.ToolUseMember["toolUse"]["input"]>
	return { toolUse: { toolUseId: validToolId(id), name, input: document } }
}

function toolResult(block: ToolResultBlock): ContentBlock {
	const content: ToolResultContentBlock[] = [...text(resultText(block)), ...imagesOf(block)]
	return {
		toolResult: {
			toolUseId: validToolId(block.tool_use_id),
			content: content.length > 0 ? content : [{ text: "(no output)" }],
			...(block.is_error ? { status: "error" as const } : {}),
		},
	}
}

function resultText({ content = "" }: ToolResultBlock): string {
	if (typeof content === "string") return content
	return content
		.filter((block) => block.type === "text")
		.map((block) => block.text)
		.join("\n")
}

function imagesOf({ content }: ToolResultBlock): ContentBlock.ImageMember[] {
	return typeof content === "object" ? content.filter((block) => block.type === "image").map(toImage) : []
}

/**
 * Returns an id that Bedrock accepts: unchanged if it is valid, otherwise built from its valid characters and a digest,
 * so that two ids stay distinct and a call and its result keep the same id. Hosts store ids of other providers in their
 * histories.
 */
export function validToolId(id: string): string {
	if (VALID_TOOL_ID.test(id)) return id
	const digest = createHash("sha256").update(id).digest("hex").slice(0, 12)
	return `${id.replace(/[^a-zA-Z0-9_-]/g, "_").slice(0, 50)}_${digest}`
}

function formatToolUse({ name, input }: ToolUseBlock): string {
	return `[Called the tool ${name} with ${JSON.stringify(input ?? {})}]`
}

function formatToolResult(block: ToolResultBlock): string {
	return `[The tool ${block.is_error ? "failed" : "answered"}]\n${resultText(block)}`
}
