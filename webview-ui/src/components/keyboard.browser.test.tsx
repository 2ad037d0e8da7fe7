import { afterEach, beforeAll, describe, expect, test } from "vitest"
import { page, userEvent } from "vitest/browser"
import type { Scene } from "../gallery/scene"
import { SCENES } from "../gallery/scenes"
import { showScene } from "../gallery/show-scene"
import { THEMES, wearTheme } from "../gallery/themes"
import type { FakePort } from "../testing/fake-port"
import { nextFrames, settled } from "../testing/settled"
import { answer, historyEntry, profile, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

/**
 * By keyboard alone: Tab leads to every control and out again, Shift+Tab back, what has the focus is marked in all themes, and
 * nothing that is done leaves the focus nowhere. The page is the whole view; its host is a script.
 */

const CONTROLS = "a[href], button, input, select, textarea, summary, vscode-button, vscode-text-field, vscode-text-area"

let leave = () => {}
let port: FakePort

beforeAll(async () => {
	await page.viewport(300, 900)
	// The toolkit begins to look at the theme when the page has been loaded, which was before it came.
	window.dispatchEvent(new Event("load"))
	wearTheme("dark")
})

afterEach(() => {
	leave()
	document.body.replaceChildren()
})

async function show(name: string) {
	const scene = SCENES[name] as Scene
	document.body.innerHTML = "<button>before</button><div id=view style='height: 100%'></div><button>after</button>"
	const element = document.getElementById("view") as HTMLElement
	leave = await showScene((fake, store) => {
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

describe("Tab leads to every control and past the last, Shift+Tab back, in", () => {
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
	])("%s", async (scene) => {
		await show(scene)
		const there = await walk("{Tab}")
		expect(names(there.filter((element) => element.matches(CONTROLS)))).toEqual(names(controls()))
		const back = await walk("{Shift>}{Tab}{/Shift}")
		expect(names(back)).toEqual(names(there))
	})
})

/** The element inside the toolkit's that is really focused. */
function innermost(element: Element): Element {
	const inner = element.shadowRoot?.activeElement
	return inner ? innermost(inner) : element
}

function isMarked(element: Element): boolean {
	const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(innermost(element))
	const isOutlined = outlineStyle !== "none" && outlineWidth !== "0px" && !/, 0\)$/.test(outlineColor)
	// The toolkit's text fields colour their border.
	const box = element.shadowRoot?.querySelector("[part=root], [part=control]")
	const focusBorder = getComputedStyle(document.body).getPropertyValue("--vscode-focusBorder")
	const probe = document.body.appendChild(document.createElement("i"))
	probe.style.color = focusBorder
	const isBordered = box != null && getComputedStyle(box).borderTopColor === getComputedStyle(probe).color
	probe.remove()
	return isOutlined || isBordered
}

test("What has the focus is marked in every theme", async () => {
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
				wearTheme(theme)
				await nextFrames()
				if (!isMarked(activeElement)) unmarked.push(`${theme}: ${kind} ${name(activeElement)}`)
			}
		}
		leave()
		document.body.replaceChildren()
	}
	wearTheme("dark")
	expect(seen.size).toBeGreaterThan(10)
	expect(unmarked).toEqual([])
})

/** Goes to the control by Tab, as a person does. */
async function reach(control: string) {
	for (let press = 0; press < 80; press++) {
		await userEvent.keyboard("{Tab}")
		if (name(document.activeElement) === control) return
	}
	throw new Error(`${control} cannot be reached`)
}

const question = { role: "user", id: "question-1", text: "Why?" } as const
const answered = () => port.say({ type: "message", message: answer(), busy: false, usage: usage(0.0012) })
const stored = (part: Parameters<typeof viewState>[0] = {}) => port.say({ type: "state", state: viewState(part) })
const saveId = () => port.posted.findLast(({ type }) => type === "save-settings") as { requestId: string } | undefined
const posted = (type: string) => () => port.posted.some((message) => message.type === type)
const nothing = () => {}

