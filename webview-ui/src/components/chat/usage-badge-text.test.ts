import { describe, expect, test } from "vitest"
import { englishI18n } from "../../testing/english"
import { answer, request, usage } from "@bedrock-tiers/test-kit/samples/view-state"
import { createLocale } from "../../locale"
import { taskCostText, tokensText, totalCostText, totalNotesText, usageBadgeText } from "./usage-badge-text"

const locale = createLocale({ t: englishI18n().t, language: "en" })
const badge = (part: Parameters<typeof request>[0]) => usageBadgeText(request(part), locale)

describe("The badge of an answer", () => {
	test("served as asked: cost and tier", () => {
		expect(badge({})).toBe("$0.0012 · Flex")
	})

	test("served by another tier than asked: both, with the price of the served one", () => {
		expect(badge({ servedTier: "default", billedTier: "default", totalUsd: 0.0024, knownUsd: 0.0024 })).toBe(
			"$0.0024 · asked Flex, served Standard",
		)
	})

	test("chosen, but not taken by the model: says that it was not sent", () => {
		const standard = { billedTier: "default", totalUsd: 0.0024, notSentReason: "tier-not-offered" } as const
		const text = "$0.0024 · Standard (Flex not sent: this model does not take it)"
		expect(badge({ ...standard, servedTier: null, basis: "assumed-default" })).toBe(text)
		expect(badge({ ...standard, servedTier: "default", basis: "served" })).toBe(text)
	})

	test("accepted, but no tier reported: not confirmed", () => {
		expect(badge({ servedTier: null, basis: "requested" })).toBe("$0.0012 · Flex (not confirmed by AWS)")
	})

	test("nothing asked and nothing reported: Standard", () => {
		const nothing = { requestedTier: "default", servedTier: null, billedTier: "default" } as const
		expect(badge({ ...nothing, basis: "assumed-default" })).toBe("$0.0012 · Standard")
	})

	test("no price at all: the reason in words, never an amount", () => {
		const unpriced = { totalUsd: null, knownUsd: 0, lines: [], card: null }
		expect(badge({ ...unpriced, unpricedReason: "tier-not-priced" })).toBe(
			"not priced: no price is known for this tier here · Flex",
		)
		expect(badge({ ...unpriced, unpricedReason: "usage-not-reported", usage: null })).toBe(
			"not priced: AWS reported no usage · Flex",
		)
	})

	test("a part without a price: at least the rest", () => {
		expect(badge({ totalUsd: null, knownUsd: 0.0012, unpricedReason: "cache-write-price-unknown" })).toBe(
			"at least $0.0012 · Flex",
		)
	})

	test("a tier that is not known here: AWS's own word", () => {
		const turbo = { servedTier: "turbo", billedTier: "turbo", totalUsd: null, knownUsd: 0 }
		expect(badge({ ...turbo, unpricedReason: "unknown-tier" })).toBe(
			"not priced: this tier is not known here · asked Flex, served turbo",
		)
	})

	test("reserved capacity: paid by reservation, no amount", () => {
		const reserved = { servedTier: "reserved", billedTier: "reserved", totalUsd: null, knownUsd: 0 }
		const unpricedReason = "paid-by-reservation"
		expect(badge({ ...reserved, unpricedReason, requestedTier: "reserved" })).toBe("Reserved (paid by reservation)")
		expect(badge({ ...reserved, unpricedReason, requestedTier: "default" })).toBe(
			"asked Standard, served Reserved (paid by reservation)",
		)
	})

	test("a discount that was taken off is said", () => {
		expect(badge({ totalUsd: 0.00108, knownUsd: 0.00108, discountPercent: 10 })).toBe(
			"$0.0011 · Flex · 10% off list",
		)
		const atLeast = { totalUsd: null, knownUsd: 0.0012, unpricedReason: "cache-write-price-unknown" } as const
		expect(badge({ ...atLeast, discountPercent: 12.5 })).toBe("at least $0.0012 · Flex · 12.5% off list")
	})

	test("a price that the person set is said", () => {
		const card = { origin: "own", source: "", checkedOn: "2026-11-22" } as const
		expect(badge({ card })).toBe("$0.0012 · Flex · your price")
	})

	test("free of charge is $0.00, the smallest amount is not", () => {
		expect(badge({ totalUsd: 0, knownUsd: 0 })).toBe("$0.00 · Flex")
		expect(badge({ totalUsd: 0.0000012, knownUsd: 0.0000012 })).toBe("$0.0000012 · Flex")
	})
})

describe("The cost of a task", () => {
	test("is $0.00 only when nothing was spent", () => {
		expect(totalCostText(usage(0).total, locale)).toBe("$0.00")
		expect(totalCostText(usage(0, 1).total, locale)).toBe("not priced")
	})

	test("is at least what is known", () => {
		expect(totalCostText(usage(0.0012).total, locale)).toBe("$0.0012")
		expect(totalCostText(usage(0.0012, 1).total, locale)).toBe("at least $0.0012")
	})

	test("is not fully known where an attempt may have been billed, and is where it was refused", () => {
		const failed = (refused: number, unanswered: number) => ({ refused, unanswered })
		expect(taskCostText({ ...usage(0), failed: failed(0, 1) }, locale)).toBe("not priced")
		expect(taskCostText({ ...usage(0.0012), failed: failed(0, 1) }, locale)).toBe("at least $0.0012")
		expect(taskCostText({ ...usage(0.0012), failed: failed(1, 0) }, locale)).toBe("$0.0012")
	})
})

describe("The tokens of a task", () => {
	test("are all of them, or at least so many, or not known", () => {
		const text = (uncountedRequests: number) => tokensText(4_000, { requests: 2, uncountedRequests }, locale)
		expect([text(0), text(1), text(2)]).toEqual(["4,000", "at least 4,000", "not known"])
	})
})

describe("What a task's total has in it besides list prices", () => {
	const card = { origin: "own", source: "", checkedOn: "2026-11-22" } as const
	const notes = (...parts: Parameters<typeof request>[0][]) =>
		totalNotesText(
			parts.map((part) => answer({ request: request(part) })),
			locale,
		)

	test("is nothing, as a rule", () => {
		expect(notes()).toBe("")
		expect(notes({}, {})).toBe("")
		expect(totalNotesText([answer({ request: null })], locale)).toBe("")
	})

	test("is each discount once, and own prices", () => {
		expect(notes({ discountPercent: 10 }, {}, { discountPercent: 10 })).toBe("With 10% off list prices.")
		expect(notes({ discountPercent: 10 }, { discountPercent: 12.5 })).toBe("With 10% and 12.5% off list prices.")
		expect(notes({ card })).toBe("With your own prices.")
		expect(notes({ card }, { discountPercent: 10 })).toBe("With 10% off list prices and your own prices.")
	})
})
