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

/** An AWS SDK without service tiers does not compile here: see the range in package.json. */
type TierMember = Pick<bedrockRuntime.ConverseStreamCommandInput, "serviceTier">

/** What is read of the stream's metadata event. */
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

/** One request's service tier: what is sent for it, and what its usage cost. */
export class BedrockTierRequest {
	/** To spread into what Converse and ConverseStream are given. Standard is sent by sending nothing. */
	readonly member: TierMember
	private readonly plan: BedrockTierPlan
	private readonly notSentReason: BedrockTierUsage["notSentReason"]

	/** @param model as `getModel()` answers: the id is what Bedrock is given */
	constructor(
		private readonly settings: BedrockTierSettings,
		private readonly model: { id: string; info: ModelInfo },
	) {
		this.plan = planBedrockTier(settings, model.id)
		const { sentTier, notSentReason } = this.plan.decision
		const sent = sentTier !== null && sdkKnowsTiers()
		this.member = sent ? { serviceTier: { type: sentTier } } : {}
		this.notSentReason = sentTier !== null && !sent ? "sdk-without-tiers" : notSentReason
	}

	/**
	 * What the request cost by the tier that served it, for the usage chunk. An unknown price adds nothing to
	 * `totalCost`, and `serviceTier` says so: a `totalCost` of our own keeps the caller from pricing the request as
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
		// Older models that only Roo Code's own catalogue lists are sold at Standard alone, at their own list price.
		const listed =
			plan.model || billedTier !== "default" ? null : listedCost(plan.baseModelId, this.model.info, usage)
		const cost = isBeyondItsWindow(plan, usage)
			? { knownUsd: 0, unpricedReason: "input-price-unknown" as const }
			: listed === null
				? { knownUsd, unpricedReason }
				: { knownUsd: listed, unpricedReason: null }
		const { requestedTier } = this.plan
		const saysSomething =
			plan.takesTiers || requestedTier !== "default" || billedTier !== "default" || cost.unpricedReason !== null
		return {
			totalCost: cost.knownUsd,
			...(saysSomething && {
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

/** The SDK drops members that it does not know, without a word: an older one would serve and bill Standard. */
function sdkKnowsTiers(): boolean {
	return "ServiceTierType" in bedrockRuntime
}

/** With a beta a model reads prompts beyond its window, at a price of their own that no list of ours has. */
function isBeyondItsWindow({ model }: BedrockTierPlan, usage: BedrockTokenUsage): boolean {
	const read = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens
	return model?.contextWindow != null && read > model.contextWindow
}

/** What the usage costs at the prices of Roo Code's own catalogue; null where that does not list the model or a price. */
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
 * The model's description with the prices of the tier that a request would ask for; a model without tiers keeps it as
 * it is.
 */
export function bedrockTierModelInfo(info: ModelInfo, settings: BedrockTierSettings, modelId: string): ModelInfo {
	return planBedrockTier(settings, modelId).takesTiers ? withBedrockTierPrices(info, settings, modelId) : info
}

/** The words are AWS's own. */
function isTierRefusal(error: unknown): boolean {
	return error instanceof Error && error.name === "ValidationException" && /\bservice[ _]tier\b/i.test(error.message)
}

/** The sentence for a refused tier; null for any other error. */
export function bedrockTierRefusal(error: unknown, settings: BedrockTierSettings, modelId: string): string | null {
	if (!(error instanceof Error) || !isTierRefusal(error)) return null
	const { model, requestedTier, region } = planBedrockTier(settings, modelId)
	return (
		`Amazon Bedrock refused the service tier ${TIER_NAMES[requestedTier]} for ${model?.name ?? modelId} in ${region}. ` +
		`Choose Standard, or another tier, in the provider settings and try again. AWS says: ${error.message}`
	)
}

/**
 * Keeps what a usage chunk says of its tier in the chat row's text, where it survives the task's own updates.
 * @param message the row of the API request; undefined = there is none
 */
export function keepServiceTier(
	message: { text?: string } | undefined,
	chunk: { serviceTier?: BedrockTierUsage },
): void {
	if (message && chunk.serviceTier)
		message.text = JSON.stringify({ ...JSON.parse(message.text || "{}"), serviceTier: chunk.serviceTier })
}
