import { LIST_PRICES, onOneTier, type UsageRecord } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { englishI18n } from "../../testing/english"
import { answer, chatView, request, usage } from "@bedrock-tiers/test-kit/samples/view-state"
import { createLocale } from "../../locale"
import { taskRequests } from "../chat/task-usage"
import { lastTask } from "./last-task"

const locale = createLocale(englishI18n())
const chatOf = (...requests: UsageRecord[]) =>
	chatView({
		messages: requests.map((each, index) => answer({ id: `${index}`, request: each })),
		usage: usage(requests.reduce((sum, { knownUsd }) => sum + knownUsd, 0)),
	})
const taskOf = (...requests: UsageRecord[]) => lastTask(chatOf(...requests), LIST_PRICES, locale)
const costs = (...requests: UsageRecord[]) => taskOf(...requests)?.rows.map(({ tier, cost }) => `${tier} ${cost}`)

describe("lastTask", () => {
	it("sums the requests of the chat, each priced by its own tokens", () => {
		// Two requests of 4,000 input and 3,000 output tokens. Prices are per million tokens: Standard is
		// 2 × (4,000 × $0.15 + 3,000 × $0.60), Flex is half of that, Priority is 1.75 times that.
		expect(costs(request(), request({ id: "b" }))).toEqual(["Standard $0.0048", "Flex $0.0024", "Priority $0.0084"])
		expect(taskOf(request(), request({ id: "b" }))?.caption).toBe(
			"At the prices of these settings, titles and summaries included. It was 2 requests, which cost $0.0024.",
		)
	})

	it("shows a lower bound when the usage of a request is unknown", () => {
		const noUsage = request({ usage: null, totalUsd: null, knownUsd: 0 })
		expect(costs(request(), noUsage)).toEqual([
			"Standard at least $0.0024",
			"Flex at least $0.0012",
			"Priority at least $0.0042",
		])
	})

	it("includes titles, summaries and removed answers, as the total of the chat does", () => {
		const chat = chatView({
			messages: [answer()],
			background: [{ purpose: "title", request: request({ id: "title" }) }],
			removedRequests: [request({ id: "removed" })],
		})
		expect(lastTask(chat, LIST_PRICES, locale)?.rows[0]).toEqual({ tier: "Standard", cost: "$0.0072" })
	})

	it("matches the comparison in the chat's usage when the prices are the same", () => {
		const chat = chatOf(request(), request({ id: "b", usage: null, totalUsd: null, knownUsd: 0 }))
		const usageAmounts = onOneTier(taskRequests(chat)).map(({ knownUsd }) => locale.usd(knownUsd))
		expect(lastTask(chat, LIST_PRICES, locale)?.rows.map(({ cost }) => cost.replace("at least ", ""))).toEqual(
			usageAmounts,
		)
	})

	it("uses the prices of the settings, and says so when the chat's usage shows other amounts", () => {
		const discounted = lastTask(chatOf(request()), { ...LIST_PRICES, discountPercent: 50 }, locale)
		expect(discounted?.rows[0]).toEqual({ tier: "Standard", cost: "$0.00120" })
		expect(discounted?.caption).toBe(
			"At the prices of these settings. It was 1 request, which cost $0.0012. " +
				"The chat's usage has other amounts for this: it goes by the built-in list, less the discount of then.",
		)
		expect(taskOf(request())?.caption).not.toContain("other amounts")
	})

	it("returns null for an empty chat and for a model without known prices", () => {
		expect(taskOf()).toBeNull()
		expect(taskOf(request({ baseModelId: "acme.brand-new-v1:0", totalUsd: null, knownUsd: 0 }))).toBeNull()
	})
})
