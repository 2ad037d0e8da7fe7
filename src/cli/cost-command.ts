import {
	calledRegion,
	formatUnitPrice,
	LIST_PRICES,
	parseModelRef,
	declaredModel,
	priceRequest,
	pricedRoute,
	ROUTE_SETTINGS,
	type RequestCost,
	type Route,
	type RouteSetting,
	type ServiceTier,
	type TokenUsage,
	type UnpricedReason,
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
	declaredModelsFor,
} from "./arguments"
import { formatCost, note, noteOtherRegion, printJson, printLine, table, tierName } from "./output"

type CostOptions = {
	model: string
	region: string
	route: RouteSetting
	declaredModelId?: string
	tier: ServiceTier
	input: number
	output: number
	cacheRead: number
	cacheWrite: number
	cacheWrite1h: number
	discount: number
	json?: boolean
}

type CostReport = {
	modelId: string
	region: string
	/** `null` when the model cannot be called with the requested route. */
	route: Route | null
	billedTier: string
	lines: RequestCost["lines"]
	totalUsd: number | null
	knownUsd: number
	unpricedReason: UnpricedReason | null
	card: { source: string; checkedOn: string } | null
}

export function costCommand(): Command {
	return new Command("cost")
		.description("Say what a request costs on a tier, line by line, and where the prices come from")
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
		})
}

function costReport(options: CostOptions): CostReport {
	const ref = parseModelRef(options.model)
	const region = calledRegion(ref, options.region)
	noteOtherRegion(options.model, options.region)
	const declared = ref
		? declaredModel(ref, region, declaredModelsFor(options.model, options.declaredModelId))
		: undefined
	const baseModelId = declared?.baseModelId ?? ref?.baseModelId ?? null
	const modelId = baseModelId ?? options.model
	const usage: TokenUsage = {
		inputTokens: options.input,
		outputTokens: options.output,
		cacheReadTokens: options.cacheRead,
		cacheWriteTokens: options.cacheWrite + options.cacheWrite1h,
		cacheWrite1hTokens: options.cacheWrite1h,
	}
	const resolved = ref ? pricedRoute(ref, region, options.route) : { route: null, miss: null }
	const { route, miss } = declared ? { route: declared.route, miss: null } : resolved
	if (miss) note(englishText(routeDetails(miss)))
	if (route === null) {
		const unpriced = { lines: [], totalUsd: null, knownUsd: 0, unpricedReason: "no-route", card: null } as const
		return { modelId, region, route, billedTier: options.tier, ...unpriced }
	}
	const { billedTier, lines, totalUsd, knownUsd, unpricedReason, card } = priceRequest(
		{
			modelId: options.model,
			baseModelId,
			region,
			route,
			sentTier: options.tier,
			servedTier: null,
			usage,
		},
		{ ...LIST_PRICES, discountPercent: options.discount },
	)
	const cardSource = card && { source: card.source, checkedOn: card.checkedOn }
	return { modelId, region, route, billedTier, lines, totalUsd, knownUsd, unpricedReason, card: cardSource }
}

function printReport(report: CostReport, discount: number): void {
	printLine(`${report.modelId} in ${report.region} (${report.route ?? "no route"}), ${tierName(report.billedTier)}`)
	printLine()
	const lines = report.lines.map(({ kind, tokens, usdPerMTok, usd }) => [
		kind,
		tokens.toLocaleString("en-US"),
		usdPerMTok === null ? "not published" : formatUnitPrice(usdPerMTok),
		usd === null ? "?" : formatUnitPrice(usd),
	])
	if (lines.length > 0) printLine(`${table([["KIND", "TOKENS", "PER MILLION", "COST"], ...lines], [1, 2, 3])}\n`)
	printLine(`Total: ${formatCost(report)}`)
	const discountNote = discount > 0 ? `, less ${discount} % discount` : ""
	if (report.card) printLine(`Prices: ${report.card.source}, checked on ${report.card.checkedOn}${discountNote}`)
}
