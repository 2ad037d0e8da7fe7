import type { Message } from "@aws-sdk/client-bedrock-runtime"
import {
	MOST_CHARACTERS_A_TOKEN,
	MOST_IMAGE_BYTES,
	MOST_IMAGES_A_MESSAGE,
	MOST_REQUEST_BYTES,
} from "@bedrock-tiers/core"
import type { ChatTurn, ImageBlock, TextBlock, ToolResultBlock, TurnBlock } from "../../provider-contract"
import { ProviderFailure } from "../../provider-failure"
import type { RequestPlan } from "./request-plan"

/**
 * Throws a `bad-input` failure for a prompt that cannot be taken, by lengths alone: nothing of it is read, so that a paste
 * of any size is refused at once. What may fit is left to the model, which counts exactly.
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
	const leastTokens = Math.ceil(characters / MOST_CHARACTERS_A_TOKEN)
	if (model?.contextWindow && leastTokens > model.contextWindow)
		throw tooLarge(
			`The prompt is too long for ${model.name}: ${number(characters)} characters are at least ` +
				`${number(leastTokens)} tokens, and it reads ${number(model.contextWindow)} at most.`,
		)
	const leastBytes = characters + base64
	if (leastBytes > MOST_REQUEST_BYTES)
		throw tooLarge(
			`The prompt is too large: at least ${number(leastBytes)} bytes with its images, and a request takes ` +
				`${number(MOST_REQUEST_BYTES)} at most.`,
		)
}

/** Throws a `bad-input` failure for images that Converse does not take, by its own limits. */
export function checkConverseImages(messages: readonly Message[]): void {
	for (const { content = [] } of messages) {
		const images = content.filter((block) => block.image)
		if (images.length > MOST_IMAGES_A_MESSAGE)
			throw tooLarge(
				`A message holds ${images.length} images; Converse takes ${MOST_IMAGES_A_MESSAGE} at most. Leave some out.`,
			)
		const inResults = content.flatMap(({ toolResult }) => toolResult?.content ?? []).filter((block) => block.image)
		for (const { image } of [...images, ...inResults]) {
			const size = image?.source?.bytes?.length ?? 0
			if (size > MOST_IMAGE_BYTES)
				throw tooLarge(
					`An image has ${number(size)} bytes; Converse takes ${number(MOST_IMAGE_BYTES)} (3.75 MB) at most. ` +
						"Make it smaller.",
				)
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

const number = (count: number) => count.toLocaleString("en-US")
const tooLarge = (message: string) => new ProviderFailure("bad-input", message)
