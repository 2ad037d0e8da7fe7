import { describe, expect, test } from "vitest"
import { page, userEvent } from "vitest/browser"
import { settled } from "../../testing/settled"
import { renderApp } from "../../testing/render-app"
import {
	answer,
	historyEntry,
	request,
	requestsOf,
	speeds,
	usage,
	viewState,
	chatView,
} from "@bedrock-tiers/test-kit/samples/view-state"

const fast = requestsOf("priority", [360, 370, 380, 390, 410, 420, 430, 440])
const slow = requestsOf("default", [760, 770, 780, 790, 810, 820, 830, 840])

async function renderSpeeds(requests = [...fast, ...slow], part: Partial<ReturnType<typeof speeds>> = {}) {
	const app = await renderApp(viewState(), "chat")
	app.store.showPage("speed")
	app.port.say({ type: "speeds", ...speeds(requests), ...part })
	await expect.element(app.screen.getByRole("heading", { name: "Speed by tier" })).toBeVisible()
	return app
}

const canvases = () => [...document.querySelectorAll<HTMLCanvasElement>(".speed-plot canvas")]

/** Number of pixel rows that contain the colour. A median line fills few rows; marks add rows above and below it. */
function pixelRowsWith(canvas: HTMLCanvasElement | undefined, colour: string): number {
	if (!canvas) return 0
	const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
	const rows = new Set<number>()
	for (let at = 0; at < data.length; at += 4)
		if (data[at + 3] === 255 && `${data[at]},${data[at + 1]},${data[at + 2]}` === colour)
			rows.add(Math.floor(at / 4 / canvas.width))
	return rows.size
}

const colour = (name: string, value: string) =>
	document.documentElement.style.setProperty(`--vscode-charts-${name}`, value)

