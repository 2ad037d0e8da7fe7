import type { ChatEntry, ToWebview } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { historyEntry, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { renderApp } from "../../testing/render-app"

/** The history page in a real browser. */

async function renderHistory(chats: ChatEntry[], part: Partial<Extract<ToWebview, { type: "history" }>> = {}) {
	const app = await renderApp(viewState(), "history")
	app.port.say({ type: "history", chats, damaged: 0, folder: "/chats", openChatId: "none", ...part })
	return { ...app, row: (title: string) => app.screen.getByRole("listitem").filter({ hasText: title }) }
}

const many = (count: number) =>
	Array.from({ length: count }, (_, index) => historyEntry(index, { title: `Chat number ${index}` }))

describe("The history page", () => {
	test("requests the list and shows that it is loading", async () => {
		const { screen, posted } = await renderApp(viewState(), "history")
		await expect.element(screen.getByText("Reading the history…").first()).toBeVisible()
		expect(posted("list-history")).toEqual({ type: "list-history" })
	})

	test("shows each chat with model, tiers and cost, and marks a cost that is not fully priced", async () => {
		const { row } = await renderHistory([
			historyEntry(1, { title: "Sky", tiers: ["flex", "default"], knownUsd: 0.0033 }),
			historyEntry(2, { title: "Sea", unpricedRequests: 1, estimatedRequests: 0, knownUsd: 0.0012 }),
			historyEntry(3, { title: "Refused", requests: 0, tiers: [], models: [], knownUsd: 0 }),
			historyEntry(4, {
				title: "Unanswered",
				requests: 0,
				unpricedRequests: 1,
				estimatedRequests: 0,
				knownUsd: 0,
			}),
		])
		await expect.element(row("Sky")).toHaveTextContent("gpt-oss-120b · Flex and Standard · $0.0033")
		await expect.element(row("Sea")).toHaveTextContent("at least $0.0012")
		await expect.element(row("Refused")).toHaveTextContent("nothing billed")
		await expect.element(row("Unanswered")).toHaveTextContent("not priced")
	})

	test("shows that there are no chats, and that files cannot be read", async () => {
		const { screen } = await renderHistory([], { damaged: 2 })
		await expect.element(screen.getByText("No chats yet.", { exact: false })).toBeVisible()
		await expect
			.element(screen.getByText("2 files cannot be read. They are left as they are, in /chats."))
			.toBeVisible()
	})

	test("opens a chat on click and marks the open one", async () => {
		const [sky, sea] = [historyEntry(1, { title: "Sky" }), historyEntry(2, { title: "Sea" })]
		const { row, posted } = await renderHistory([sky, sea], { openChatId: sea.id })
		await row("Sky").getByRole("button").first().click()
		expect(posted("open-chat")).toEqual({ type: "open-chat", chatId: sky.id })
		expect(row("Sea").getByRole("button").first().element().getAttribute("aria-current")).toBe("true")
		await expect.element(row("Sea")).toHaveTextContent("open now")
	})

	test("moves the focus to the composer when a chat is opened from it", async () => {
		const { row, port } = await renderHistory([historyEntry(1, { title: "Sky" })])
		;(row("Sky").getByRole("button").first().element() as HTMLElement).focus()
		port.say({ type: "show", view: "chat" })
		await expect.poll(() => document.activeElement?.closest(".composer") != null).toBe(true)
	})

	test("requests the list each time it is shown", async () => {
		const { port, store } = await renderHistory([])
		const listRequests = () => port.posted.filter(({ type }) => type === "list-history").length
		expect(listRequests()).toBe(1)
		port.say({ type: "show", view: "history" })
		expect(listRequests()).toBe(2)
		store.showPage("chat")
		store.showPage("history")
		expect(listRequests()).toBe(3)
	})

	test("exports and deletes the chat that the button names, and exports the usage", async () => {
		const sky = historyEntry(1, { title: "Sky" })
		const { screen, posted } = await renderHistory([sky])
		await screen.getByRole("button", { name: "Export as Markdown: Sky" }).click()
		expect(posted("export-chat")).toEqual({ type: "export-chat", chatId: sky.id, format: "markdown" })
		await screen.getByRole("button", { name: "Export as JSON: Sky" }).click()
		expect(posted("export-chat")).toMatchObject({ format: "json" })
		await screen.getByRole("button", { name: "Delete: Sky" }).click()
		expect(posted("delete-chat")).toEqual({ type: "delete-chat", chatId: sky.id })
		await screen.getByRole("button", { name: "Usage as CSV" }).click()
		expect(posted("export-usage")).toEqual({ type: "export-usage", format: "csv" })
	})

	test("filters by title while the user types, and searches texts on request, which can be stopped", async () => {
		const [sky, sea] = [historyEntry(1, { title: "Sky" }), historyEntry(2, { title: "Sea" })]
		const { screen, port, posted } = await renderHistory([sky, sea])
		await screen.getByRole("textbox", { name: "Search in titles" }).fill("sky")
		await expect.element(screen.getByText("1 of 2 chats, by their titles")).toBeVisible()
		await screen.getByRole("button", { name: "Search in texts too" }).click()
		const search = posted("search-history")
		expect(search).toMatchObject({ query: "sky" })
		const found = { type: "history-found", searchId: search?.searchId ?? "", total: 2 } as const
		port.say({ ...found, hits: [], searched: 1, status: "running" })
		await expect.element(screen.getByText("Searching… 1 of 2 chats")).toBeVisible()
		await screen.getByRole("button", { name: "Stop searching" }).click()
		expect(posted("cancel-history-search")).toBeDefined()
		port.say({ ...found, hits: [{ chatId: sea.id, excerpt: "…the sky in the sea…" }], searched: 2, status: "done" })
		await expect.element(screen.getByText("2 of 2 chats, texts included")).toBeVisible()
		await expect.element(screen.getByText("…the sky in the sea…")).toBeVisible()
		port.say({ ...found, searchId: "an older one", hits: [], searched: 2, status: "done" })
		await expect.element(screen.getByText("2 of 2 chats, texts included")).toBeVisible()
	})

	test("lists 2,000 chats a hundred at a time", async () => {
		const { screen, port } = await renderHistory([])
		port.say({ type: "history", chats: many(2_000), damaged: 0, folder: "", openChatId: "none" })
		await expect.element(screen.getByText("2,000 chats", { exact: true })).toBeVisible()
		expect(screen.getByRole("listitem").elements()).toHaveLength(100)
		await screen.getByRole("button", { name: "Show 100 more" }).click()
		expect(screen.getByRole("listitem").elements()).toHaveLength(200)
		await expect.poll(() => document.activeElement?.textContent).toContain("Chat number 100")
	})

	test("moves between chats with the arrow keys, and keeps the focus in the list when one is deleted", async () => {
		const chats = many(3)
		const { screen, port, row } = await renderHistory(chats)
		const open = (title: string) => row(title).getByRole("button").first()
		;(open("Chat number 0").element() as HTMLElement).focus()
		await userEvent.keyboard("{ArrowDown}")
		expect(document.activeElement).toBe(open("Chat number 1").element())
		await userEvent.keyboard("{ArrowUp}{ArrowUp}")
		expect(document.activeElement).toBe(open("Chat number 0").element())
		;(screen.getByRole("button", { name: "Delete: Chat number 1" }).element() as HTMLElement).focus()
		const remaining = chats.filter((_, index) => index !== 1)
		port.say({ type: "history", chats: remaining, damaged: 0, folder: "", openChatId: "none" })
		await expect.poll(() => document.activeElement).toBe(open("Chat number 2").element())
	})

	test("shows HTML in a title as text", async () => {
		const { screen } = await renderHistory([historyEntry(1, { title: '<img src=x onerror="alert(1)">' })])
		await expect.element(screen.getByText('<img src=x onerror="alert(1)">', { exact: true })).toBeVisible()
	})
})

test("A chat shows that another window is answering in it", async () => {
	const state = viewState()
	const { screen } = await renderApp({ ...state, chat: { ...state.chat, answeredElsewhere: true } })
	await expect.element(screen.getByText("Another window is answering in this chat.", { exact: false })).toBeVisible()
})
