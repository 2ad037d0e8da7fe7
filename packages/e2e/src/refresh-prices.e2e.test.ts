import { createServer } from "node:http"
import { expect, onTestFinished, test } from "vitest"
import { fill } from "./fill"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * Price refresh and discount in the real VS Code. A local server replaces AWS's price list: its prices for gpt-oss-120b
 * are $0.18 and $0.72 per million tokens in us-east-1, where the catalog has $0.15 and $0.60. 20,000 input and 2,000
 * output tokens then cost $0.0036 + $0.00144 = $0.00504.
 */

const PRICES = { "USE1-gpt-oss-120b-input-tokens": "0.00018", "USE1-gpt-oss-120b-output-tokens": "0.00072" }

const vscode = workbenchUnderTest({ usage: { inputTokens: 20_000, outputTokens: 2_000 } })

/** Starts the price server, until the end of the test. While `stalls` is set, it leaves requests without a response. */
async function startPriceServer() {
	const state = { requestedPaths: [] as string[], stalls: false }
	const server = createServer((request, response) => {
		state.requestedPaths.push(request.url ?? "")
		if (state.stalls) return
		if (request.url?.includes("/AmazonBedrock/current/us-east-1/")) response.end(priceList())
		else response.writeHead(404).end()
	})
	await new Promise<void>((resolve) => server.listen(vscode.priceListPort, "127.0.0.1", resolve))
	onTestFinished(() => {
		server.closeAllConnections()
		server.close()
	})
	return state
}

function priceList(): string {
	const entries = Object.entries(PRICES)
	const term = (usd: string) => ({
		OFFER: { priceDimensions: { RATE: { unit: "1K tokens", description: "", pricePerUnit: { USD: usd } } } },
	})
	return JSON.stringify({
		offerCode: "AmazonBedrock",
		publicationDate: "2026-11-20T10:00:00Z",
		products: Object.fromEntries(
			entries.map(([usagetype], index) => [
				`SKU${index}`,
				{
					sku: `SKU${index}`,
					attributes: { usagetype, servicename: "Amazon Bedrock", regionCode: "us-east-1" },
				},
			]),
		),
		terms: { OnDemand: Object.fromEntries(entries.map(([, usd], index) => [`SKU${index}`, term(usd)])) },
	})
}

const text = (content: string | RegExp) => vscode.workbench.view.getByText(content).first()

async function openPrices(): Promise<void> {
	await vscode.user.openSettings()
	const prices = vscode.workbench.view.locator("summary", { hasText: "Prices" })
	await prices.waitFor()
	// The section is open if it was open before in this window.
	if (!(await prices.evaluate((summary) => summary.closest("details")?.open))) await prices.click()
	await vscode.user.button("Refresh prices").waitFor()
}

test("refreshed prices are requested by the user only, price the next answer and survive a cancelled refresh; then built-in prices with a discount apply", async () => {
	const { workbench, user } = vscode
	const priceServer = await startPriceServer()
	await openPrices()
	expect(priceServer.requestedPaths, "requested before a refresh").toEqual([])
	await user.button("Refresh prices").click()
	await text(/AWS price list of/).waitFor()
	await workbench.page
		.getByText(/differ from the built-in ones/)
		.first()
		.waitFor()
	expect(priceServer.requestedPaths).not.toEqual([])
	await user.openChat()
	await user.send("Hello")
	await user.badge("$0.0050 · Standard").waitFor()

	priceServer.stalls = true
	await openPrices()
	await user.button("Refresh prices").click()
	await user.button("Refreshing…").waitFor()
	const notification = workbench.page.locator(".notifications-toasts").getByText(/Reading AWS's price list/)
	await notification.first().waitFor()
	await workbench.page.getByRole("button", { name: "Cancel", exact: true }).first().click()
	await user.button("Refresh prices").waitFor()
	await text(/AWS price list of/).waitFor()

	await user.button("Use built-in prices").click()
	await text("Built-in prices are in use.").waitFor()
	await fill(workbench.view.getByRole("textbox", { name: "Discount (percent)" }), "10")
	await user.save()
	await user.openChat()
	await user.send("Again")
	await user.badge("$0.0038 · Standard · 10% off list").waitFor()
	await workbench.screenshot("refresh-prices")

	await openPrices()
	await fill(workbench.view.getByRole("textbox", { name: "Discount (percent)" }), "0")
	await user.save()
})
