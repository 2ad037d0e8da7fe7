import {
	findModel,
	formatUnitPrice,
	isEstimated,
	markEstimate,
	LIST_PRICES,
	priceRequest,
	ROUTE_SETTINGS,
	takesTierSomewhere,
	type RequestCost,
	type ServiceTier,
	type TokenUsage,
} from "@bedrock-tiers/core"
import { englishText, routeDetails } from "@bedrock-tiers/error-details"
import { Command, Option } from "commander"
import {
	readModelId,
	readPercent,
	readRegion,
	readTier,
	TIER_WORDS,
	readTokens,
	declaredModelIdOption,
} from "./arguments"
import { formatCost, note, noteOtherRegion, printJson, printLine, table, tierName } from "./output"
import { pricedTarget, targetNotes, type PricedTarget, type Target } from "./priced-target"

type CostOptions = Target & {
	tier: ServiceTier
	input: number
	output: number
	cacheRead: number
	cacheWrite: number
	cacheWrite1h: number
	discount: number
	json?: boolean
}

type CostReport = Pick<PricedTarget, "region" | "route"> &
	Pick<RequestCost, "billedTier" | "lines" | "totalUsd" | "knownUsd" | "unpricedReason"> & {
		modelId: string
		card: { source: string; checkedOn: string } | null
		/** Why the cost is an estimate; `null` when it is exact. */
		estimateReason: string | null
	}

/** Exit code when no part of the cost has a price. */
const NOTHING_PRICED = 3

const ESTIMATE_REASON = "Estimated: AWS has not published a price for these tokens, so it is computed."

export function costCommand(): Command {
	return new Command("cost")
		.description(
			"Say what a request costs on a tier, line by line, and where the prices come from. Exit code 3: nothing is priced.",
		)
		.requiredOption("--model <id>", "model id, profile id or ARN", readModelId)
		.requiredOption("--region <region>", "AWS region whose endpoint is called", readRegion)
		.addOption(new Option("--route <route>", "how the model is reached").choices(ROUTE_SETTINGS).default("auto"))
		.addOption(declaredModelIdOption("the model behind an application profile"))
		.requiredOption("--tier <tier>", TIER_WORDS, readTier)
		.requiredOption("--input <tokens>", "input tokens that are not cached", readTokens)
		.requiredOption("--output <tokens>", "output tokens", readTokens)
		.option("--cache-read <tokens>", "tokens read from the cache", readTokens, 0)
		.option("--cache-write <tokens>", "tokens written to the cache", readTokens, 0)
		.option("--cache-write-1h <tokens>", "further tokens, written to the cache for an hour", readTokens, 0)
		.option("--discount <percent>", "negotiated, off list prices", readPercent, 0)
		.option("--json", "print one JSON object")
		.action((options: CostOptions) => {
			const report = costReport(options)
			if (options.json) printJson(report)
			else printReport(report, options.discount)
			if (report.totalUsd === null && report.knownUsd === 0) process.exitCode = NOTHING_PRICED
		})
}

function costReport(options: CostOptions): CostReport {
	const { model, tier, discount } = options
	noteOtherRegion(model, options.region)
	const { baseModelId, region, route, miss } = pricedTarget(options)
	const modelId = baseModelId ?? model
	const usage: TokenUsage = {
		inputTokens: options.input,
		outputTokens: options.output,
		cacheReadTokens: options.cacheRead,
		cacheWriteTokens: options.cacheWrite + options.cacheWrite1h,
		cacheWrite1hTokens: options.cacheWrite1h,
	}
	for (const text of targetNotes(options)) note(text)
	if (miss) note(englishText(routeDetails(miss)))
	if (route === null) {
		const unpriced = { lines: [], totalUsd: null, knownUsd: 0, unpricedReason: "no-route", card: null } as const
		return { modelId, region, route, billedTier: tier, ...unpriced, estimateReason: null }
	}
	const { billedTier, lines, totalUsd, knownUsd, card, ...priced } = priceRequest(
		{ modelId: model, baseModelId, region, route, sentTier: tier, servedTier: null, usage },
		{ ...LIST_PRICES, discountPercent: discount },
	)
	const known = baseModelId === null ? undefined : findModel(baseModelId)
	// What AWS served as Reserved is paid by reservation, but a model without Reserved cannot be reserved.
	const isOffered = known === undefined || takesTierSomewhere(known, tier)
	const unpricedReason = isOffered ? priced.unpricedReason : "tier-not-offered"
	const cardSource = card && { source: card.source, checkedOn: card.checkedOn }
	const estimateReason = isEstimated({ lines }) ? ESTIMATE_REASON : null
	const cost = { billedTier, lines, totalUsd, knownUsd, unpricedReason }
	return { modelId, region, route, ...cost, card: cardSource, estimateReason }
}

function printReport(report: CostReport, discount: number): void {
	printLine(`${report.modelId} in ${report.region} (${report.route ?? "no route"}), ${tierName(report.billedTier)}`)
	printLine()
	const lines = report.lines.map(({ kind, tokens, usdPerMTok, usd, estimated = false }) => [
		kind,
		tokens.toLocaleString("en-US"),
		usdPerMTok === null ? "not published" : markEstimate(formatUnitPrice(usdPerMTok), estimated),
		usd === null ? "?" : markEstimate(formatUnitPrice(usd), estimated && tokens > 0),
	])
	if (lines.length > 0) printLine(`${table([["KIND", "TOKENS", "PER MILLION", "COST"], ...lines], [1, 2, 3])}\n`)
	printLine(`Total: ${formatCost(report)}`)
	if (report.estimateReason) printLine(`≈ ${report.estimateReason}`)
	const discountNote = discount > 0 ? `, less ${discount} % discount` : ""
	if (report.card) printLine(`Prices: ${report.card.source}, checked on ${report.card.checkedOn}${discountNote}`)
}
