import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime"
import { converseTierMember } from "@bedrock-tiers/core"
import type { ChatTurn, RequestMetadata } from "../../provider-contract"
import { converseMessages } from "./converse-messages"
import { converseTools } from "./converse-tools"
import type { RequestPlan } from "./request-plan"

/** The request of Converse and ConverseStream, which is the same for both. */
export function converseInput(
	plan: RequestPlan,
	systemPrompt: string,
	turns: readonly ChatTurn[],
	metadata: RequestMetadata,
): ConverseStreamCommandInput {
	const toolConfig = converseTools(metadata)
	return {
		modelId: plan.bedrockModelId,
		...(systemPrompt === "" ? {} : { system: [{ text: systemPrompt }] }),
		messages: converseMessages(turns, toolConfig !== undefined),
		...(toolConfig ? { toolConfig } : {}),
		...converseTierMember(plan.tier.sentTier),
	}
}
