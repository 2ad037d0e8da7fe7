import type { Message } from "@aws-sdk/client-bedrock-runtime"
import {
	MAX_CHARACTERS_PER_TOKEN,
	MAX_IMAGE_BYTES,
	MAX_IMAGES_PER_MESSAGE,
	MAX_REQUEST_BYTES,
} from "@bedrock-tiers/core"
import { detail } from "@bedrock-tiers/error-details"
import type { ChatTurn, ImageBlock, TextBlock, ToolResultBlock, TurnBlock } from "../../../provider-contract"
import { badInput, ProviderFailure } from "../../../provider-failure"
import type { RequestPlan } from "../request-plan"

/**
 * Throws a `prompt-too-long` failure for a prompt that cannot fit. Only lengths are checked and no content is read, so that a
 * pasted text of any size is rejected at once. A prompt that may fit is left to the model, which counts exactly.
 */
export function checkPromptSize({ model }: RequestPlan, systemPrompt: string, turns: readonly ChatTurn[]): void {
	let characters = systemPrompt.length
	let base64 = 0
	for (const { content } of turns) {
		if (typeof content === "string") characters += content.length
		else
			for (const block of content) {
				characters += textLength(block)
				base64 += imageLength(block)
			}
	}
	const minTokens = Math.ceil(characters / MAX_CHARACTERS_PER_TOKEN)
	if (model?.contextWindow && minTokens > model.contextWindow)
		throw new ProviderFailure(
			"prompt-too-long",
			detail("request.prompt-too-long", {
				model: model.name,
				characters,
				minTokens,
				maxTokens: model.contextWindow,
			}),
		)
	const minBytes = characters + base64
	if (minBytes > MAX_REQUEST_BYTES)
		throw new ProviderFailure(
			"prompt-too-long",
			detail("request.prompt-too-large", { minBytes, maxBytes: MAX_REQUEST_BYTES }),
		)
}

/** Throws a `bad-input` failure for images beyond Converse's limits. */
export function checkConverseImages(messages: readonly Message[]): void {
	for (const { content = [] } of messages) {
		const images = content.filter((block) => block.image)
		if (images.length > MAX_IMAGES_PER_MESSAGE)
			throw badInput(detail("request.too-many-images", { images: images.length, max: MAX_IMAGES_PER_MESSAGE }))
		const inResults = content.flatMap(({ toolResult }) => toolResult?.content ?? []).filter((block) => block.image)
		for (const { image } of [...images, ...inResults]) {
			const size = image?.source?.bytes?.length ?? 0
			if (size > MAX_IMAGE_BYTES)
				throw badInput(detail("request.image-too-large", { bytes: size, maxBytes: MAX_IMAGE_BYTES }))
		}
	}
}

function textLength(block: TurnBlock): number {
	if (block.type === "text" && "text" in block) return (block as TextBlock).text.length
	if (block.type !== "tool_result") return 0
	const { content = "" } = block as ToolResultBlock
	if (typeof content === "string") return content.length
	return content.reduce((sum, inner) => sum + textLength(inner), 0)
}

function imageLength(block: TurnBlock): number {
	if (block.type === "image" && "source" in block) return (block as ImageBlock).source.data.length
	if (block.type !== "tool_result") return 0
	const { content } = block as ToolResultBlock
	return typeof content === "object" ? content.reduce((sum, inner) => sum + imageLength(inner), 0) : 0
}
