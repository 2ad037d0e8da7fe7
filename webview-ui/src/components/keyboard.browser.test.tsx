import { afterEach, beforeAll, describe, expect, test } from "vitest"
import { page, userEvent } from "vitest/browser"
import type { Scene } from "../gallery/scene"
import { SCENES } from "../gallery/scenes"
import { showScene } from "../gallery/show-scene"
import { THEMES, applyTheme } from "../gallery/themes"
import type { FakePort } from "../testing/fake-port"
import { nextFrames, settled } from "../testing/settled"
import { answer, historyEntry, profile, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

/**
 * Operation by keyboard alone: Tab reaches every control and leaves the view, Shift+Tab goes back, the focused element
 * is marked in all themes, and no action loses the focus. The page is the whole webview; its host is scripted.
 */

const CONTROLS = "a[href], button, input, select, textarea, summary, vscode-button, vscode-text-field, vscode-text-area"

let removeScene = () => {}
let port: FakePort

beforeAll(async () => {
	await page.viewport(300, 900)
	// The toolkit starts to observe the theme on the `load` event, which was dispatched before the toolkit was loaded.
	window.dispatchEvent(new Event("load"))
	applyTheme("dark")
})

afterEach(() => {
	removeScene()
	document.body.replaceChildren()
})

async function show(name: string) {
	const scene = SCENES[name] as Scene
	document.body.innerHTML = "<button>before</button><div id=view style='height: 100%'></div><button>after</button>"
	const element = document.getElementById("view") as HTMLElement
	removeScene = await showScene((fake, store) => {
		port = fake
		return scene(fake, store)
	}, element)
	document.querySelector("button")?.focus()
}

function name(element: Element | null): string {
	if (!element) return ""
	const label = element.getAttribute("aria-label") ?? (element as HTMLInputElement).labels?.[0]?.textContent
	return (label ?? element.textContent ?? "").replace(/\s+/g, " ").trim()
}

function controls(): Element[] {
	return [...(document.getElementById("view")?.querySelectorAll(CONTROLS) ?? [])].filter(
		(element) => !element.matches(":disabled, [disabled]") && element.checkVisibility(),
	)
}

/** Presses the key until the focus has left the view. */
async function walk(key: "{Tab}" | "{Shift>}{Tab}{/Shift}"): Promise<Element[]> {
	const visited: Element[] = []
	for (let press = 0; press < 200; press++) {
		await userEvent.keyboard(key)
		const { activeElement } = document
		if (activeElement?.parentElement === document.body) return visited
		if (!activeElement || activeElement === visited.at(-1))
			throw new Error(`${name(activeElement)} does not let go of the focus`)
		visited.push(activeElement)
	}
	throw new Error("The page has no end")
}

const names = (elements: readonly Element[]) => elements.map(name).sort()

describe("Keyboard navigation", () => {
	test.each([
		"chat-empty",
		"chat-first-start",
		"chat-served",
		"chat-edited",
		"chat-streaming",
		"chat-tier-refused",
		"chat-usage",
		"settings-flex",
		"settings-refused",
		"settings-changed-elsewhere",
		"settings-keys",
		"settings-typed-model",
		"profiles-rename",
		"import-found",
		"export-done",
		"prices-own",
		"answer-open",
		"background-open",
		"test-running",
		"history",
		"history-searching",
	])("visits every control of the scene %s with Tab, leaves it, and goes back with Shift+Tab", async (scene) => {
		await show(scene)
		const forward = await walk("{Tab}")
		expect(names(forward.filter((element) => element.matches(CONTROLS)))).toEqual(names(controls()))
		const backward = await walk("{Shift>}{Tab}{/Shift}")
		expect(names(backward)).toEqual(names(forward))
	})
})

/** The focused element inside the shadow roots of a toolkit element. */
function innermost(element: Element): Element {
	const inner = element.shadowRoot?.activeElement
	return inner ? innermost(inner) : element
}

function isMarked(element: Element): boolean {
	const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(innermost(element))
	const isOutlined = outlineStyle !== "none" && outlineWidth !== "0px" && !/, 0\)$/.test(outlineColor)
	// The toolkit's text fields mark the focus with the colour of their border.
	const box = element.shadowRoot?.querySelector("[part=root], [part=control]")
	const focusBorder = getComputedStyle(document.body).getPropertyValue("--vscode-focusBorder")
	const probe = document.body.appendChild(document.createElement("i"))
	probe.style.color = focusBorder
	const isBordered = box != null && getComputedStyle(box).borderTopColor === getComputedStyle(probe).color
	probe.remove()
	return isOutlined || isBordered
}

