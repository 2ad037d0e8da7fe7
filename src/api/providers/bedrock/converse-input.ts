import type { ContentBlock, ConverseStreamCommandInput, Message } from "@aws-sdk/client-bedrock-runtime"
import { converseTierMember } from "@bedrock-tiers/core"
import type { ChatTurn, TextBlock, TurnBlock } from "../../provider-contract"
import { ProviderFailure } from "../../provider-failure"
import type { RequestPlan } from "./request-plan"

/** The request of Converse and ConverseStream, which is the same for both. */
export function converseInput(
	plan: RequestPlan,
	systemPrompt: string,
	turns: readonly ChatTurn[],
): ConverseStreamCommandInput {
	return {
		modelId: plan.bedrockModelId,
		...(systemPrompt === "" ? {} : { system: [{ text: systemPrompt }] }),
		messages: turns.map(toMessage),
		...converseTierMember(plan.tier.sentTier),
	}
}

function toMessage(turn: ChatTurn): Message {
	const blocks = typeof turn.content === "string" ? [{ type: "text", text: turn.content }] : turn.content
	return { role: turn.role, content: blocks.map(toContentBlock) }
}

function toContentBlock(block: TurnBlock): ContentBlock {
	if (isText(block)) return { text: block.text }
	throw new ProviderFailure("bad-input", `A message holds a block of the kind "${block.type}", which cannot be sent.`)
}

function isText(block: TurnBlock): block is TextBlock {
	return block.type === "text" && "text" in block
}
