import { describe, expect, it, test } from "vitest"
import { englishI18n } from "../../testing/english"
import { requestsOf, requestSpeed, speeds } from "@bedrock-tiers/test-kit/samples/view-state"
import { createLocale } from "../../locale"
import { speedCells, speedNotes, verdictText } from "./speed-text"
import { median, spreadOf } from "./spread"
import { tierMark } from "./tier-marks"
import { tierSpeeds, verdicts } from "./tier-speeds"

const locale = createLocale(englishI18n())

/** Eight values around `ms`: four below and four above. */
const around = (ms: number, step = 10) => [-4, -3, -2, -1, 1, 2, 3, 4].map((steps) => ms + steps * step)

const verdictTexts = (...requests: ReturnType<typeof requestsOf>) =>
	verdicts(tierSpeeds(requests)).map((verdict) => verdictText(verdict, locale))

describe("spreadOf", () => {
	it("returns median, quartiles and 10th and 90th percentiles, interpolated between values", () => {
		expect(spreadOf([50, 10, 30, 20, 40])).toEqual({
			count: 5,
			lowest: 14,
			from: 20,
			median: 30,
			to: 40,
			highest: 46,
		})
		expect(median([1, 2, 3, 10])).toBe(2.5)
	})

	it("leaves out unknown values, and returns null when no value is known", () => {
		expect(spreadOf([null, 7, undefined])).toMatchObject({ count: 1, from: 7, median: 7, to: 7 })
		expect(spreadOf([null])).toBeNull()
		expect(median([])).toBeNull()
	})
})

test("tierSpeeds lists known tiers in their fixed order, followed by unknown tiers", () => {
	const requests = ["turbo", "priority", "default"].map((tier) => requestSpeed({ tier }))
	expect(tierSpeeds(requests).map(({ tier }) => tier)).toEqual(["default", "priority", "turbo"])
})

describe("speedCells", () => {
	// The quartiles are 420 and 580 ms. The 90th percentile is 900 + 0.2 * 100 = 920 ms.
	const times = [300, 380, 420, 480, 500, 520, 580, 900, 1_000]
	const [tier] = tierSpeeds(requestsOf("flex", times, { promptTokens: 1_200 }))
	if (!tier) throw new Error("there is no tier")

	it("returns requests, median, middle half, 90th percentile and prompt length", () => {
		expect(speedCells("firstTokenMs", tier, locale)).toEqual(["9", "0.5s", "0.42s – 0.58s", "0.92s", "1,200"])
	})

	it("returns the 10th percentile for tokens per second, which nine in ten requests exceed", () => {
		const requests = [10, 20, 30, 40, 50, 60, 70, 80, 90].map((tokensPerSecond) =>
			requestSpeed({ tokensPerSecond }),
		)
		expect(tierSpeeds(requests).map((one) => speedCells("tokensPerSecond", one, locale))).toEqual([
			["9", "50", "30 – 70", "18", "4,000"],
		])
	})

	it("returns only the median when there are fewer than eight requests", () => {
		const [few] = tierSpeeds(requestsOf("flex", around(500).slice(1)))
		expect(few && speedCells("firstTokenMs", few, locale)).toEqual(["7", "0.51s", "–", "–", "4,000"])
	})

	it("returns no numbers when no request was measured", () => {
		const [none] = tierSpeeds([requestSpeed({ firstTokenMs: null, promptTokens: null })])
		expect(none && speedCells("firstTokenMs", none, locale)).toEqual(["0", "–", "–", "–", "–"])
	})
})