test("The focused element is marked in every theme", async () => {
	const seen = new Set<string>()
	const unmarked: string[] = []
	for (const scene of ["chat-served", "chat-usage", "answer-open", "import-found", "prices-own", "history"]) {
		await show(scene)
		for (let press = 0; press < 60; press++) {
			await userEvent.keyboard("{Tab}")
			const { activeElement } = document
			if (!activeElement || activeElement.parentElement === document.body) break
			const kind = `${activeElement.tagName}.${activeElement.className} ${activeElement.getAttribute("type") ?? ""}`
			if (seen.has(kind)) continue
			seen.add(kind)
			for (const theme of THEMES) {
				applyTheme(theme)
				await nextFrames()
				if (!isMarked(activeElement)) unmarked.push(`${theme}: ${kind} ${name(activeElement)}`)
			}
		}
		removeScene()
		document.body.replaceChildren()
	}
	applyTheme("dark")
	expect(seen.size).toBeGreaterThan(10)
	expect(unmarked).toEqual([])
})

/** Moves the focus to the control with Tab, as a user does. */
async function reach(control: string) {
	for (let press = 0; press < 80; press++) {
		await userEvent.keyboard("{Tab}")
		if (name(document.activeElement) === control) return
	}
	throw new Error(`${control} cannot be reached`)
}

const question = { role: "user", id: "question-1", text: "Why?" } as const
const sendAnswer = () => port.say({ type: "message", message: answer(), busy: false, usage: usage(0.0012) })
const sendState = (part: Parameters<typeof viewState>[0] = {}) => port.say({ type: "state", state: viewState(part) })
const saveId = () => port.posted.findLast(({ type }) => type === "save-settings") as { requestId: string } | undefined
const posted = (type: string) => () => port.posted.some((message) => message.type === type)
const noReply = () => {}

type Action = {
	readonly scene: string
	/** Controls to reach with Tab, in this order, and the keys to press on each. */
	readonly keys: readonly (readonly [control: string, key: string])[]
	/** Sends the host's messages after the keys. */
	readonly hostReply: () => void
	/** Whether the action is complete. */
	readonly isDone: () => boolean
}

const isAbsent = (control: string) => () => !controls().some((element) => name(element) === control)
const isPresent = (control: string) => () => controls().some((element) => name(element) === control)

