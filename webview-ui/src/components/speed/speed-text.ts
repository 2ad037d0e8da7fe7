import type { RequestSpeed, Speeds } from "@bedrock-tiers/protocol"
import { SPEED_DAYS } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"
import type { Spread } from "./spread"
import { MIN_COMPARED, isEnough, type Measure, type TierSpeeds, type Verdict } from "./tier-speeds"

export function measureText(measure: Measure, value: number, { seconds, count }: Locale): string {
	return measure === "firstTokenMs" ? seconds(value) : count(Math.round(value))
}

/** One row of a measure's table, without its tier: requests, median, middle half and nine of ten where there are enough, prompt. */
export function speedCells(measure: Measure, { promptTokens, ...tier }: TierSpeeds, locale: Locale): string[] {
	const { t, count } = locale
	const spread = tier[measure]
	const text = (value: number) => measureText(measure, value, locale)
	const prompt = promptTokens === null ? t("taskUsage.notMeasured") : count(Math.round(promptTokens))
	const quartiles = isEnough(spread)
		? [t("speed.range", { from: text(spread.from), to: text(spread.to) }), text(slowTenth(measure, spread))]
		: [t("taskUsage.notMeasured"), t("taskUsage.notMeasured")]
	const middle = spread === null ? t("taskUsage.notMeasured") : text(spread.median)
	return [count(spread?.count ?? 0), middle, ...quartiles, prompt]
}

/** What nine of ten requests kept to: a time is long where it is slow, a speed is low. */
function slowTenth(measure: Measure, { lowest, highest }: Spread): number {
	return measure === "firstTokenMs" ? highest : lowest
}

/** Whether one tier was worth it, in sentences; only what the numbers allow. */
export function verdictText(verdict: Verdict, locale: Locale): string {
	const { t, count, number } = locale
	const [tier, than] = [locale.tier(verdict.tier), locale.tier(verdict.than)]
	const [requests, thanRequests] = verdict.counts.map(count)
	if (verdict.kind === "too-few")
		return t("speed.tooFew", { tier, than, requests, thanRequests, fewest: count(MIN_COMPARED) })
	const { times, unlikePrompts } = verdict
	return [
		firstTokenText(verdict, { tier, than, requests, thanRequests }, locale),
		...speedTexts(verdict, { tier, than }, locale),
		...(times === null ? [] : [t("speed.cost", { times: number(times) })]),
		...(unlikePrompts === null
			? []
			: [
					t("speed.unlikePrompts", {
						tier,
						than,
						tokens: count(Math.round(unlikePrompts[0])),
						thanTokens: count(Math.round(unlikePrompts[1])),
					}),
				]),
	].join(" ")
}

type Compared = Extract<Verdict, { kind: "compared" }>
type Names = { readonly tier: string; readonly than: string }

function firstTokenText(
	{ earlierMs, apart }: Compared,
	names: Names & { requests: string | undefined; thanRequests: string | undefined },
	{ t, seconds }: Locale,
): string {
	if (earlierMs === 0) return t("speed.firstTokenSame", names)
	const by = seconds(Math.abs(earlierMs))
	const sentence = t(earlierMs > 0 ? "speed.firstTokenEarlier" : "speed.firstTokenLater", { ...names, by })
	return `${sentence} ${t(apart ? "speed.apart" : "speed.overlap")}`
}

function speedTexts({ speeds }: Compared, names: Names, { t, count }: Locale): string[] {
	if (speeds === null) return []
	const [speed, thanSpeed] = speeds.medians.map((each) => count(Math.round(each)))
	return [t(speeds.apart ? "speed.speedApart" : "speed.speedOverlap", { ...names, speed, thanSpeed })]
}

/** What is not in the numbers, and what makes them unlike. */
export function notesOf({ requests, leftOut }: Speeds, { t, list }: Locale): string[] {
	const ways = waysOf(requests)
	const days = SPEED_DAYS
	const { notMeasured, background, older, beyondLimit, failedAttempts } = leftOut
	return [
		...(ways.length > 1
			? [t("speed.ways", { ways: list(ways.map(({ region, route }) => `${region} (${t(`route.${route}`)})`)) })]
			: []),
		...(notMeasured > 0 ? [t("speed.notMeasured", { count: notMeasured })] : []),
		...(background > 0 ? [t("speed.background", { count: background })] : []),
		...(older > 0 ? [t("speed.older", { count: older, days })] : []),
		...(beyondLimit > 0 ? [t("speed.beyondMost", { count: beyondLimit })] : []),
		...(failedAttempts > 0 ? [t("speed.failed", { count: failedAttempts })] : []),
	]
}

function waysOf(requests: readonly RequestSpeed[]): Pick<RequestSpeed, "region" | "route">[] {
	return [...new Map(requests.map(({ region, route }) => [`${region} ${route}`, { region, route }])).values()]
}
