import {
	BedrockRuntimeClient,
	ConverseStreamCommand,
	ConverseCommand,
	type Message,
	type SystemContentBlock,
} from "@aws-sdk/client-bedrock-runtime"

import {
	type BedrockModelId,
	type BedrockServiceTier,
	type ModelInfo,
	type ProviderSettings,
	BEDROCK_GLOBAL_INFERENCE_MODEL_IDS,
	BEDROCK_SERVICE_TIER_MODEL_IDS,
	BEDROCK_SERVICE_TIER_PRICING,
	bedrockDefaultModelId,
	bedrockModels,
} from "@roo-code/types"

import type { ApiStream } from "../transform/stream"
import { logger } from "../../utils/logging"
import type { ChatMessage, SingleCompletionHandler } from "../index"
import { BaseProvider } from "./base-provider"
import { prefixOf, readArn, withoutPrefix } from "./bedrock-names"

interface BedrockPayload {
	modelId: BedrockModelId | string
	messages: Message[]
	system?: SystemContentBlock[]
	inferenceConfig: { maxTokens: number }
}

// With the member that Bedrock was thought to want.
type BedrockPayloadWithServiceTier = BedrockPayload & {
	service_tier?: BedrockServiceTier
}

export interface StreamEvent {
	contentBlockDelta?: { delta?: { text?: string } }
	metadata?: {
		usage?: { inputTokens: number; outputTokens: number; cacheReadInputTokens?: number }
		metrics?: { latencyMs: number }
	}
}

export class AwsBedrockHandler extends BaseProvider implements SingleCompletionHandler {
	private readonly client: BedrockRuntimeClient
	private costModelConfig: { id: string; info: ModelInfo } | undefined

	constructor(protected readonly options: ProviderSettings) {
		super()
		if (options.awsCustomArn) this.options.awsRegion = readArn(options.awsCustomArn).region
		this.costModelConfig = this.getModel()
		const { awsAccessKey = "", awsSecretKey = "", awsRegion, awsBedrockEndpoint } = this.options
		this.client = new BedrockRuntimeClient({
			region: awsRegion,
			credentials: { accessKeyId: awsAccessKey, secretAccessKey: awsSecretKey },
			...(awsBedrockEndpoint && options.awsBedrockEndpointEnabled && { endpoint: awsBedrockEndpoint }),
		})
	}

	override async *createMessage(systemPrompt: string, messages: ChatMessage[]): ApiStream {
		const modelConfig = this.getModel()
		const inferenceConfig = { maxTokens: modelConfig.info.maxTokens ?? 4_000 }

		// Of the models on the list only.
		const useServiceTier =
			this.options.awsBedrockServiceTier &&
			BEDROCK_SERVICE_TIER_MODEL_IDS.some((each) => each === withoutPrefix(modelConfig.id))
		if (useServiceTier) {
			logger.info("A tier goes out", { serviceTier: this.options.awsBedrockServiceTier })
		}

		// The tier stands beside the rest.
		const payload: BedrockPayloadWithServiceTier = {
			modelId: modelConfig.id,
			messages: this.convert(messages),
			...(systemPrompt && { system: [{ text: systemPrompt }] }),
			inferenceConfig,
			// Beside the rest, as said.
			...(useServiceTier && { service_tier: this.options.awsBedrockServiceTier }),
		}

		try {
			const command = new ConverseStreamCommand(payload)
			const response = await this.client.send(command)

			for await (const chunk of response.stream ?? []) {
				const streamEvent = chunk as unknown as StreamEvent

				if (streamEvent.metadata?.usage) {
					const { usage } = streamEvent.metadata
					yield {
						type: "usage",
						inputTokens: usage.inputTokens || 0,
						outputTokens: usage.outputTokens || 0,
						cacheReadTokens: usage.cacheReadInputTokens || 0,
					}
					continue
				}

				const text = streamEvent.contentBlockDelta?.delta?.text
				if (text) yield { type: "text", text }
			}
		} catch (error) {
			const errorType = this.getErrorType(error)

			// Tried again from outside, as it is.
			if (errorType === "THROTTLING") {
				throw error
			}

			const sentence = this.formatErrorMessage(error, errorType)
			logger.info("A request failed", { sentence })
			yield { type: "text", text: `Error: ${sentence}` }
			yield { type: "usage", inputTokens: 0, outputTokens: 0 }
			throw new Error(sentence)
		}
	}

	async completePrompt(prompt: string): Promise<string> {
		try {
			const modelConfig = this.getModel()

			const payload = {
				modelId: modelConfig.id,
				messages: this.convert([{ role: "user", content: prompt }]),
				inferenceConfig: { maxTokens: modelConfig.info.maxTokens ?? 4_000 },
			}

			const command = new ConverseCommand(payload)
			const response = await this.client.send(command)
			return response.output?.message?.content?.[0]?.text ?? ""
		} catch (error) {
			throw new Error(`Bedrock completion error: ${this.formatErrorMessage(error, this.getErrorType(error))}`)
		}
	}

	private convert(messages: ChatMessage[]): Message[] {
		return messages.map(({ role, content }) => ({ role, content: [{ text: content }] }))
	}

	getModelById(modelId: string): { id: BedrockModelId | string; info: ModelInfo } {
		const id = withoutPrefix(modelId)
		const known = id in bedrockModels ? (id as BedrockModelId) : bedrockDefaultModelId
		return { id: known, info: { ...bedrockModels[known] } }
	}

	override getModel(): { id: BedrockModelId | string; info: ModelInfo } {
		if (this.costModelConfig) {
			return { ...this.costModelConfig }
		}

		let modelConfig
		const { awsCustomArn, awsRegion } = this.options
		if (awsCustomArn) {
			const { kind, modelId } = readArn(awsCustomArn)
			modelConfig = this.getModelById(modelId)
			if (kind !== "foundation-model") modelConfig.id = awsCustomArn
		} else {
			modelConfig = this.getModelById(this.options.apiModelId ?? bedrockDefaultModelId)
			const { id } = modelConfig
			if (this.options.awsUseGlobalInference && BEDROCK_GLOBAL_INFERENCE_MODEL_IDS.some((each) => each === id)) {
				modelConfig.id = `global.${id}`
			} else if (this.options.awsUseCrossRegionInference && awsRegion) {
				modelConfig.id = prefixOf(awsRegion) + id
			}
		}

		// The same factor for every price.
		const baseModelIdForTier = withoutPrefix(modelConfig.id)
		if (
			this.options.awsBedrockServiceTier &&
			BEDROCK_SERVICE_TIER_MODEL_IDS.some((each) => each === baseModelIdForTier)
		) {
			const factor = BEDROCK_SERVICE_TIER_PRICING[this.options.awsBedrockServiceTier]
			const { inputPrice = 0, outputPrice = 0 } = modelConfig.info
			modelConfig.info = {
				...modelConfig.info,
				inputPrice: inputPrice * factor,
				outputPrice: outputPrice * factor,
			}
		}

		// The caller may change what it gets.
		return { ...modelConfig }
	}

	private getErrorType(error: unknown): string {
		const words = error instanceof Error ? error.message.toLowerCase() : ""
		if (words.includes("limit") || words.includes("too many")) {
			return "THROTTLING"
		}
		return "GENERIC"
	}

	private formatErrorMessage(error: unknown, errorType: string): string {
		if (errorType === "THROTTLING") {
			return "Too much at once. Wait a little."
		}
		return `Something unknown: ${error instanceof Error ? error.message : String(error)}`
	}
}
