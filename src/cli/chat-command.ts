import {
	REASONING_LEVELS,
	REQUEST_APIS,
	ROUTE_SETTINGS,
	tierLine,
	type ServiceTier,
	type UsageRecord,
} from "@bedrock-tiers/core"
import { detailsOf, englishText } from "@bedrock-tiers/error-details"
import {
	CACHE_LIFETIMES,
	FAILURE_TABLE,
	HTTP_PROTOCOLS,
	offeredActions,
	type CacheLifetime,
	type FailureAction,
	earlyEnd,
	type EarlyEnd,
} from "@bedrock-tiers/protocol"
import { Command, Option } from "commander"
import {
	ProviderFailure,
	type ApiHandler,
	type ApiStreamChunk,
	type FailedAttempt,
	type ParameterAdjustment,
	type RequestMetadata,
	type UsageChunk,
} from "../api"
import { loadBedrock } from "../api/load-bedrock"
import type { BedrockHandlerOptions } from "../api/providers/bedrock/handler-options"
import {
	declaredModelIdOption,
	declaredModelsFor,
	readEndpoint,
	readModelId,
	readPrompt,
	readRegion,
	readTemperature,
	readTier,
	TIER_WORDS,
	readTokens,
} from "./arguments"
import {
	formatCost,
	interruptSignal,
	note,
	noteOtherEndpoint,
	noteOtherRegion,
	printJson,
	printLine,
	printText,
	tierName,
} from "./output"

type ChatOptions = Pick<
	BedrockHandlerOptions,
	"region" | "route" | "api" | "http" | "maxTokens" | "temperature" | "reasoning"
> & {
	model: string
	tier: ServiceTier
	endpoint?: string
	declaredModelId?: string
	cache: CacheLifetime
	whenTierCannotServe: "standard" | "stop"
	stream: boolean
	json?: boolean
}

export function chatCommand(): Command {
	return new Command("chat")
		.description("Send one prompt with a tier and show what served it and what it cost")
		.argument("<prompt>", "what to ask", readPrompt)
		.requiredOption("--model <id>", "model id, profile id or ARN", readModelId)
		.requiredOption("--region <region>", "AWS region whose endpoint is called", readRegion)
		.addOption(new Option("--route <route>", "how the model is reached").choices(ROUTE_SETTINGS).default("auto"))
		.option("--tier <tier>", TIER_WORDS, readTier, "default")
		.option("--endpoint <url>", "another endpoint: https, or http on this machine", readEndpoint)
		.addOption(new Option("--api <api>", "Bedrock API").choices(REQUEST_APIS).default("converse"))
		.addOption(
			new Option("--http <protocol>", "http1 for proxies and gateways").choices(HTTP_PROTOCOLS).default("http2"),
		)
		.addOption(declaredModelIdOption("the model behind an application profile, where AWS may not be asked"))
		.option("--max-tokens <n>", "limit of the answer, thoughts included", readTokens)
		.option("--temperature <t>", "0 to 1", readTemperature)
		.addOption(
			new Option("--reasoning <level>", "how hard the model is to think")
				.choices(REASONING_LEVELS)
				.default("off"),
		)
		.addOption(
			new Option("--cache <lifetime>", "mark the prompt for caching").choices(CACHE_LIFETIMES).default("off"),
		)
		.addOption(
			new Option("--when-tier-cannot-serve <what>", "the model refuses the tier, or it has no room")
				.choices(["stop", "standard"])
				.default("stop"),
		)
		.option("--no-stream", "wait for the whole answer")
		.option("--json", "print one JSON object a line")
		.addHelpText(
			"after",
			"\nCredentials come from the usual AWS places (environment, profiles, SSO, roles);\nAWS_BEARER_TOKEN_BEDROCK holds a Bedrock API key, AWS_PROFILE names a profile.",
		)
		.action(async (prompt: string, options: ChatOptions) => {
			if (!(await runChat(prompt, options))) process.exitCode = 1
		})
}

/** @returns whether the answer was received completely */
async function runChat(prompt: string, options: ChatOptions): Promise<boolean> {
	const { model, tier, endpoint = null, declaredModelId, cache, stream, json, ...handlerOptions } = options
	const print = json ? printChunkAsJson : printChunk
	const signal = interruptSignal()
	noteOtherRegion(model, options.region)
	const { AwsBedrockHandler } = await loadBedrock()
	const handler = new AwsBedrockHandler({
		...handlerOptions,
		modelId: model,
		serviceTier: tier,
		credentials: { method: "default-chain" },
		endpoint,
		declaredModels: declaredModelsFor(model, declaredModelId),
		applicationId: "bedrock-tiers-cli",
		promptCaching: cache,
	})
	try {
		if (endpoint === null) noteOtherEndpoint(await handler.endpoint())
		const limits = {
			signal,
			onAdjusted: (adjustments: readonly ParameterAdjustment[]) => {
				if (json) printJson({ type: "adjusted", adjustments })
				for (const adjustment of adjustments) note(adjustmentNote(adjustment))
			},
			onAttemptFailed: (attempt: FailedAttempt) => {
				const { nextTier } = attempt
				if (nextTier === null) return
				if (json) printJson({ type: "attempt-failed", ...attempt, message: englishText(attempt.details) })
				note(attemptMessage(attempt, nextTier))
			},
		}
		for await (const chunk of answer(handler, prompt, stream, limits)) print(chunk)
		return true
	} catch (error) {
		printFailure(ProviderFailure.is(error) ? error : new ProviderFailure("unknown", detailsOf(error)), options)
		return false
	} finally {
		handler.dispose()
	}
}

