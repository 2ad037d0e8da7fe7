import { describe, expect, test } from "vitest"
import { fakePort } from "../testing/fake-port"
import { answer, profile, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import storedState from "../testing/a3595b6/state.json"
import { createTransport } from "../transport"
import { NO_STATIC_KEYS } from "./secret-edit"
import { createViewStore } from "./view-store"

/** Starts a store with a fake host. Its frames are drawn when the test calls `frame`. */
function startStore(port = fakePort()) {
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

describe("The view store", () => {
	test("posts `ready` when it starts", () => {
		expect(startStore().port.posted).toEqual([{ type: "ready" }])
	})

	test("posts an empty draft at once when a message is sent", () => {
		const { port, store } = startStore()
		port.say({ type: "state", state: viewState() })
		store.typeMessage("Why?")
		expect(port.posted.at(-1)).toEqual({ type: "ready" })
		store.sendMessage()
		expect(port.posted.slice(1)).toMatchObject([
			{ type: "send", text: "Why?" },
			{ type: "keep-draft", draft: { text: "", attachments: [] } },
		])
	})

	test("applies many deltas in one update, in the next frame", () => {
		const { port, store, frame, drawings } = startStore()
		port.say({ type: "state", state: busyState })
		const before = drawings()
		for (let index = 0; index < 1_000; index++) port.say(delta("x"))
		expect(drawings()).toBe(before)
		frame()
		expect(drawings()).toBe(before + 1)
		expect(store.getState().streaming?.parts).toEqual([{ kind: "text", text: "x".repeat(1_000) }])
	})

	test("applies waiting deltas before a later message", () => {
		const { port, store } = startStore()
		port.say({ type: "state", state: busyState })
		port.say(delta("so far"))
		port.say({ type: "show", view: "settings" })
		expect(store.getState().streaming?.parts).toEqual([{ kind: "text", text: "so far" }])
	})

	test("ignores an invalid message and names the invalid field", () => {
		const { port, store } = startStore()
		port.say({ type: "state", state: viewState() })
		const host = store.getState().host
		port.sayRaw({ type: "state", state: { ...viewState(), activeProfileId: 7 } })
		expect(store.getState().host).toBe(host)
		expect(store.getState().problem).toMatchObject({ kind: "not-applied", field: "state.activeProfileId" })
	})

	test("rejects a message with an unknown member", () => {
		const { port, store } = startStore()
		port.sayRaw({ type: "show", view: "chat", loud: true })
		expect(store.getState().problem).toMatchObject({ kind: "not-applied", field: "loud" })
	})

	test("does not post invalid settings and names the invalid field", () => {
		const { port, store } = startStore()
		port.say({ type: "state", state: viewState() })
		store.editSettings("aws-1", (draft) => ({ ...draft, edited: { ...draft.edited, region: "nowhere" } }))
		store.saveSettings("aws-1")
		expect(port.posted).toEqual([{ type: "ready" }])
		expect(store.getState().save).toMatchObject({ kind: "refused", field: "settings.region" })
	})

	test("has no draft for settings whose change was reverted", () => {
		const { port, store } = startStore()
		port.say({ type: "state", state: viewState() })
		const choose = (serviceTier: "flex" | "default") =>
			store.editSettings("aws-1", (draft) => ({ ...draft, edited: { ...draft.edited, serviceTier } }))
		choose("flex")
		expect(store.getState().drafts).toHaveProperty("aws-1")
		choose("default")
		expect(store.getState().drafts).toEqual({})
	})
})

describe("The stored webview state", () => {
	test("restores the composer text and the edited settings, without the secrets", () => {
		const first = startStore()
		first.port.say({ type: "state", state: viewState() })
		first.store.typeMessage("half a thought")
		first.store.editSettings("aws-1", (draft) => ({
			...draft,
			edited: { ...draft.edited, serviceTier: "flex" },
			apiKey: { kind: "replace", value: "secret-key" },
			staticKeys: { kind: "replace", value: { ...NO_STATIC_KEYS, secretAccessKey: "secret-key" } },
		}))
		expect(JSON.stringify(first.port.getState())).not.toContain("secret-key")

		const { store } = startStore(first.port)
		expect(store.getState().composerText).toBe("half a thought")
		expect(store.getState().drafts["aws-1"]).toEqual({
			base: profile().settings,
			edited: { ...profile().settings, serviceTier: "flex" },
			apiKey: { kind: "keep" },
			staticKeys: { kind: "keep" },
			unreadable: {},
		})
	})

	test("restores the draft, attachments and edited settings that commit a3595b6 stored", () => {
		const port = fakePort()
		port.setState(storedState)
		const { store } = startStore(port)
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

	test("is ignored where it is invalid", () => {
		for (const stored of [null, 7, "x", { composerText: 7, settings: [null, { profileId: "aws-1" }, 3] }]) {
			const port = fakePort()
			port.setState(stored)
			expect(startStore(port).store.getState()).toMatchObject({ composerText: "", drafts: {} })
		}
	})
})