const ACTIONS: Record<string, Action> = {
	Send: { scene: "chat-long", keys: [["Send", "{Enter}"]], hostReply: noReply, isDone: posted("send") },
	Stop: {
		scene: "chat-streaming",
		keys: [["Stop", "{Enter}"]],
		hostReply: sendAnswer,
		isDone: () => posted("stop")() && isAbsent("Stop")(),
	},
	Edit: {
		scene: "chat-served",
		keys: [["Edit the question", "{Enter}"]],
		hostReply: noReply,
		isDone: isPresent("Cancel"),
	},
	"Cancel an edit": {
		scene: "chat-edited",
		keys: [["Cancel", "{Enter}"]],
		hostReply: noReply,
		isDone: isAbsent("Cancel"),
	},
	"Send an edit": {
		scene: "chat-edited",
		keys: [["Ask this instead", "{Enter}"]],
		hostReply: noReply,
		isDone: () => posted("edit")() && isAbsent("Cancel")(),
	},
	"Answer again": {
		scene: "chat-served",
		keys: [["Answer again", "{Enter}"]],
		hostReply: () =>
			port.say({
				type: "message",
				message: answer({ id: "answer-2", text: "", status: "streaming", request: null }),
				busy: true,
				usage: usage(0.0012),
			}),
		isDone: isAbsent("Answer again"),
	},
	"Expand and collapse the usage": {
		scene: "chat-served",
		keys: [["Usage of this task", "{Enter}{Enter}"]],
		hostReply: noReply,
		isDone: () => true,
	},
	"Try on Standard": {
		scene: "chat-tier-refused",
		keys: [["Try on Standard", "{Enter}"]],
		hostReply: () =>
			port.say({
				type: "message",
				message: answer({ text: "", status: "streaming", request: null }),
				busy: true,
				usage: usage(0.0012),
			}),
		isDone: isAbsent("Try on Standard"),
	},
	"Open settings": {
		scene: "chat-credentials",
		keys: [["Open settings", "{Enter}"]],
		hostReply: noReply,
		isDone: isPresent("Add profile"),
	},
	"Dismiss a problem": {
		scene: "chat-refused",
		keys: [["Dismiss", "{Enter}"]],
		hostReply: noReply,
		isDone: isAbsent("Dismiss"),
	},
	"Allow the model to read": {
		scene: "chat-empty",
		keys: [["Let the model read in this workspace", " "]],
		hostReply: noReply,
		isDone: posted("allow-tools"),
	},
	"Back to the chat": {
		scene: "settings-flex",
		keys: [["Chat", "{Enter}"]],
		hostReply: noReply,
		isDone: isPresent("Message"),
	},
	Save: {
		scene: "settings-changed-elsewhere",
		keys: [["Save", "{Enter}"]],
		hostReply: () => port.say({ type: "saved", requestId: saveId()?.requestId ?? "" }),
		isDone: isAbsent("Save"),
	},
	Discard: {
		scene: "settings-changed-elsewhere",
		keys: [["Discard", "{Enter}"]],
		hostReply: noReply,
		isDone: isAbsent("Discard"),
	},
	Reload: {
		scene: "settings-changed-elsewhere",
		keys: [["Reload", "{Enter}"]],
		hostReply: noReply,
		isDone: isAbsent("Reload"),
	},
	"Forget a refusal": {
		scene: "settings-tier-refused",
		keys: [["Forget the refusal of Flex", "{Enter}"]],
		hostReply: () => port.say({ type: "refusals", refusals: [] }),
		isDone: isAbsent("Forget the refusal of Flex"),
	},
	"Test the connection": {
		scene: "settings-flex",
		keys: [["Test connection (billed)", "{Enter}"]],
		hostReply: () => port.say({ type: "connection-test", profileId: "aws-1", test: { kind: "running" } }),
		isDone: isAbsent("Test connection (billed)"),
	},
	"Stop the test": {
		scene: "test-running",
		keys: [["Stop the test", "{Enter}"]],
		hostReply: () => port.say({ type: "connection-test", profileId: "aws-1", test: { kind: "stopped" } }),
		isDone: isAbsent("Stop the test"),
	},
	"Replace a key": {
		scene: "settings-key-stored",
		keys: [["Replace", "{Enter}"]],
		hostReply: noReply,
		isDone: isAbsent("Replace"),
	},
	"Remove a key": {
		scene: "settings-key-stored",
		keys: [["Remove", "{Enter}"]],
		hostReply: noReply,
		isDone: isAbsent("Remove"),
	},
	"Add and remove a price": {
		scene: "prices-open",
		keys: [
			["Add a price", "{Enter}"],
			["Remove", "{Enter}"],
		],
		hostReply: noReply,
		isDone: isAbsent("Remove"),
	},
	"Refresh prices": {
		scene: "prices-open",
		keys: [["Refresh prices", "{Enter}"]],
		hostReply: () => sendState({ refreshing: true }),
		isDone: isAbsent("Refresh prices"),
	},
	"Use the built-in prices": {
		scene: "prices-refreshed",
		keys: [["Use built-in prices", "{Enter}"]],
		hostReply: () => sendState({ refreshedPrices: null }),
		isDone: isAbsent("Use built-in prices"),
	},
	"Cancel an import": {
		scene: "import-found",
		keys: [["Cancel", "{Enter}"]],
		hostReply: () => sendState(),
		isDone: isAbsent("Cancel"),
	},
	Import: {
		scene: "import-found",
		keys: [["Add 2 profiles", "{Enter}"]],
		hostReply: () =>
			sendState({ profiles: [profile(), profile({}, { id: "aws-2", name: "team" })], activeProfileId: "aws-2" }),
		isDone: isAbsent("Add 2 profiles"),
	},
	"Delete a profile": {
		scene: "profiles-delete",
		keys: [["Yes, delete it", "{Enter}"]],
		hostReply: () => {
			const deleted = port.posted.findLast((message) => message.type === "delete-profile")
			port.say({ type: "done", requestId: (deleted as { requestId: string }).requestId })
			sendState({ profiles: [profile({}, { id: "aws-2", name: "Work" })], activeProfileId: "aws-2" })
		},
		isDone: isAbsent("Yes, delete it"),
	},
	"Cancel a profile form": {
		scene: "profiles-duplicate",
		keys: [["Cancel", "{Escape}"]],
		hostReply: noReply,
		isDone: isAbsent("Cancel"),
	},
	"Delete a chat": {
		scene: "history-damaged",
		keys: [["Delete: The sea", "{Enter}"]],
		hostReply: () =>
			port.say({ type: "history", chats: [historyEntry(0)], damaged: 0, folder: "/chats", openChatId: "" }),
		isDone: isAbsent("Delete: The sea"),
	},
	"Delete the last chat": {
		scene: "history-damaged",
		keys: [["Delete: The land", "{Enter}"]],
		hostReply: () => port.say({ type: "history", chats: [], damaged: 0, folder: "/chats", openChatId: "" }),
		isDone: isAbsent("Delete: The land"),
	},
	"Stop searching": {
		scene: "history-searching",
		keys: [["Stop searching", "{Enter}"]],
		hostReply: () =>
			port.say({
				type: "history-found",
				searchId: "search-1",
				hits: [],
				searched: 1,
				total: 3,
				status: "cancelled",
			}),
		isDone: isAbsent("Stop searching"),
	},
	"Start a new chat": {
		scene: "history-found",
		keys: [["New chat", "{Enter}"]],
		hostReply: () => sendState({ chat: { ...viewState().chat, id: "chat-2", messages: [question] } }),
		isDone: isPresent("Message"),
	},
}

describe("The keyboard focus", () => {
	test.each(Object.entries(ACTIONS))(
		"stays on a visible, enabled element of the view after: %s",
		async (_name, { scene, keys, hostReply, isDone }) => {
			await show(scene)
			for (const [control, key] of keys) {
				await reach(control)
				await userEvent.keyboard(key)
				await settled()
			}
			hostReply()
			await expect.poll(isDone).toBe(true)
			await expect.poll(() => document.getElementById("view")?.contains(document.activeElement)).toBe(true)
			const { activeElement } = document
			expect(activeElement?.checkVisibility()).toBe(true)
			expect(activeElement?.matches(":disabled, [disabled]")).toBe(false)
		},
	)
})