/** Terminal hints for actions that the error message does not cover already. */
const ACTION_HINTS: Readonly<Partial<Record<FailureAction, string>>> = {
	"retry-on-standard": "To go on Standard then: --when-tier-cannot-serve standard.",
	"send-without": "Send it without that parameter.",
	"choose-tier": "Which tiers a model takes: bedrock-tiers models.",
}

function printFailure({ code, message }: ProviderFailure, { json, tier, whenTierCannotServe }: ChatOptions): void {
	const { retry, tierMayHelp } = FAILURE_TABLE[code]
	if (json) return printJson({ type: "error", code, message, retry, tierMayHelp })
	note(`\n${code}: ${message}`)
	// The terminal cannot ask the user, so its "stop" corresponds to the setting "ask".
	const setting = whenTierCannotServe === "stop" ? "ask" : whenTierCannotServe
	for (const action of offeredActions(code, { serviceTier: tier, whenTierCannotServe: setting })) {
		const hint = ACTION_HINTS[action]
		if (hint !== undefined) note(hint)
	}
}

async function* answer(
	handler: ApiHandler,
	prompt: string,
	stream: boolean,
	limits: Pick<RequestMetadata, "signal" | "onAttemptFailed" | "onAdjusted">,
): AsyncGenerator<ApiStreamChunk> {
	if (stream) {
		yield* handler.createMessage("", [{ role: "user", content: prompt }], limits)
		return
	}
	const usages: UsageChunk[] = []
	const text = await handler.completePrompt(prompt, { ...limits, onUsage: (usage) => usages.push(usage) })
	yield { type: "text", text }
	yield* usages
}

function printChunkAsJson(chunk: ApiStreamChunk): void {
	if (chunk.type !== "usage") return printJson(chunk)
	const { record } = chunk
	noteWhenNotSent(record)
	printJson({
		type: "usage",
		inputTokens: record.usage?.inputTokens ?? null,
		outputTokens: record.usage?.outputTokens ?? null,
		cacheReadTokens: record.usage?.cacheReadTokens ?? null,
		cacheWriteTokens: record.usage?.cacheWriteTokens ?? null,
		requestedTier: record.requestedTier,
		servedTier: record.servedTier,
		billedTier: record.billedTier,
		basis: record.basis,
		notSentReason: record.notSentReason,
		baseModelId: record.baseModelId,
		modelNamedBy: record.modelNamedBy,
		totalUsd: record.totalUsd,
		knownUsd: record.knownUsd,
		unpricedReason: record.unpricedReason,
	})
}

function adjustmentNote({ parameter, reason, from, to }: ParameterAdjustment): string {
	const tokens = (count = 0) => count.toLocaleString("en-US")
	switch (reason) {
		case "not-accepted":
			return `${parameter} was left out: the model does not accept it.`
		case "refused":
			return `${parameter} was left out: Bedrock refused it before.`
		case "with-thinking":
			return `${parameter} was left out: the model does not accept it while it thinks.`
		case "undocumented":
			return `${parameter} was left out: AWS documents no field for it with this model.`
		case "above-maximum":
			return `maxTokens is ${tokens(to)}, the model's maximum, instead of ${tokens(from)}.`
		case "below-minimum":
			return `maxTokens is ${tokens(to)}, the model's minimum, instead of ${tokens(from)}.`
	}
}

const EARLY_END_NOTES: Readonly<Record<EarlyEnd, string>> = {
	limit: "The answer was cut off at its maximum length (--max-tokens).",
	window: "The answer was cut off: the model's context window is full.",
	guardrail: "A guardrail of the AWS account stopped the answer.",
	filtered: "A content filter stopped the answer. Rephrase the prompt.",
	declined: "The model declined to answer.",
	malformed: "The model wrote an answer that Bedrock could not read. Send the prompt again.",
}

function printChunk(chunk: ApiStreamChunk): void {
	if (chunk.type === "text") printText(chunk.text)
	if (chunk.type !== "usage") return
	const { record } = chunk
	noteWhenNotSent(record)
	const end = earlyEnd(chunk.stopReason)
	if (end) note(EARLY_END_NOTES[end])
	if (record.modelNamedBy === "person") note(`Priced as ${record.baseModelId}, by your word.`)
	const { usage } = record
	const tokens = usage ? ` · ${usage.inputTokens} tokens in, ${usage.outputTokens} out` : ""
	printLine(`\n\n${formatCost(record)} · ${formatTiers(record)}${tokens}`)
}

function formatTiers(record: UsageRecord): string {
	const billed = tierName(record.billedTier)
	return tierLine(record) === "served-otherwise"
		? `asked ${tierName(record.requestedTier)}, served ${billed}`
		: billed
}

function noteWhenNotSent({ notSentReason, requestedTier, modelId }: UsageRecord): void {
	if (notSentReason === "tier-not-offered")
		note(`${tierName(requestedTier)} was not sent: ${modelId} does not take it through this API.`)
}

function attemptMessage({ details, sentTier, waitMs }: FailedAttempt, nextTier: ServiceTier): string {
	const next =
		(sentTier ?? "default") === nextTier
			? `Trying again${waitMs === 0 ? "" : ` in ${(waitMs / 1000).toFixed(1)} s`}.`
			: `Trying again on ${tierName(nextTier)}.`
	return `${englishText(details)} ${next}`
}
