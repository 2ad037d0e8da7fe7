import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/**
 * Price refresh and discount in the real VS Code. A local server replaces AWS's price list: its prices for gpt-oss-120b
 * are $0.18 and $0.72 per million tokens in us-east-1, where the catalog has $0.15 and $0.60. 20,000 input and 2,000
 * output tokens then cost $0.0036 + $0.00144 = $0.00504.
 */

const PRICES = { "USE1-gpt-oss-120b-input-tokens": "0.00018", "USE1-gpt-oss-120b-output-tokens": "0.00072" }

let requestedPaths: string[]
/** Whether the price server leaves requests without a response. */
let stalls = false
let priceServer: Server
let emulator: Emulator
let host: VsCodeHost
let workbench: Workbench

beforeAll(async () => {
	requestedPaths = []
	priceServer = createServer((request, response) => {
		requestedPaths.push(request.url ?? "")
		if (stalls) return
		if (request.url?.includes("/AmazonBedrock/current/us-east-1/")) response.end(priceList())
		else response.writeHead(404).end()
	})
	await new Promise<void>((resolve) => priceServer.listen(0, "127.0.0.1", resolve))
	const { port } = priceServer.address() as AddressInfo
	emulator = await startEmulator({ pace: "instant", usage: { inputTokens: 20_000, outputTokens: 2_000 } })
	host = await startVsCodeHost({ emulator, env: { BEDROCK_TIERS_PRICE_LIST_URL: `http://127.0.0.1:${port}` } })
	workbench = await host.open()
})
afterAll(async () => {
	await workbench?.screenshot("refresh-prices")
	await workbench?.close()
	await host?.close()
	await emulator?.close()
	priceServer?.closeAllConnections()
	priceServer?.close()
})

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

const button = (name: string) => workbench.view.getByRole("button", { name, exact: true })
const text = (content: string | RegExp) => workbench.view.getByText(content).first()

async function openPrices(): Promise<void> {
	await workbench.titleButton("Open Settings").click()
	const prices = workbench.view.locator("summary", { hasText: "Prices" })
	await prices.waitFor()
	// The section stays open or closed as the previous test left it.
	if (!(await prices.evaluate((summary) => summary.closest("details")?.open))) await prices.click()
	await button("Refresh prices").waitFor()
}

async function sendFromChat(): Promise<void> {
	await button("Chat").click()
	await workbench.view.getByRole("textbox", { name: "Message" }).fill("Hello")
	await button("Send").click()
}

test("AWS's price list is not requested before the user refreshes the prices", async () => {
	await button("Send").waitFor()
	expect(requestedPaths).toEqual([])
})

test("refreshed prices are shown with their date, survive a reload, and price the next answer", async () => {
	await openPrices()
	await button("Refresh prices").click()
	await text(/AWS price list of/).waitFor()
	await workbench.page
		.getByText(/differ from the built-in ones/)
		.first()
		.waitFor()
	expect(requestedPaths).not.toEqual([])
	await workbench.reload()
	await openPrices()
	await text(/AWS price list of/).waitFor()
	await sendFromChat()
	await workbench.view.getByText("$0.0050 · Standard", { exact: true }).waitFor()
})

test("a refresh that the user cancels leaves the earlier prices in use", async () => {
	stalls = true
	await openPrices()
	await button("Refresh prices").click()
	await button("Refreshing…").waitFor()
	const notification = workbench.page.locator(".notifications-toasts").getByText(/Reading AWS's price list/)
	await notification.first().waitFor()
	await workbench.page.getByRole("button", { name: "Cancel", exact: true }).first().click()
	await button("Refresh prices").waitFor()
	await text(/AWS price list of/).waitFor()
	await button("Chat").click()
	stalls = false
})

test("an answer at built-in prices with a discount of 10% costs $0.0042 less 10%, and its badge shows the discount", async () => {
	await openPrices()
	await button("Use built-in prices").click()
	await text("Built-in prices are in use.").waitFor()
	await workbench.view.getByRole("textbox", { name: "Discount (percent)" }).fill("10")
	await button("Save").click()
	await workbench.view.getByText("Saved", { exact: true }).waitFor()
	await sendFromChat()
	await workbench.view.getByText("$0.0038 · Standard · 10% off list", { exact: true }).waitFor()
})
