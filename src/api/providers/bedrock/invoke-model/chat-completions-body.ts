import type {
	ContentBlock,
	Message,
	Tool,
	ToolChoice,
	ToolResultBlock,
	ToolUseBlock,
} from "@aws-sdk/client-bedrock-runtime"
import type { JsonObject } from "./json"
import type { ConverseRequest } from "./model-family"
import { imageBytes, refuseBlock } from "./refuse-block"

type Options = {
	/** AWS documents `max_completion_tokens` for OpenAI's models and shows `max_tokens` for the others. */
	readonly maxTokensMember: "max_tokens" | "max_completion_tokens"
}

/**
 * Builds a body of OpenAI chat completions. `model` and `stream` are left out, because Bedrock fills them in.
 * Sources: AWS user guide, OpenAI models; model cards (Invoke API); Custom Model Import, API formats.
 */
export function chatCompletionsBody({ maxTokensMember }: Options): (request: ConverseRequest) => JsonObject {
	return ({ system = [], messages = [], toolConfig, inferenceConfig = {}, additionalModelRequestFields }) => ({
		messages: [
			...(system.length === 0 ? [] : [{ role: "system", content: joinText(system) }]),
			...messages.flatMap((message) => (message.role === "user" ? userTurn(message) : [assistantTurn(message)])),
		],
		...(inferenceConfig.maxTokens === undefined ? {} : { [maxTokensMember]: inferenceConfig.maxTokens }),
		...(inferenceConfig.temperature === undefined ? {} : { temperature: inferenceConfig.temperature }),
		...(toolConfig ? { tools: tools(toolConfig.tools ?? []) } : {}),
		...(toolConfig?.toolChoice ? { tool_choice: toolChoice(toolConfig.toolChoice) } : {}),
		...(additionalModelRequestFields as JsonObject | undefined),
	})
}

function joinText(blocks: readonly { text?: string | undefined }[]): string {
	return blocks.flatMap(({ text }) => text ?? []).join("\n")
}

/** Tool results are separate messages before the user's message. They have no images: these models accept none there. */
function userTurn({ content = [] }: Message): JsonObject[] {
	const results = content.flatMap(({ toolResult }) => toolResult ?? [])
	const parts = content.filter((block) => !block.toolResult).flatMap(userPart)
	return [...results.map(toolMessage), ...(parts.length === 0 ? [] : [{ role: "user", content: textOrParts(parts) }])]
}

type Part =
	{ readonly type: "text"; readonly text: string } | { readonly type: "image_url"; readonly image_url: object }

/** Returns plain text if there is nothing else, because some of these models accept nothing else. */
function textOrParts(parts: Part[]): string | Part[] {
	return parts.every((part) => part.type === "text") ? joinText(parts) : parts
}

function userPart(block: ContentBlock): Part[] {
	if (block.text !== undefined) return [{ type: "text", text: block.text }]
	if (block.image) return [image(block.image)]
	// These models cache without cache points.
	return block.cachePoint ? [] : refuseBlock(block)
}

function image({ format, source }: ContentBlock.ImageMember["image"]): Part {
	return { type: "image_url", image_url: { url: `data:image/${format};base64,${imageBytes(source)}` } }
}

/** There is no member for a failed tool call, so the text says it. */
function toolMessage({ toolUseId, content = [], status }: ToolResultBlock): JsonObject {
	const text = joinText(content)
	return { role: "tool", tool_call_id: toolUseId, content: status === "error" ? `[The tool failed]\n${text}` : text }
}

/** Reasoning is left out, because these models have no format for it. */
function assistantTurn({ content = [] }: Message): JsonObject {
	const calls = content.flatMap(({ toolUse }) => toolUse ?? [])
	const text = joinText(content)
	return {
		role: "assistant",
		content: text === "" ? null : text,
		tool_calls: calls.length === 0 ? undefined : calls.map(toolCall),
	}
}

function toolCall({ toolUseId, name, input }: ToolUseBlock): JsonObject {
	return { id: toolUseId, type: "function", function: { name, arguments: JSON.stringify(input ?? {}) } }
}

function tools(definitions: Tool[]): JsonObject[] {
	return definitions.flatMap(({ toolSpec }) => {
		if (!toolSpec) return []
		const { name, description, inputSchema } = toolSpec
		return { type: "function", function: { name, description, parameters: inputSchema?.json } }
	})
}

function toolChoice(choice: ToolChoice): string | JsonObject {
	if (choice.tool) return { type: "function", function: { name: choice.tool.name } }
	return choice.any ? "required" : "auto"
}
