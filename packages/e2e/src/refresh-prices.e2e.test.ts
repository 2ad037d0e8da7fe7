import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/**
 * Prices refreshed on request, and a discount, in the real VS Code. A server on this machine stands for AWS's price list:
 * it lets gpt-oss-120b cost $0.18 and $0.72 per million tokens in us-east-1, where the catalog says $0.15 and $0.60.
 * 20,000 tokens in and 2,000 out then cost $0.0036 + $0.00144 = $0.00504.
 */

const PRICES = { "USE1-gpt-oss-120b-input-tokens": "0.00018", "USE1-gpt-oss-120b-output-tokens": "0.00072" }

let asked: string[]
/** The price server takes a request and does not answer. */
let stalls = false
let priceServer: Server
let emulator: Emulator
let host: VsCodeHost
let workbench: Workbench

beforeAll(async () => {
	asked = []
	priceServer = createServer((request, response) => {
		asked.push(request.url ?? "")
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
const text = (words: string | RegExp) => workbench.view.getByText(words).first()

async function openPrices(): Promise<void> {
	await workbench.titleButton("Open Settings").click()
	const prices = workbench.view.locator("summary", { hasText: "Prices" })
	await prices.waitFor()
	// It stays as it was left.
	if (!(await prices.evaluate((summary) => summary.closest("details")?.open))) await prices.click()
	await button("Refresh prices").waitFor()
}

async function sendFromChat(): Promise<void> {
	await button("Chat").click()
	await workbench.view.getByRole("textbox", { name: "Message" }).fill("Hello")
	await button("Send").click()
}

test("nothing is asked of AWS's price list before the person asks for it", async () => {
	await button("Send").waitFor()
	expect(asked).toEqual([])
})

test("refreshed prices are shown with their date, price the next answer, and survive a reload", async () => {
	await openPrices()
	await button("Refresh prices").click()
	await text(/AWS price list of/).waitFor()
	await workbench.page
		.getByText(/differ from the built-in ones/)
		.first()
		.waitFor()
	expect(asked).not.toEqual([])
	await workbench.reload()
	await openPrices()
	await text(/AWS price list of/).waitFor()
	await sendFromChat()
	await workbench.view.getByText("$0.0050 · Standard", { exact: true }).waitFor()
})

test("a refresh that takes too long is called off, and what was there stays", async () => {
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

test("with the built-in prices back and a discount of 10 %, the next answer costs $0.0042 less a tenth, and says so", async () => {
	await openPrices()
	await button("Use built-in prices").click()
	await text("Built-in prices are in use.").waitFor()
	await workbench.view.getByRole("textbox", { name: "Discount (percent)" }).fill("10")
	await button("Save").click()
	await workbench.view.getByText("Saved", { exact: true }).waitFor()
	await sendFromChat()
	await workbench.view.getByText("$0.0038 · Standard · 10% off list", { exact: true }).waitFor()
})
