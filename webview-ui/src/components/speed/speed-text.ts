import { SPEED_DAYS, type RequestSpeed, type Speeds } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"
import type { Spread } from "./spread"
import { MIN_COMPARED, hasEnoughValues, type Measure, type TierSpeeds, type Verdict } from "./tier-speeds"

/** @param value `null` or `undefined` when not measured */
export function measureText(measure: Measure, value: number | null | undefined, locale: Locale): string {
	const { t, seconds, count } = locale
	if (value == null) return t("taskUsage.notMeasured")
	return measure === "firstTokenMs" ? seconds(value) : count(Math.round(value))
}

/**
 * Cells of one row of a measure's table, without its tier: requests, median, middle half, limit that nine in ten
 * requests stayed within, prompt length. The middle half and the limit are shown only when there are enough requests.
 */
export function speedCells(measure: Measure, { promptTokens, ...tier }: TierSpeeds, locale: Locale): string[] {
	const { t, count } = locale
	const spread = tier[measure]
	const format = (value: number | undefined) => measureText(measure, value, locale)
	const prompt = promptTokens === null ? t("taskUsage.notMeasured") : count(Math.round(promptTokens))
	const quartiles = hasEnoughValues(spread)
		? [
				t("speed.range", { from: format(spread.from), to: format(spread.to) }),
				format(nineOfTenLimit(measure, spread)),
			]
		: [t("taskUsage.notMeasured"), t("taskUsage.notMeasured")]
	return [count(spread?.count ?? 0), format(spread?.median), ...quartiles, prompt]
}

/** Limit that nine in ten requests stayed within: an upper limit for a time, a lower limit for a speed. */
function nineOfTenLimit(measure: Measure, { lowest, highest }: Spread): number {
	return measure === "firstTokenMs" ? highest : lowest
}

/** Comparison of two tiers as sentences, with only the statements that the measurements support. */
export function verdictText(verdict: Verdict, locale: Locale): string {
	const { t, count, number } = locale
	const [tier, than] = [locale.tier(verdict.tier), locale.tier(verdict.than)]
	const [requests, thanRequests] = verdict.counts.map(count)
	if (verdict.kind === "too-few")
		return t("speed.tooFew", { tier, than, requests, thanRequests, fewest: count(MIN_COMPARED) })
	const { times, differingPrompts } = verdict
	return [
		firstTokenText(verdict, { tier, than, requests, thanRequests }, locale),
		...speedTexts(verdict, { tier, than }, locale),
		...(times === null ? [] : [t("speed.cost", { times: number(times) })]),
		...(differingPrompts === null
			? []
			: [
					t("speed.unlikePrompts", {
						tier,
						than,
						tokens: count(Math.round(differingPrompts[0])),
						thanTokens: count(Math.round(differingPrompts[1])),
					}),
				]),
	].join(" ")
}

type ComparedVerdict = Extract<Verdict, { kind: "compared" }>
type TierNames = { readonly tier: string; readonly than: string }

function firstTokenText(
	{ earlierMs, apart }: ComparedVerdict,
	names: TierNames & { requests: string | undefined; thanRequests: string | undefined },
	{ t, seconds }: Locale,
): string {
	if (earlierMs === 0) return t("speed.firstTokenSame", names)
	const by = seconds(Math.abs(earlierMs))
	const difference = t(earlierMs > 0 ? "speed.firstTokenEarlier" : "speed.firstTokenLater", { ...names, by })
	return `${difference} ${t(apart ? "speed.apart" : "speed.overlap")}`
}

function speedTexts({ speeds }: ComparedVerdict, names: TierNames, { t, count }: Locale): string[] {
	if (speeds === null) return []
	const [speed, thanSpeed] = speeds.medians.map((each) => count(Math.round(each)))
	return [t(speeds.apart ? "speed.speedApart" : "speed.speedOverlap", { ...names, speed, thanSpeed })]
}

/** Notes about differences between the compared requests, and about the requests that are left out. */
export function speedNotes({ requests, leftOut }: Speeds, { t, list }: Locale): string[] {
	const routes = distinctRoutes(requests)
	const days = SPEED_DAYS
	const { notMeasured, background, older, beyondLimit, failedAttempts } = leftOut
	return [
		...(routes.length > 1
			? [t("speed.ways", { ways: list(routes.map(({ region, route }) => `${region} (${t(`route.${route}`)})`)) })]
			: []),
		...(notMeasured > 0 ? [t("speed.notMeasured", { count: notMeasured })] : []),
		...(background > 0 ? [t("speed.background", { count: background })] : []),
		...(older > 0 ? [t("speed.older", { count: older, days })] : []),
		...(beyondLimit > 0 ? [t("speed.beyondMost", { count: beyondLimit })] : []),
		...(failedAttempts > 0 ? [t("speed.failed", { count: failedAttempts })] : []),
	]
}

function distinctRoutes(requests: readonly RequestSpeed[]): Pick<RequestSpeed, "region" | "route">[] {
	return [...new Map(requests.map(({ region, route }) => [`${region} ${route}`, { region, route }])).values()]
}
