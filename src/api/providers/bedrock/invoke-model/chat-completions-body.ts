import type { ContentBlock, Message, Tool, ToolChoice, ToolResultBlock } from "@aws-sdk/client-bedrock-runtime"
import type { JsonObject } from "./json"
import type { ConverseRequest } from "./model-family"
import { imageBytes, refuseBlock } from "./refuse-block"

type Options = {
	/** AWS documents `max_completion_tokens` for OpenAI's models and shows `max_tokens` for the others. */
	readonly maxTokensMember: "max_tokens" | "max_completion_tokens"
}

/**
 * OpenAI chat completions. `model` and `stream` are left out: Bedrock fills them in.
 * Sources: AWS user guide, OpenAI models; model cards (Invoke API); Custom Model Import, API formats.
 */
export function chatCompletionsBody({ maxTokensMember }: Options): (request: ConverseRequest) => JsonObject {
	return ({ system = [], messages = [], toolConfig, inferenceConfig = {}, additionalModelRequestFields }) => ({
		messages: [
			...(system.length === 0 ? [] : [{ role: "system", content: joined(system) }]),
			...messages.flatMap((message) => (message.role === "user" ? userTurn(message) : [assistantTurn(message)])),
		],
		...(inferenceConfig.maxTokens === undefined ? {} : { [maxTokensMember]: inferenceConfig.maxTokens }),
		...(inferenceConfig.temperature === undefined ? {} : { temperature: inferenceConfig.temperature }),
		...(inferenceConfig.topP === undefined ? {} : { top_p: inferenceConfig.topP }),
		...(inferenceConfig.stopSequences ? { stop: inferenceConfig.stopSequences } : {}),
		...(toolConfig ? { tools: tools(toolConfig.tools ?? []), tool_choice: toolChoice(toolConfig.toolChoice) } : {}),
		...(additionalModelRequestFields as JsonObject | undefined),
	})
}

function joined(blocks: readonly { text?: string | undefined }[]): string {
	return blocks.flatMap(({ text }) => text ?? []).join("\n")
}

/** Tool results are messages of their own, and come before what the person says. Images go with the latter. */
function userTurn({ content = [] }: Message): JsonObject[] {
	const results = content.flatMap(({ toolResult }) => toolResult ?? [])
	const parts = content.filter((block) => !block.toolResult).flatMap(userPart)
	const said = [...results.flatMap(imagesOf), ...parts]
	return [...results.map(toolMessage), ...(said.length === 0 ? [] : [{ role: "user", content: textOrParts(said) }])]
}

type Part =
	{ readonly type: "text"; readonly text: string } | { readonly type: "image_url"; readonly image_url: object }

/** Plain text where it is nothing else, since some of these models take nothing else. */
function textOrParts(parts: Part[]): string | Part[] {
	return parts.every((part) => part.type === "text") ? joined(parts) : parts
}

function userPart(block: ContentBlock): Part[] {
	if (block.text !== undefined) return [{ type: "text", text: block.text }]
	if (block.image) return [image(block.image)]
	// These models cache by themselves.
	return block.cachePoint ? [] : refuseBlock(block)
}

function image({ format, source }: ContentBlock.ImageMember["image"]): Part {
	return { type: "image_url", image_url: { url: `data:image/${format};base64,${imageBytes(source)}` } }
}

function imagesOf({ content = [] }: ToolResultBlock): Part[] {
	return content.flatMap((block) => (block.image ? [image(block.image)] : []))
}

/** There is no member for a failure, so the text says it. */
function toolMessage({ toolUseId, content = [], status }: ToolResultBlock): JsonObject {
	const text = joined(content) || "(see the image)"
	return { role: "tool", tool_call_id: toolUseId, content: status === "error" ? `[The tool failed]\n${text}` : text }
}

/** Thoughts stay here: these models have no words for them. */
function assistantTurn({ content = [] }: Message): JsonObject {
	const calls = content.flatMap(({ toolUse }) => toolUse ?? [])
	const text = joined(content)
	return {
		role: "assistant",
		content: text === "" ? null : text,
		...(calls.length === 0
			? {}
			: {
					tool_calls: calls.map(({ toolUseId, name, input }) => ({
						id: toolUseId,
						type: "function",
						function: { name, arguments: JSON.stringify(input ?? {}) },
					})),
				}),
	}
}

function tools(offered: Tool[]): JsonObject[] {
	return offered.flatMap(({ toolSpec }) => {
		if (!toolSpec) return []
		const { name, description, inputSchema } = toolSpec
		return [
			{
				type: "function",
				function: { name, ...(description ? { description } : {}), parameters: inputSchema?.json },
			},
		]
	})
}

function toolChoice(choice: ToolChoice | undefined): string | JsonObject {
	if (choice?.tool) return { type: "function", function: { name: choice.tool.name } }
	return choice?.any ? "required" : "auto"
}