type Action = {
	readonly scene: string
	/** What is reached by Tab, one after the other, and the key that is pressed there. */
	readonly keys: readonly (readonly [control: string, key: string])[]
	/** What the host says then. */
	readonly then: () => void
	/** What shows that it was done. */
	readonly done: () => boolean
}

const gone = (control: string) => () => !controls().some((element) => name(element) === control)
const there = (control: string) => () => controls().some((element) => name(element) === control)

const ACTIONS: Record<string, Action> = {
	Send: { scene: "chat-long", keys: [["Send", "{Enter}"]], then: nothing, done: posted("send") },
	Stop: {
		scene: "chat-streaming",
		keys: [["Stop", "{Enter}"]],
		then: answered,
		done: () => posted("stop")() && gone("Stop")(),
	},
	Edit: { scene: "chat-served", keys: [["Edit the question", "{Enter}"]], then: nothing, done: there("Cancel") },
	"Cancel an edit": { scene: "chat-edited", keys: [["Cancel", "{Enter}"]], then: nothing, done: gone("Cancel") },
	"Send an edit": {
		scene: "chat-edited",
		keys: [["Ask this instead", "{Enter}"]],
		then: nothing,
		done: () => posted("edit")() && gone("Cancel")(),
	},
	"Answer again": {
		scene: "chat-served",
		keys: [["Answer again", "{Enter}"]],
		then: () =>
			port.say({
				type: "message",
				message: answer({ id: "answer-2", text: "", status: "streaming", request: null }),
				busy: true,
				usage: usage(0.0012),
			}),
		done: gone("Answer again"),
	},
	"Unfold and fold the usage": {
		scene: "chat-served",
		keys: [["Usage of this task", "{Enter}{Enter}"]],
		then: nothing,
		done: () => true,
	},
	"Try on Standard": {
		scene: "chat-tier-refused",
		keys: [["Try on Standard", "{Enter}"]],
		then: () =>
			port.say({
				type: "message",
				message: answer({ text: "", status: "streaming", request: null }),
				busy: true,
				usage: usage(0.0012),
			}),
		done: gone("Try on Standard"),
	},
	"Open settings": {
		scene: "chat-credentials",
		keys: [["Open settings", "{Enter}"]],
		then: nothing,
		done: there("Add profile"),
	},
	"Dismiss a problem": {
		scene: "chat-refused",
		keys: [["Dismiss", "{Enter}"]],
		then: nothing,
		done: gone("Dismiss"),
	},
	"Let the model read": {
		scene: "chat-empty",
		keys: [["Let the model read in this workspace", " "]],
		then: nothing,
		done: posted("allow-tools"),
	},
	"Back to the chat": { scene: "settings-flex", keys: [["Chat", "{Enter}"]], then: nothing, done: there("Message") },
	Save: {
		scene: "settings-changed-elsewhere",
		keys: [["Save", "{Enter}"]],
		then: () => port.say({ type: "saved", requestId: saveId()?.requestId ?? "" }),
		done: gone("Save"),
	},
	Discard: {
		scene: "settings-changed-elsewhere",
		keys: [["Discard", "{Enter}"]],
		then: nothing,
		done: gone("Discard"),
	},
	Reload: {
		scene: "settings-changed-elsewhere",
		keys: [["Reload", "{Enter}"]],
		then: nothing,
		done: gone("Reload"),
	},
	"Forget a refusal": {
		scene: "settings-tier-refused",
		keys: [["Forget the refusal of Flex", "{Enter}"]],
		then: () => port.say({ type: "refusals", refusals: [] }),
		done: gone("Forget the refusal of Flex"),
	},
	"Test the connection": {
		scene: "settings-flex",
		keys: [["Test connection (billed)", "{Enter}"]],
		then: () => port.say({ type: "connection-test", profileId: "aws-1", test: { kind: "running" } }),
		done: gone("Test connection (billed)"),
	},
	"Stop the test": {
		scene: "test-running",
		keys: [["Stop the test", "{Enter}"]],
		then: () => port.say({ type: "connection-test", profileId: "aws-1", test: { kind: "stopped" } }),
		done: gone("Stop the test"),
	},
	"Replace a key": {
		scene: "settings-key-stored",
		keys: [["Replace", "{Enter}"]],
		then: nothing,
		done: gone("Replace"),
	},
	"Remove a key": {
		scene: "settings-key-stored",
		keys: [["Remove", "{Enter}"]],
		then: nothing,
		done: gone("Remove"),
	},
	"Add and remove a price": {
		scene: "prices-open",
		keys: [
			["Add a price", "{Enter}"],
			["Remove", "{Enter}"],
		],
		then: nothing,
		done: gone("Remove"),
	},
	"Refresh prices": {
		scene: "prices-open",
		keys: [["Refresh prices", "{Enter}"]],
		then: () => stored({ refreshing: true }),
		done: gone("Refresh prices"),
	},
	"Use the built-in prices": {
		scene: "prices-refreshed",
		keys: [["Use built-in prices", "{Enter}"]],
		then: () => stored({ refreshedPrices: null }),
		done: gone("Use built-in prices"),
	},
	"Leave an import": {
		scene: "import-found",
		keys: [["Cancel", "{Enter}"]],
		then: () => stored(),
		done: gone("Cancel"),
	},
	Import: {
		scene: "import-found",
		keys: [["Add 2 profiles", "{Enter}"]],
		then: () =>
			stored({ profiles: [profile(), profile({}, { id: "aws-2", name: "team" })], activeProfileId: "aws-2" }),
		done: gone("Add 2 profiles"),
	},
	"Delete a profile": {
		scene: "profiles-delete",
		keys: [["Yes, delete it", "{Enter}"]],
		then: () => {
			const deleted = port.posted.findLast((message) => message.type === "delete-profile")
			port.say({ type: "done", requestId: (deleted as { requestId: string }).requestId })
			stored({ profiles: [profile({}, { id: "aws-2", name: "Work" })], activeProfileId: "aws-2" })
		},
		done: gone("Yes, delete it"),
	},
	"Leave a profile's form": {
		scene: "profiles-duplicate",
		keys: [["Cancel", "{Escape}"]],
		then: nothing,
		done: gone("Cancel"),
	},
	"Delete a chat": {
		scene: "history-damaged",
		keys: [["Delete: The sea", "{Enter}"]],
		then: () =>
			port.say({ type: "history", chats: [historyEntry(0)], damaged: 0, folder: "/chats", openChatId: "" }),
		done: gone("Delete: The sea"),
	},
	"Delete the last chat": {
		scene: "history-damaged",
		keys: [["Delete: The land", "{Enter}"]],
		then: () => port.say({ type: "history", chats: [], damaged: 0, folder: "/chats", openChatId: "" }),
		done: gone("Delete: The land"),
	},
	"Stop searching": {
		scene: "history-searching",
		keys: [["Stop searching", "{Enter}"]],
		then: () =>
			port.say({
				type: "history-found",
				searchId: "search-1",
				hits: [],
				searched: 1,
				total: 3,
				status: "cancelled",
			}),
		done: gone("Stop searching"),
	},
	"A chat is opened": {
		scene: "history-found",
		keys: [["New chat", "{Enter}"]],
		then: () => stored({ chat: { ...viewState().chat, id: "chat-2", messages: [question] } }),
		done: there("Message"),
	},
}

describe("The focus stays somewhere that Tab goes on from, after", () => {
	test.each(Object.entries(ACTIONS))("%s", async (_name, { scene, keys, then, done }) => {
		await show(scene)
		for (const [control, key] of keys) {
			await reach(control)
			await userEvent.keyboard(key)
			await settled()
		}
		then()
		await expect.poll(done).toBe(true)
		await expect.poll(() => document.getElementById("view")?.contains(document.activeElement)).toBe(true)
		const { activeElement } = document
		expect(activeElement?.checkVisibility()).toBe(true)
		expect(activeElement?.matches(":disabled, [disabled]")).toBe(false)
	})
})