describe("Speed by tier", () => {
	test("requests the speeds of the active profile's model, and shows that it is loading", async () => {
		const { screen, store, posted } = await renderApp(viewState(), "chat")
		store.showPage("speed")
		await expect.element(screen.getByText("Reading your requests…").first()).toBeVisible()
		expect(posted("ask-speeds")).toEqual({ type: "ask-speeds", modelId: null })
	})

	test("compares Priority with Standard in text, and shows the numbers in tables", async () => {
		const { screen } = await renderSpeeds()
		await expect
			.element(screen.getByText(/^Priority's first token came 0\.4s earlier than Standard's/))
			.toHaveTextContent("The same tokens cost 1.75 times as much.")
		const firstToken = screen.getByRole("region", { name: "Time to the first token" })
		await expect.element(firstToken).toHaveTextContent("Standard80.8s0.78s – 0.82s0.83s4,000")
		await expect.element(firstToken).toHaveTextContent("Priority80.4s0.38s – 0.42s0.43s4,000")
		await expect
			.element(screen.getByRole("region", { name: "Tokens per second" }))
			.toHaveTextContent("Priority8100100 – 1001004,000")
	})

	test("draws each tier in its own colour, and redraws when the theme changes", async () => {
		colour("blue", "rgb(1, 2, 250)")
		colour("purple", "rgb(250, 2, 1)")
		await renderSpeeds()
		expect(canvases()).toHaveLength(2)
		// 360 to 440 ms on an axis that ends at 910 ms is about 13 pixels, plus half a mark on each side.
		for (const tier of ["1,2,250", "250,2,1"])
			await expect.poll(() => pixelRowsWith(canvases()[0], tier)).toBeGreaterThan(12)
		// All requests wrote 100 tokens a second, so their marks are on the median line.
		await expect.poll(() => pixelRowsWith(canvases()[1], "250,2,1")).toBeGreaterThan(2)
		// The first resize notification has been handled, so only the theme change redraws the plot.
		await settled()
		colour("purple", "rgb(1, 250, 1)")
		await expect.poll(() => pixelRowsWith(canvases()[0], "1,250,1")).toBeGreaterThan(12)
		expect(pixelRowsWith(canvases()[0], "250,2,1")).toBe(0)
		document.documentElement.removeAttribute("style")
	})

	test("fits the plots to the view, even at 300 px, where only the tables scroll horizontally", async () => {
		await page.viewport(600, 700)
		const { screen } = await renderSpeeds()
		const widths = () => canvases().map((canvas) => canvas.getBoundingClientRect().width)
		await expect.poll(widths).toEqual([576, 576])
		await page.viewport(300, 700)
		await expect.poll(widths).toEqual([276, 276])
		expect(document.documentElement.scrollWidth).toBe(300)
		const main = screen.getByRole("main").element()
		expect(main.scrollWidth).toBe(main.clientWidth)
		await page.viewport(414, 896)
	})

	test("hides the plots from screen readers and from keyboard navigation, which reach the tables", async () => {
		const { screen } = await renderSpeeds()
		for (const canvas of canvases()) expect(canvas.closest("[aria-hidden=true]")).not.toBeNull()
		;(screen.getByRole("combobox", { name: "Model" }).element() as HTMLElement).focus()
		await userEvent.keyboard("{Tab}")
		expect(document.activeElement?.getAttribute("aria-label")).toBe("Time to the first token")
		await userEvent.keyboard("{Tab}")
		expect(document.activeElement?.getAttribute("aria-label")).toBe("Tokens per second")
	})

	test("requests the speeds of another selected model, and shows it when they arrive", async () => {
		const models = [
			{ id: "openai.gpt-oss-120b-1:0", requests: 16 },
			{ id: "amazon.nova-pro-v1:0", requests: 1 },
		]
		const { screen, port, posted } = await renderSpeeds(undefined, { models })
		const field = screen.getByRole("combobox", { name: "Model" })
		await expect.element(field).toHaveDisplayValue("gpt-oss-120b, 16 requests")
		await field.selectOptions("Nova Pro, 1 request")
		expect(posted("ask-speeds")).toEqual({ type: "ask-speeds", modelId: "amazon.nova-pro-v1:0" })
		port.say({ type: "speeds", ...speeds(fast.slice(0, 1)), models, modelId: "amazon.nova-pro-v1:0" })
		await expect.element(field).toHaveDisplayValue("Nova Pro, 1 request")
		await expect
			.element(screen.getByText("There is nothing to compare yet: all of these requests were on Priority."))
			.toBeVisible()
	})

	test("reports missing measurements, too few requests, and requests that are left out", async () => {
		const { screen, port } = await renderSpeeds([])
		await expect.element(screen.getByText(/^No request of the last 90 days was measured\./)).toBeVisible()
		expect(canvases()).toHaveLength(0)
		port.say({ type: "speeds", ...speeds([...fast.slice(0, 3), ...slow], { notMeasured: 4 }) })
		await expect
			.element(screen.getByText(/^Too few requests to compare Priority with Standard: 3 and 8\./))
			.toBeVisible()
		await expect
			.element(screen.getByText("4 requests of this model are left out, since they were not measured."))
			.toBeVisible()
	})

	test("draws and counts 5,000 requests", async () => {
		const many = requestsOf(
			"default",
			Array.from({ length: 5_000 }, (_, index) => 300 + (index % 700)),
		)
		colour("blue", "rgb(3, 3, 250)")
		const { port, screen } = await renderSpeeds([])
		port.say({ type: "speeds", ...speeds(many) })
		await expect.poll(() => pixelRowsWith(canvases()[1], "3,3,250")).toBeGreaterThan(2)
		await expect
			.element(screen.getByRole("region", { name: "Tokens per second" }))
			.toHaveTextContent("Standard5,000")
		document.documentElement.removeAttribute("style")
	})
})

describe("Link to speed by tier", () => {
	test("is shown in the usage of a task that has measured requests", async () => {
		const timed = request({ timing: { firstTokenMs: 400, totalMs: 3_400 } })
		const chat = chatView({ messages: [answer({ request: timed })], usage: usage(0.0012) })
		const { screen, posted } = await renderApp(viewState({ chat }), "chat")
		await screen.getByText("Usage of this task").click()
		await screen.getByRole("button", { name: "Speed by tier, over all chats" }).click()
		expect(posted("ask-speeds")).toBeDefined()
		await expect.poll(() => document.activeElement?.tagName).toBe("MAIN")
	})

	test("is shown in the history, and the Chat button leads back to the chat", async () => {
		const { screen, port, store } = await renderApp(viewState(), "history")
		port.say({ type: "history", chats: [historyEntry(1)], damaged: 0, folder: "", openChatId: "none" })
		await screen.getByRole("button", { name: "Speed by tier" }).click()
		expect(store.getState().page).toBe("speed")
		await screen.getByRole("button", { name: "Chat", exact: true }).click()
		expect(store.getState().page).toBe("chat")
	})
})
