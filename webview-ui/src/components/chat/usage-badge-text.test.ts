import { describe, expect, test } from "vitest"
import { englishI18n } from "../../testing/english"
import { answer, request, usage } from "@bedrock-tiers/test-kit/samples/view-state"
import { createLocale } from "../../locale"
import { taskCostTexts, tokensText, totalCostText, totalNotesText, usageBadgeText } from "./usage-badge-text"

const locale = createLocale({ t: englishI18n().t, language: "en" })
const badge = (part: Parameters<typeof request>[0]) => usageBadgeText(request(part), locale)

describe("The badge of an answer", () => {
	test("shows cost and tier when the requested tier served", () => {
		expect(badge({})).toBe("$0.0012 · Flex")
	})

	test("shows the requested and the served tier, with the served tier's price, when they differ", () => {
		expect(badge({ servedTier: "default", billedTier: "default", totalUsd: 0.0024, knownUsd: 0.0024 })).toBe(
			"$0.0024 · asked Flex, served Standard",
		)
	})

	test("says that the tier was not sent when the model does not support it", () => {
		const standard = { billedTier: "default", totalUsd: 0.0024, notSentReason: "tier-not-offered" } as const
		const text = "$0.0024 · Standard (Flex not sent: this model does not take it)"
		expect(badge({ ...standard, servedTier: null, basis: "assumed-default" })).toBe(text)
		expect(badge({ ...standard, servedTier: "default", basis: "served" })).toBe(text)
	})

	test("says that the tier is not confirmed when AWS reported none", () => {
		expect(badge({ servedTier: null, basis: "requested" })).toBe("$0.0012 · Flex (not confirmed by AWS)")
	})

	test("shows Standard when no tier was requested and none was reported", () => {
		const noTier = { requestedTier: "default", servedTier: null, billedTier: "default" } as const
		expect(badge({ ...noTier, basis: "assumed-default" })).toBe("$0.0012 · Standard")
	})

	test("shows the reason and no amount when there is no price at all", () => {
		const unpriced = { totalUsd: null, knownUsd: 0, lines: [], card: null }
		expect(badge({ ...unpriced, unpricedReason: "tier-not-priced" })).toBe(
			"not priced: no price is known for this tier here · Flex",
		)
		expect(badge({ ...unpriced, unpricedReason: "usage-not-reported", usage: null })).toBe(
			"not priced: AWS reported no usage · Flex",
		)
	})

	test('shows "at least" and the known amount when a part has no price', () => {
		expect(badge({ totalUsd: null, knownUsd: 0.0012, unpricedReason: "cache-write-price-unknown" })).toBe(
			"at least $0.0012 · Flex",
		)
	})

	test("shows an unknown tier as AWS wrote it", () => {
		const turbo = { servedTier: "turbo", billedTier: "turbo", totalUsd: null, knownUsd: 0 }
		expect(badge({ ...turbo, unpricedReason: "unknown-tier" })).toBe(
			"not priced: this tier is not known here · asked Flex, served turbo",
		)
	})

	test("shows no amount for reserved capacity, which is paid by reservation", () => {
		const reserved = { servedTier: "reserved", billedTier: "reserved", totalUsd: null, knownUsd: 0 }
		const unpricedReason = "paid-by-reservation"
		expect(badge({ ...reserved, unpricedReason, requestedTier: "reserved" })).toBe("Reserved (paid by reservation)")
		expect(badge({ ...reserved, unpricedReason, requestedTier: "default" })).toBe(
			"asked Standard, served Reserved (paid by reservation)",
		)
	})

	test("shows the discount that was applied", () => {
		expect(badge({ totalUsd: 0.00108, knownUsd: 0.00108, discountPercent: 10 })).toBe(
			"$0.0011 · Flex · 10% off list",
		)
		const atLeast = { totalUsd: null, knownUsd: 0.0012, unpricedReason: "cache-write-price-unknown" } as const
		expect(badge({ ...atLeast, discountPercent: 12.5 })).toBe("at least $0.0012 · Flex · 12.5% off list")
	})

	test("shows that the user set the price", () => {
		const card = { origin: "own", source: "", checkedOn: "2026-11-22" } as const
		expect(badge({ card })).toBe("$0.0012 · Flex · your price")
	})

	test("shows $0.00 for a free request, but not for the smallest amount", () => {
		expect(badge({ totalUsd: 0, knownUsd: 0 })).toBe("$0.00 · Flex")
		expect(badge({ totalUsd: 0.0000012, knownUsd: 0.0000012 })).toBe("$0.0000012 · Flex")
	})
})

describe("The cost of a task", () => {
	test("is $0.00 only when nothing was spent", () => {
		expect(totalCostText(usage(0).total, locale)).toBe("$0.00")
		expect(totalCostText(usage(0, 1).total, locale)).toBe("not priced")
	})

	test('is shown as "at least" when a part has no price', () => {
		expect(totalCostText(usage(0.0012).total, locale)).toBe("$0.0012")
		expect(totalCostText(usage(0.0012, 1).total, locale)).toBe("at least $0.0012")
	})

	test("is incomplete after an unanswered attempt, which may have been billed, but not after a refused one", () => {
		const failed = (refused: number, unanswered: number) => ({ refused, unanswered })
		expect(taskCostTexts({ ...usage(0), failed: failed(0, 1) }, locale).total).toBe("not priced")
		expect(taskCostTexts({ ...usage(0.0012), failed: failed(0, 1) }, locale).total).toBe("at least $0.0012")
		expect(taskCostTexts({ ...usage(0.0012), failed: failed(1, 0) }, locale).total).toBe("$0.0012")
	})
})

describe("The token count of a task", () => {
	test('is exact, "at least" or not known, depending on the uncounted requests', () => {
		const text = (uncountedRequests: number) => tokensText(4_000, { requests: 2, uncountedRequests }, locale)
		expect([text(0), text(1), text(2)]).toEqual(["4,000", "at least 4,000", "not known"])
	})
})

describe("The note on a task's total", () => {
	const card = { origin: "own", source: "", checkedOn: "2026-11-22" } as const
	const notes = (...parts: Parameters<typeof request>[0][]) =>
		totalNotesText(
			parts.map((part) => answer({ request: request(part) })),
			locale,
		)

	test("is empty when all prices are list prices", () => {
		expect(notes()).toBe("")
		expect(notes({}, {})).toBe("")
		expect(totalNotesText([answer({ request: null })], locale)).toBe("")
	})

	test("names each discount once, and own prices", () => {
		expect(notes({ discountPercent: 10 }, {}, { discountPercent: 10 })).toBe("With 10% off list prices.")
		expect(notes({ discountPercent: 10 }, { discountPercent: 12.5 })).toBe("With 10% and 12.5% off list prices.")
		expect(notes({ card })).toBe("With your own prices.")
		expect(notes({ card }, { discountPercent: 10 })).toBe("With 10% off list prices and your own prices.")
	})
})
