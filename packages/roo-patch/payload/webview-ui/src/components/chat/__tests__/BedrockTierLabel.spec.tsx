import type { BedrockTierUsage } from "@roo-code/types"

import { fireEvent, render, screen } from "@/utils/test-utils"
import i18n, { loadTranslations } from "@src/i18n/setup"
import { TranslationContext } from "@src/i18n/TranslationContext"

import { BedrockTierLabel } from "../BedrockTierLabel"

const FLEX: BedrockTierUsage = {
	requestedTier: "flex",
	notSentReason: null,
	servedTier: "flex",
	billedTier: "flex",
	basis: "served",
	knownUsd: 0.0012,
	unpricedReason: null,
}

function renderText(text: string | undefined) {
	return render(
		<TranslationContext.Provider value={{ t: (key, options) => i18n.t(key, options) as string, i18n }}>
			<BedrockTierLabel text={text} />
			<div>$0.0012</div>
		</TranslationContext.Provider>,
	)
}

function renderUsage(usage: Record<string, unknown>) {
	renderText(JSON.stringify({ request: "…", cost: 0.0012, serviceTier: usage }))
	return screen.getByTestId("bedrock-tier-label")
}

function tooltipOf(label: HTMLElement) {
	fireEvent.focus(label)
	return screen.getByRole("tooltip").textContent
}

const hasWarning = (label: HTMLElement) => label.querySelector(".codicon-warning") !== null

describe("BedrockTierLabel", () => {
	beforeAll(() => loadTranslations())

	it("shows the billed tier", () => {
		const label = renderUsage({ ...FLEX })
		expect(label).toHaveTextContent(/^Flex$/)
		expect(hasWarning(label)).toBe(false)
		expect(tooltipOf(label)).toBe("AWS reports that Flex served this request. Priced as Flex.")
	})

	it("states in the tooltip that AWS reported no tier", () => {
		const label = renderUsage({ ...FLEX, servedTier: null, basis: "requested" })
		expect(label).toHaveTextContent(/^Flex$/)
		expect(tooltipOf(label)).toBe("AWS accepted Flex but did not report which tier served. Priced as Flex.")
	})

	it("shows the requested and the served tier in text, with a warning, when they differ", () => {
		const label = renderUsage({ ...FLEX, servedTier: "default", billedTier: "default" })
		expect(label).toHaveTextContent(/^asked Flex, served Standard$/)
		expect(hasWarning(label)).toBe(true)
		expect(tooltipOf(label)).toBe(
			"You asked for Flex, but AWS reports that Standard served this request. Priced as Standard.",
		)
	})

	it.each([
		["tier-not-offered", "Flex was not sent, because this model does not take it."],
		["sdk-without-tiers", "Flex was not sent, because the installed AWS SDK does not know service tiers."],
		["some-later-reason", "Flex was not sent."],
	])("shows that a tier was not sent, with the reason %s in the tooltip", (notSentReason, message) => {
		const label = renderUsage({
			...FLEX,
			notSentReason,
			servedTier: null,
			billedTier: "default",
			basis: "assumed-default",
		})
		expect(label).toHaveTextContent(/^Flex not sent$/)
		expect(hasWarning(label)).toBe(true)
		expect(tooltipOf(label)).toBe(`${message} AWS reported no tier. Priced as Standard.`)
	})

	it('ends with "at least", directly before the amount, when a part of the cost has no price', () => {
		const label = renderUsage({ ...FLEX, unpricedReason: "cache-write-price-unknown" })
		expect(label).toHaveTextContent(/^Flex · at least$/)
		expect(label.nextElementSibling).toHaveTextContent("$0.0012")
		expect(label).not.toHaveClass("[&+*]:hidden")
		expect(tooltipOf(label)).toBe(
			"AWS reports that Flex served this request. Priced as Flex. Some of its tokens have no known price. The amount shown is the part that is known.",
		)
	})

	it.each([
		["model-unknown", "No price is known for this model."],
		["tier-not-priced", "No price is known for this tier."],
		["region-not-priced", "No price is known for this region."],
		["paid-by-reservation", "It is paid by reservation, not by request."],
		["usage-not-reported", "AWS reported no usage."],
	])('shows "not priced" in place of the amount, with the reason %s in the tooltip', (unpricedReason, message) => {
		const label = renderUsage({ ...FLEX, knownUsd: 0, unpricedReason })
		expect(label).toHaveTextContent(/^Flex · not priced$/)
		expect(label).toHaveClass("[&+*]:hidden")
		expect(tooltipOf(label)).toBe(`AWS reports that Flex served this request. ${message}`)
	})

	it("shows an unknown tier unchanged", () => {
		const usage = { ...FLEX, servedTier: "turbo", billedTier: "turbo", knownUsd: 0, unpricedReason: "unknown-tier" }
		expect(renderUsage(usage)).toHaveTextContent(/^asked Flex, served turbo · not priced$/)
	})

	it.each([
		["a row without text", undefined],
		["invalid JSON", '{"serviceTier": '],
		["a row without serviceTier", '{"cost":0.0012}'],
		["serviceTier null", '{"serviceTier":null}'],
		["serviceTier that is a string", '{"serviceTier":"flex"}'],
		["serviceTier without billedTier", '{"serviceTier":{"requestedTier":"flex"}}'],
		["billedTier that is not a string", '{"serviceTier":{"billedTier":1}}'],
		["JSON null", 'null "serviceTier"'],
	])("renders nothing for %s", (_, text) => {
		renderText(text)
		expect(screen.queryByTestId("bedrock-tier-label")).not.toBeInTheDocument()
		expect(screen.getByText("$0.0012")).toBeInTheDocument()
	})
})
