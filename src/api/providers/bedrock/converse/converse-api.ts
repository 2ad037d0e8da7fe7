import { ConverseCommand, ConverseStreamCommand, type ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime"
import { readServedTier } from "@bedrock-tiers/core"
import type { ApiAdapter, ModelRequest } from "../api-adapter"
import { trackResponse, UNREADABLE } from "../connection/track-response"
import { converseUsage, readConverseEvent } from "./converse-events"
import { converseInput } from "./converse-input"
import type { OpenedAnswer } from "../stream/fold-stream"
import { peek } from "../stream/peek"
import { checkConverseImages } from "./prompt-size"

/** Converse and ConverseStream: one request format for all models. */
export const converseApi: ApiAdapter = {
	async openStream(client, request): Promise<OpenedAnswer<ConverseStreamOutput>> {
		const command = new ConverseStreamCommand(input(request))
		const findBrokenResponse = trackResponse(command, request)
		const read = readConverseEvent
		try {
			const answer = await client.send(command, { abortSignal: request.signal })
			return { events: await peek(answer.stream), read }
		} catch (error) {
			return { events: findBrokenResponse(error).events, read }
		}
	},

	async complete(client, request) {
		const command = new ConverseCommand(input(request))
		const findBrokenResponse = trackResponse(command, request)
		try {
			const answer = await client.send(command, { abortSignal: request.signal })
			return {
				text: (answer.output?.message?.content ?? []).map((block) => block.text ?? "").join(""),
				usage: converseUsage(answer.usage),
				servedTier: readServedTier(answer),
				stopReason: answer.stopReason ?? null,
				invokedModelId: answer.trace?.promptRouter?.invokedModelId,
			}
		} catch (error) {
			findBrokenResponse(error)
			return { ...UNREADABLE, servedTier: null }
		}
	},
}

function input(request: ModelRequest) {
	const converse = converseInput(request)
	checkConverseImages(converse.messages ?? [])
	return converse
}