describe("Comparison of tiers", () => {
	it("compares both medians, with the numbers of requests and the cost", () => {
		const requests = [...requestsOf("priority", around(400)), ...requestsOf("default", around(800))]
		expect(verdictTexts(...requests)).toEqual([
			"Priority's first token came 0.4s earlier than Standard's (medians of 8 and 8 requests). " +
				"The middle halves of both lie apart. " +
				"It wrote 100 tokens a second, Standard 100 (medians, with middle halves that overlap). " +
				"The same tokens cost 1.75 times as much.",
		])
	})

	it("says that the difference may be chance when the middle halves overlap", () => {
		// Quartiles of 275 and 525 ms, and of 375 and 625.
		const requests = [...requestsOf("priority", around(400, 50)), ...requestsOf("default", around(500, 50))]
		expect(verdictTexts(...requests)[0]).toContain(
			"0.1s earlier than Standard's (medians of 8 and 8 requests). But the middle halves of both overlap, so it may be chance.",
		)
	})

	it("compares Flex with Standard: later, at half the cost", () => {
		const [verdict] = verdictTexts(...requestsOf("flex", around(2_000)), ...requestsOf("default", around(800)))
		expect(verdict).toMatch(
			/^Flex's first token came 1\.2s later than Standard's .*\. The middle halves of both lie apart\./,
		)
		expect(verdict).toMatch(/The same tokens cost 0\.5 times as much\.$/)
	})

	it("compares Priority with Flex when Standard was never used", () => {
		const [verdict] = verdictTexts(...requestsOf("flex", around(2_000)), ...requestsOf("priority", around(400)))
		expect(verdict).toMatch(/^Priority's first token came 1\.6s earlier than Flex's.*cost 3\.5 times as much\.$/)
	})

	it("reports no difference when it is less than 50 milliseconds, which is not noticeable", () => {
		const [verdict] = verdictTexts(...requestsOf("priority", around(400)), ...requestsOf("default", around(449)))
		expect(verdict).toMatch(
			/^Priority's first token came as soon as Standard's \(medians of 8 and 8 requests\)\. It/,
		)
	})

	it("reports too few requests when a tier has fewer than eight", () => {
		const few = around(400).slice(1)
		expect(verdictTexts(...requestsOf("priority", few), ...requestsOf("default", around(800)))).toEqual([
			"Too few requests to compare Priority with Standard: 7 and 8. It takes 8 of each, so that one slow request does not decide.",
		])
	})

	it("counts only requests with a first token, and leaves out unknown speeds and costs", () => {
		const unknown = { tokensPerSecond: null, timesStandardCost: null }
		const requests = [
			...requestsOf("priority", around(400), unknown),
			...requestsOf("default", around(800), unknown),
		]
		expect(verdictTexts(...requests)).toEqual([
			"Priority's first token came 0.4s earlier than Standard's (medians of 8 and 8 requests). The middle halves of both lie apart.",
		])
		const withoutFirstToken = requestSpeed({ tier: "default", firstTokenMs: null })
		expect(verdictTexts(...requests, withoutFirstToken)).toEqual(verdictTexts(...requests))
	})

	it("adds a note when the prompts of one tier are more than twice as long", () => {
		const verdictFor = (tokens: number) =>
			verdictTexts(
				...requestsOf("priority", around(400), { promptTokens: tokens }),
				...requestsOf("default", around(800)),
			)[0]
		expect(verdictFor(8_001)).toMatch(
			/The prompts were unlike: 8,001 tokens on Priority, 4,000 on Standard \(medians\)\. Longer ones take longer\.$/,
		)
		expect(verdictFor(8_000)).not.toContain("unlike")
	})

	it("makes no comparison when all requests ran on one tier", () => {
		expect(verdictTexts(...requestsOf("priority", around(400)))).toEqual([])
		expect(verdictTexts()).toEqual([])
	})
})

test("tierMark gives every tier its own shape and its own dashes, not only its own colour", () => {
	const marks = ["default", "flex", "priority", "turbo"].map(tierMark)
	expect(new Set(marks.map(({ shape }) => shape)).size).toBe(4)
	expect(new Set(marks.map(({ dash }) => dash.join(" "))).size).toBe(4)
})

test("speedNotes reports requests that are left out, and differing regions and routes", () => {
	const requests = [requestSpeed(), requestSpeed({ region: "eu-west-1", route: "geo" })]
	const leftOut = { notMeasured: 2, background: 1, older: 3, beyondLimit: 4, failedAttempts: 5 }
	expect(speedNotes(speeds(requests, leftOut), locale)).toEqual([
		"They went by more than one region or route, which may be unlike in speed too: us-east-1 (In-region) and eu-west-1 (Geographic profile).",
		"2 requests of this model are left out, since they were not measured.",
		"1 title or summary is left out: it is short, and has a tier of its own.",
		"3 requests from before these 90 days are left out.",
		"4 requests are left out: the newest ones are shown.",
		"5 attempts, of any model, brought no answer and are left out.",
	])
	expect(speedNotes(speeds([requestSpeed()]), locale)).toEqual([])
})
