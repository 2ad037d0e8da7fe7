import {
	allModels,
	calculateCost,
	compareTiers,
	findModel,
	findPriceCard,
	knownRegions,
	priceRequest,
	ROUTES,
	SELECTABLE_TIERS,
	type PriceQuery,
	type TokenUsage,
} from "@bedrock-tiers/core"
import { measureMicrosecondsPerCall } from "./calls"
import { formatSpread, type Section } from "./report"

const LIMIT_MICROSECONDS = 2
const CALLS = 100_000

const USAGE: TokenUsage = { inputTokens: 12_345, outputTokens: 678, cacheReadTokens: 9_000, cacheWriteTokens: 2_000 }

/** Measures model look-up, price look-up and cost calculation for all combinations of model, region, route and tier. */
export function measureLookups({ rounds }: { readonly rounds: number }): Section {
	const queries: PriceQuery[] = allModels().flatMap(({ id }) =>
		knownRegions().flatMap((region) =>
			ROUTES.flatMap((route) =>
				SELECTABLE_TIERS.map((tier) => ({ baseModelId: id, region, route, tier, promptTokens: 23_345 })),
			),
		),
	)
	const cards = queries.flatMap((query) => findPriceCard(query).card ?? [])
	const priced = queries
		.filter((query) => findPriceCard(query).card !== null)
		.map(({ baseModelId, region, route, tier }) => ({
			modelId: baseModelId ?? "",
			baseModelId,
			region,
			route,
			sentTier: tier as (typeof SELECTABLE_TIERS)[number],
			servedTier: tier,
			usage: USAGE,
		}))
	// Neighbors in the list are neighbors in memory: a stride that is coprime to the length of the list mixes them.
	const nth = <Item>(items: readonly Item[], index: number) => items[(index * 7919) % items.length] as Item
	const measured = [
		{ name: "model by id", call: (index: number) => findModel(nth(queries, index).baseModelId ?? "") },
		{ name: "price card, of all combinations", call: (index: number) => findPriceCard(nth(queries, index)) },
		{ name: "cost from usage and prices", call: (index: number) => calculateCost(USAGE, nth(cards, index)) },
	].map(({ name, call }) => ({ name, spread: measureMicrosecondsPerCall(call, { rounds, calls: CALLS }) }))
	const wholeRequests = [
		{ name: "a whole request priced", call: (index: number) => priceRequest(nth(priced, index)) },
		{
			name: "a whole request priced on every tier",
			call: (index: number) => compareTiers({ ...nth(priced, index), api: "converse" }),
		},
	].map(({ name, call }) => ({ name, spread: measureMicrosecondsPerCall(call, { rounds, calls: CALLS }) }))
	return {
		title: "Look-ups and cost",
		how: `${rounds} rounds of ${CALLS.toLocaleString("en-US")} calls over ${queries.length.toLocaleString("en-US")} combinations of model, region, route and tier, of which ${priced.length.toLocaleString("en-US")} have a price; median and quartiles.`,
		columns: ["call", "µs a call"],
		rows: [...measured, ...wholeRequests].map(({ name, spread }) => [name, formatSpread(spread, 3)]),
		verdicts: measured.map(({ name, spread }) => ({
			target: `${name}: under ${LIMIT_MICROSECONDS} µs`,
			met: spread.median < LIMIT_MICROSECONDS,
		})),
	}
}
