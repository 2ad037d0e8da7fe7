import type {
	ContentBlock,
	SystemContentBlock,
	Tool,
	ToolChoice,
	ToolResultContentBlock,
} from "@aws-sdk/client-bedrock-runtime"
import type { RequestPlan } from "../request-plan"
import type { JsonObject } from "./json"
import type { ConverseRequest } from "./model-family"
import { imageBytes, refuseBlock } from "./refuse-block"

/** The only version that Bedrock accepts. Source: AWS user guide, Anthropic Claude Messages. */
const ANTHROPIC_VERSION = "bedrock-2023-05-31"

/**
 * Used when the model's limit is unknown, because `max_tokens` is required: the lowest limit of all Claude models that
 * support reasoning.
 */
const DEFAULT_MAX_TOKENS = 64_000

/** Builds a body of Anthropic Messages. Source: AWS user guide, Anthropic Claude Messages API, request and response. */
export function anthropicBody(request: ConverseRequest, { model }: RequestPlan): JsonObject {
	const { system = [], messages = [], toolConfig, inferenceConfig = {} } = request
	return {
		anthropic_version: ANTHROPIC_VERSION,
		max_tokens: inferenceConfig.maxTokens ?? model?.maxOutputTokens ?? DEFAULT_MAX_TOKENS,
		...(system.length === 0 ? {} : { system: systemText(system) }),
		messages: messages.map(({ role, content = [] }) => ({ role, content: withCachePoints(content, contentBlock) })),
		...(toolConfig ? { tools: tools(toolConfig.tools ?? []) } : {}),
		...(toolConfig?.toolChoice ? { tool_choice: toolChoice(toolConfig.toolChoice) } : {}),
		...(inferenceConfig.temperature === undefined ? {} : { temperature: inferenceConfig.temperature }),
		...(request.additionalModelRequestFields as JsonObject | undefined),
	}
}

function systemText(system: SystemContentBlock[]) {
	const [only, ...more] = system
	if (only?.text !== undefined && more.length === 0) return only.text
	return withCachePoints(system, (block) =>
		block.text === undefined ? refuseBlock(block) : { type: "text", text: block.text },
	)
}

/** Converse has a separate block for a cache point; Anthropic marks the block before it. */
function withCachePoints<Block extends { cachePoint?: { ttl?: string | undefined } | undefined }>(
	content: readonly Block[],
	translate: (block: Exclude<Block, { cachePoint: object }>) => JsonObject,
): JsonObject[] {
	const translated: JsonObject[] = []
	for (const block of content) {
		if (!block.cachePoint) {
			translated.push(translate(block as Exclude<Block, { cachePoint: object }>))
			continue
		}
		const { ttl } = block.cachePoint
		const last = translated.pop()
		if (last) translated.push({ ...last, cache_control: { type: "ephemeral", ...(ttl ? { ttl } : {}) } })
	}
	return translated
}

function contentBlock(block: ContentBlock): JsonObject {
	if (block.text !== undefined) return { type: "text", text: block.text }
	if (block.image) return image(block.image)
	if (block.toolUse) {
		const { toolUseId, name, input } = block.toolUse
		return { type: "tool_use", id: toolUseId, name, input }
	}
	if (block.toolResult) {
		const { toolUseId, content = [], status } = block.toolResult
		const result = { type: "tool_result", tool_use_id: toolUseId, content: content.map(resultBlock) }
		return status === "error" ? { ...result, is_error: true } : result
	}
	const { reasoningText, redactedContent } = block.reasoningContent ?? {}
	if (reasoningText) return { type: "thinking", thinking: reasoningText.text, signature: reasoningText.signature }
	if (redactedContent) return { type: "redacted_thinking", data: Buffer.from(redactedContent).toString("base64") }
	return refuseBlock(block)
}

function resultBlock(block: ToolResultContentBlock): JsonObject {
	if (block.text !== undefined) return { type: "text", text: block.text }
	return block.image ? image(block.image) : refuseBlock(block)
}

function image({ format, source }: ContentBlock.ImageMember["image"]): JsonObject {
	return { type: "image", source: { type: "base64", media_type: `image/${format}`, data: imageBytes(source) } }
}

function tools(offered: Tool[]): JsonObject[] {
	return withCachePoints(offered, ({ toolSpec }) => ({
		name: toolSpec?.name,
		description: toolSpec?.description,
		input_schema: toolSpec?.inputSchema?.json,
	}))
}

function toolChoice(choice: ToolChoice): JsonObject {
	if (choice.tool) return { type: "tool", name: choice.tool.name }
	return { type: choice.any ? "any" : "auto" }
}
