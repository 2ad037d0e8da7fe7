import * as bedrockRuntime from "@aws-sdk/client-bedrock-runtime"

import {
	bedrockModels,
	calculateBedrockCost,
	planBedrockTier,
	priceBedrockRequest,
	withBedrockTierPrices,
	type BedrockTierPlan,
	type BedrockTierSettings,
	type BedrockTierUsage,
	type BedrockTokenUsage,
	type ModelInfo,
} from "@roo-code/types"

/** Does not compile with an AWS SDK without service tiers: see the version range in package.json. */
type TierMember = Pick<bedrockRuntime.ConverseStreamCommandInput, "serviceTier">

/** The members of the stream's metadata event that are read here. */
interface ReportedUsage {
	usage?: {
		inputTokens?: number
		outputTokens?: number
		cacheReadInputTokens?: number
		cacheWriteInputTokens?: number
		cacheReadInputTokenCount?: number
		cacheWriteInputTokenCount?: number
		cacheDetails?: { ttl?: string; inputTokens?: number }[]
	}
	serviceTier?: { type?: string }
	trace?: { promptRouter?: { invokedModelId?: string } }
}

const TIER_NAMES: Readonly<Record<string, string>> = { default: "Standard", flex: "Flex", priority: "Priority" }

/** The service tier of one request: the member to send, and the cost of the usage. */
export class BedrockTierRequest {
	/** To spread into the input of Converse and ConverseStream. Empty for Standard, which is sent by omission. */
	readonly member: TierMember
	private readonly plan: BedrockTierPlan
	private readonly notSentReason: BedrockTierUsage["notSentReason"]

	/** @param model the result of `getModel()`; its id is sent to Bedrock */
	constructor(
		private readonly settings: BedrockTierSettings,
		private readonly model: { id: string; info: ModelInfo },
	) {
		this.plan = planBedrockTier(settings, model.id)
		const { sentTier, notSentReason } = this.plan.decision
		const sent = sentTier !== null && sdkSupportsTiers()
		this.member = sent ? { serviceTier: { type: sentTier } } : {}
		this.notSentReason = sentTier !== null && !sent ? "sdk-without-tiers" : notSentReason
	}

	/**
	 * Prices the request by the tier that served it, for the usage chunk. An unknown price adds nothing to `totalCost`,
	 * and `serviceTier` has the reason. `totalCost` is always set, so that the caller does not price the request as
	 * another model.
	 */
	usage(reported: ReportedUsage): { totalCost: number; serviceTier?: BedrockTierUsage } {
		const invoked = reported.trace?.promptRouter?.invokedModelId
		const plan = invoked ? planBedrockTier(this.settings, invoked) : this.plan
		const usage = tokenUsage(reported)
		const servedTier = reported.serviceTier?.type || null
		const { basis, billedTier, knownUsd, unpricedReason } = priceBedrockRequest({
			modelId: plan.modelId,
			baseModelId: plan.baseModelId,
			region: plan.region,
			route: plan.route,
			sentTier: this.member.serviceTier ? this.plan.requestedTier : null,
			servedTier,
			usage,
		})
		// Older models that only Roo Code's own catalog lists are sold only as Standard, at their list price there.
		const listed =
			plan.model || billedTier !== "default" ? null : listedCost(plan.baseModelId, this.model.info, usage)
		const cost = exceedsContextWindow(plan, usage)
			? { knownUsd: 0, unpricedReason: "input-price-unknown" as const }
			: listed === null
				? { knownUsd, unpricedReason }
				: { knownUsd: listed, unpricedReason: null }
		const { requestedTier } = this.plan
		const hasTierInfo =
			plan.supportsTiers ||
			requestedTier !== "default" ||
			billedTier !== "default" ||
			cost.unpricedReason !== null
		return {
			totalCost: cost.knownUsd,
			...(hasTierInfo && {
				serviceTier: {
					requestedTier,
					notSentReason: this.notSentReason,
					servedTier,
					billedTier,
					basis,
					...cost,
				},
			}),
		}
	}
}

/** The SDK silently drops members that it does not know: with an older one, Standard would be served and billed. */
function sdkSupportsTiers(): boolean {
	return "ServiceTierType" in bedrockRuntime
}

/** With a beta, a model accepts prompts beyond its context window, at a separate price that the catalog lacks. */
function exceedsContextWindow({ model }: BedrockTierPlan, usage: BedrockTokenUsage): boolean {
	const promptTokens = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens
	return model?.contextWindow != null && promptTokens > model.contextWindow
}

/** The cost at the prices of Roo Code's own catalog; `null` when it does not list the model or a price. */
function listedCost(baseModelId: string | null, info: ModelInfo, usage: BedrockTokenUsage): number | null {
	if (baseModelId === null || !(baseModelId in bedrockModels)) return null
	return calculateBedrockCost(usage, {
		inputUsdPerMTok: info.inputPrice ?? null,
		outputUsdPerMTok: info.outputPrice ?? null,
		cacheReadUsdPerMTok: info.cacheReadsPrice ?? null,
		cacheWriteUsdPerMTok: info.cacheWritesPrice ?? null,
		cacheWrite1hUsdPerMTok: null,
	}).totalUsd
}

function tokenUsage({ usage = {} }: ReportedUsage): BedrockTokenUsage {
	return {
		inputTokens: usage.inputTokens || 0,
		outputTokens: usage.outputTokens || 0,
		cacheReadTokens: usage.cacheReadInputTokens || usage.cacheReadInputTokenCount || 0,
		cacheWriteTokens: usage.cacheWriteInputTokens || usage.cacheWriteInputTokenCount || 0,
		cacheWrite1hTokens: (usage.cacheDetails ?? [])
			.filter(({ ttl }) => ttl === "1h")
			.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0),
	}
}

/**
 * Returns the model's description with the prices of the tier that a request would send. The description of a model
 * without tiers is not changed.
 */
export function bedrockTierModelInfo(info: ModelInfo, settings: BedrockTierSettings, modelId: string): ModelInfo {
	return planBedrockTier(settings, modelId).supportsTiers ? withBedrockTierPrices(info, settings, modelId) : info
}

/** Whether AWS refused the service tier, recognized by the text of AWS's error message. */
function isTierRefusal(error: unknown): boolean {
	return error instanceof Error && error.name === "ValidationException" && /\bservice[ _]tier\b/i.test(error.message)
}

/** The error message for a refused tier; `null` for any other error. */
export function bedrockTierRefusal(error: unknown, settings: BedrockTierSettings, modelId: string): string | null {
	if (!(error instanceof Error) || !isTierRefusal(error)) return null
	const { model, requestedTier, region } = planBedrockTier(settings, modelId)
	return (
		`Amazon Bedrock refused the service tier ${TIER_NAMES[requestedTier]} for ${model?.name ?? modelId} in ${region}. ` +
		`Choose Standard, or another tier, in the provider settings and try again. AWS says: ${error.message}`
	)
}

/**
 * Stores the tier of a usage chunk in the chat row's text, where the task's own updates preserve it.
 * @param message the row of the API request; `undefined` when it does not exist
 */
export function keepServiceTier(
	message: { text?: string } | undefined,
	chunk: { serviceTier?: BedrockTierUsage },
): void {
	if (message && chunk.serviceTier)
		message.text = JSON.stringify({ ...JSON.parse(message.text || "{}"), serviceTier: chunk.serviceTier })
}
