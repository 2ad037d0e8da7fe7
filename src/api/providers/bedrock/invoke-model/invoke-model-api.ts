import {
	InvokeModelCommand,
	InvokeModelWithResponseStreamCommand,
	type InvokeModelCommandInput,
	type ResponseStream,
} from "@aws-sdk/client-bedrock-runtime"
import { invokeModelTierMember, readServedTierHeader } from "@bedrock-tiers/core"
import type { ApiAdapter, ModelRequest } from "../api-adapter"
import { trackResponse, UNREADABLE } from "../connection/track-response"
import { converseInput } from "../converse/converse-input"
import type { OpenedAnswer } from "../stream/fold-stream"
import { peek } from "../stream/peek"
import { modelFamily } from "./families"
import { parseJsonObject } from "./json"
import type { ModelFamily, WholeAnswer } from "./model-family"
import { eventReader } from "./read-chunks"

const TIER_HEADER = "x-amzn-bedrock-service-tier"

/** InvokeModel and InvokeModelWithResponseStream: a body in each model's own format, the tier in a header. */
export const invokeModelApi: ApiAdapter = {
	async openStream(client, request): Promise<OpenedAnswer<ResponseStream>> {
		const family = modelFamily(request.plan)
		const command = new InvokeModelWithResponseStreamCommand(input(family, request))
		const findBrokenResponse = trackResponse(command, request)
		const read = eventReader(family)
		try {
			const answer = await client.send(command, { abortSignal: request.signal })
			return { events: await peek(answer.body), read, servedTier: readServedTierHeader(answer) }
		} catch (error) {
			const { events, headers } = findBrokenResponse(error)
			return { events, read, servedTier: readServedTierHeader({ serviceTier: headers[TIER_HEADER] }) }
		}
	},

	async complete(client, request) {
		const family = modelFamily(request.plan)
		const command = new InvokeModelCommand(input(family, request))
		const findBrokenResponse = trackResponse(command, request)
		try {
			const answer = await client.send(command, { abortSignal: request.signal })
			// A prompt router has no body format, so it cannot be called through InvokeModel.
			return { ...wholeAnswer(family, answer.body), servedTier: readServedTierHeader(answer) }
		} catch (error) {
			const { headers } = findBrokenResponse(error)
			return { ...UNREADABLE, servedTier: readServedTierHeader({ serviceTier: headers[TIER_HEADER] }) }
		}
	},
}

function input(family: ModelFamily, request: ModelRequest): InvokeModelCommandInput {
	const { plan } = request
	return {
		modelId: plan.bedrockModelId,
		contentType: "application/json",
		accept: "application/json",
		body: JSON.stringify(family.body(converseInput(request), plan)),
		...invokeModelTierMember(plan.tier.sentTier),
	}
}

/** An answer that is not JSON was billed all the same. */
function wholeAnswer(family: ModelFamily, body: Uint8Array): WholeAnswer {
	try {
		return family.answer(parseJsonObject(body))
	} catch {
		return UNREADABLE
	}
}
