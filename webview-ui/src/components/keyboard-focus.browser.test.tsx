import { describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { controls, keyboardUser, nameOf, reach, view } from "../testing/keyboard-user"
import { settled } from "../testing/settled"
import { answer, historyEntry, profile, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

/** No action by keyboard loses the focus. */

const user = keyboardUser()

const question = { role: "user", id: "question-1", text: "Why?" } as const
const sendAnswer = () => user.port().say({ type: "message", message: answer(), busy: false, usage: usage(0.0012) })
const startAnswer = (id = answer().id) => {
	const message = answer({ id, text: "", status: "streaming", request: null })
	user.port().say({ type: "message", message, busy: true, usage: usage(0.0012) })
}
const sendState = (part: Parameters<typeof viewState>[0] = {}) =>
	user.port().say({ type: "state", state: viewState(part) })
const saveId = () =>
	user.port().posted.findLast(({ type }) => type === "save-settings") as { requestId: string } | undefined
const posted = (type: string) => () => user.port().posted.some((message) => message.type === type)
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

const isAbsent = (control: string) => () => !controls().some((element) => nameOf(element) === control)
const isPresent = (control: string) => () => controls().some((element) => nameOf(element) === control)

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
		hostReply: () => startAnswer("answer-2"),
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
		hostReply: () => startAnswer(),
		isDone: isAbsent("Try on Standard"),
	},
	// The first action that shows the settings page, which is therefore not loaded yet.
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
		hostReply: () => user.port().say({ type: "saved", requestId: saveId()?.requestId ?? "" }),
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
		hostReply: () => user.port().say({ type: "refusals", refusals: [] }),
		isDone: isAbsent("Forget the refusal of Flex"),
	},
	"Test the connection": {
		scene: "settings-flex",
		keys: [["Test connection (billed)", "{Enter}"]],
		hostReply: () => user.port().say({ type: "connection-test", profileId: "aws-1", test: { kind: "running" } }),
		isDone: isAbsent("Test connection (billed)"),
	},
	"Stop the test": {
		scene: "test-running",
		keys: [["Stop the test", "{Enter}"]],
		hostReply: () => user.port().say({ type: "connection-test", profileId: "aws-1", test: { kind: "stopped" } }),
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
			const deleted = user.port().posted.findLast((message) => message.type === "delete-profile")
			user.port().say({ type: "done", requestId: (deleted as { requestId: string }).requestId })
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
			user
				.port()
				.say({ type: "history", chats: [historyEntry(0)], damaged: 0, folder: "/chats", openChatId: "" }),
		isDone: isAbsent("Delete: The sea"),
	},
	"Delete the last chat": {
		scene: "history-damaged",
		keys: [["Delete: The land", "{Enter}"]],
		hostReply: () => user.port().say({ type: "history", chats: [], damaged: 0, folder: "/chats", openChatId: "" }),
		isDone: isAbsent("Delete: The land"),
	},
	"Stop searching": {
		scene: "history-searching",
		keys: [["Stop searching", "{Enter}"]],
		hostReply: () =>
			user.port().say({
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
			await user.show(scene)
			for (const [control, key] of keys) {
				await reach(control)
				await userEvent.keyboard(key)
				await settled()
			}
			hostReply()
			await expect.poll(isDone).toBe(true)
			await expect.poll(() => view()?.contains(document.activeElement)).toBe(true)
			const { activeElement } = document
			expect(activeElement?.checkVisibility()).toBe(true)
			expect(activeElement?.matches(":disabled, [disabled]")).toBe(false)
		},
	)
})
