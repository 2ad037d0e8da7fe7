import { describe, expect, test } from "vitest"
import { fakePort } from "../testing/fake-port"
import { answer, profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import storedState from "../testing/a3595b6/state.json"
import { createTransport } from "../transport"
import { NO_STATIC_KEYS } from "./secret-edit"
import { createViewStore } from "./view-store"

/** A store over a fake host, with frames that come when told to. */
function started(port = fakePort()) {
	const frames: (() => void)[] = []
	const store = createViewStore(createTransport(port), (callback) => frames.push(callback))
	let drawings = 0
	store.start()
	store.subscribe(() => drawings++)
	return { port, store, frame: () => frames.splice(0).forEach((draw) => draw()), drawings: () => drawings }
}

const streaming = answer({ text: "", status: "streaming", request: null })
const busyState = viewState({ chat: { ...viewState().chat, messages: [streaming], busy: true } })
const delta = (text: string) => ({ type: "delta", messageId: streaming.id, kind: "text", text }) as const

describe("The store", () => {
	test("says ready when it starts", () => {
		expect(started().port.posted).toEqual([{ type: "ready" }])
	})

	test("tells at once that what was sent is no draft any more", () => {
		const { port, store } = started()
		port.say({ type: "state", state: viewState() })
		store.typeMessage("Why?")
		expect(port.posted.at(-1)).toEqual({ type: "ready" })
		store.sendMessage()
		expect(port.posted.slice(1)).toMatchObject([
			{ type: "send", text: "Why?" },
			{ type: "keep-draft", draft: { text: "", attachments: [] } },
		])
	})

	test("draws many deltas once, in the next frame", () => {
		const { port, store, frame, drawings } = started()
		port.say({ type: "state", state: busyState })
		const before = drawings()
		for (let index = 0; index < 1_000; index++) port.say(delta("x"))
		expect(drawings()).toBe(before)
		frame()
		expect(drawings()).toBe(before + 1)
		expect(store.getState().streaming?.parts).toEqual([{ kind: "text", text: "x".repeat(1_000) }])
	})

	test("applies waiting deltas before what came after them", () => {
		const { port, store } = started()
		port.say({ type: "state", state: busyState })
		port.say(delta("so far"))
		port.say({ type: "show", view: "settings" })
		expect(store.getState().streaming?.parts).toEqual([{ kind: "text", text: "so far" }])
	})

	test("applies nothing of a message that does not fit, and names the field", () => {
		const { port, store } = started()
		port.say({ type: "state", state: viewState() })
		const host = store.getState().host
		port.sayRaw({ type: "state", state: { ...viewState(), activeProfileId: 7 } })
		expect(store.getState().host).toBe(host)
		expect(store.getState().problem).toMatchObject({ kind: "not-applied", field: "state.activeProfileId" })
	})

	test("refuses an unknown member of a message too", () => {
		const { port, store } = started()
		port.sayRaw({ type: "show", view: "chat", loud: true })
		expect(store.getState().problem).toMatchObject({ kind: "not-applied", field: "loud" })
	})

	test("posts no settings that do not fit, and names the field", () => {
		const { port, store } = started()
		port.say({ type: "state", state: viewState() })
		store.editSettings("aws-1", (draft) => ({ ...draft, edited: { ...draft.edited, region: "nowhere" } }))
		store.saveSettings("aws-1")
		expect(port.posted).toEqual([{ type: "ready" }])
		expect(store.getState().save).toMatchObject({ kind: "refused", field: "settings.region" })
	})

	test("has no draft for settings that were changed and changed back", () => {
		const { port, store } = started()
		port.say({ type: "state", state: viewState() })
		const choose = (serviceTier: "flex" | "default") =>
			store.editSettings("aws-1", (draft) => ({ ...draft, edited: { ...draft.edited, serviceTier } }))
		choose("flex")
		expect(store.getState().drafts).toHaveProperty("aws-1")
		choose("default")
		expect(store.getState().drafts).toEqual({})
	})
})

describe("What outlives the page", () => {
	test("the message that is being written and the settings that are being edited, without the secrets", () => {
		const first = started()
		first.port.say({ type: "state", state: viewState() })
		first.store.typeMessage("half a thought")
		first.store.editSettings("aws-1", (draft) => ({
			...draft,
			edited: { ...draft.edited, serviceTier: "flex" },
			apiKey: { kind: "replace", value: "secret-key" },
			staticKeys: { kind: "replace", value: { ...NO_STATIC_KEYS, secretAccessKey: "secret-key" } },
		}))
		expect(JSON.stringify(first.port.getState())).not.toContain("secret-key")

		const { store } = started(first.port)
		expect(store.getState().composerText).toBe("half a thought")
		expect(store.getState().drafts["aws-1"]).toEqual({
			base: profile().settings,
			edited: { ...profile().settings, serviceTier: "flex" },
			apiKey: { kind: "keep" },
			staticKeys: { kind: "keep" },
			unreadable: {},
		})
	})

	test("the state that commit a3595b6 stored: draft, attachments and edited settings", () => {
		const port = fakePort()
		port.setState(storedState)
		const { store } = started(port)
		const { composerText, attachments, editing, drafts } = store.getState()
		expect(composerText).toBe("Not yet")
		expect(attachments).toMatchObject([{ kind: "text", path: "a.ts" }])
		expect(editing).toMatchObject({ messageId: "q2", text: "And by night?", attachments: [{ kind: "image" }] })
		expect(drafts.p2?.base).toMatchObject({
			serviceTier: "priority",
			declaredModels: [{ modelId: "amazon.nova-pro-v1:0" }],
		})
		expect(drafts.p2?.edited).toMatchObject({ serviceTier: "flex", temperature: 0.5 })
	})

	test("is left out where it does not fit", () => {
		for (const stored of [null, 7, "x", { composerText: 7, settings: [null, { profileId: "aws-1" }, 3] }]) {
			const port = fakePort()
			port.setState(stored)
			expect(started(port).store.getState()).toMatchObject({ composerText: "", drafts: {} })
		}
	})
})
