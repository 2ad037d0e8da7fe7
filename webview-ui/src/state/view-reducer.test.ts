import { textDetail } from "@bedrock-tiers/error-details"
import { describe, expect, test } from "vitest"
import { answer, profile, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { newDraft } from "./settings-draft"
import { applyMessage } from "./view-reducer"
import { INITIAL_STATE, type WebviewState } from "./webview-state"

const streaming = answer({ text: "Be", status: "streaming", request: null })
const withChat = (messages: ReturnType<typeof viewState>["chat"]["messages"]) =>
	applyMessage(INITIAL_STATE, {
		type: "state",
		state: viewState({ chat: { ...viewState().chat, messages, busy: true } }),
	})
const delta = (text: string, messageId = streaming.id, kind: "text" | "reasoning" = "text") =>
	({ type: "delta", messageId, kind, text }) as const

describe("A streaming answer", () => {
	test("appends deltas to the text in the host's state", () => {
		const state = [delta("cause "), delta("of", streaming.id, "reasoning"), delta("it")].reduce(
			applyMessage,
			withChat([streaming]),
		)
		expect(state.streaming).toEqual({
			messageId: streaming.id,
			parts: [
				{ kind: "text", text: "Because " },
				{ kind: "reasoning", text: "of", signature: null },
				{ kind: "text", text: "it" },
			],
		})
	})

	test("takes a part at its index: a tool call after text, and then its result", () => {
		const call = { kind: "tool-call", callId: "c", name: "read_file", input: "{}", result: null } as const
		const part = (result: { ok: boolean; text: string } | null) =>
			({ type: "part", messageId: streaming.id, index: 1, part: { ...call, result } }) as const
		const called = [delta("cause"), part(null)].reduce(applyMessage, withChat([streaming]))
		expect(called.streaming?.parts).toEqual([{ kind: "text", text: "Because" }, call])
		const result = { ok: true, text: "1| a" }
		const done = applyMessage(called, part(result))
		expect(done.streaming?.parts).toEqual([
			{ kind: "text", text: "Because" },
			{ ...call, result },
		])
		expect(done.host).toBe(called.host)
	})

	test("grows without a change to the host's state", () => {
		const before = withChat([streaming])
		expect(applyMessage(before, delta("cause")).host).toBe(before.host)
	})

	test("keeps its deltas when another part of the host's state changes", () => {
		const before = applyMessage(withChat([streaming]), delta("cause"))
		const changes = { refreshing: true, chat: { toolsAllowed: true } }
		const state = applyMessage(before, { type: "state-changed", changes })
		expect(state.streaming).toBe(before.streaming)
		expect(state.host).toMatchObject({ refreshing: true, chat: { toolsAllowed: true, messages: [streaming] } })
	})

	test("ignores deltas of another answer and deltas after its end", () => {
		const before = withChat([streaming])
		expect(applyMessage(before, delta("x", "other"))).toBe(before)
		const done = applyMessage(before, { type: "message", message: answer(), busy: false, usage: usage(0.0012) })
		expect(applyMessage(done, delta("x"))).toBe(done)
	})

	test("is replaced by its final message, with `usage` and `busy` of the host", () => {
		const final = { type: "message", message: answer(), busy: false, usage: usage(0.0012) } as const
		const state = applyMessage(withChat([streaming]), final)
		expect(state.streaming).toBeNull()
		expect(state.host?.chat).toMatchObject({ messages: [answer()], busy: false, usage: usage(0.0012) })
	})
})

test("A new message is appended to the chat", () => {
	const question = { role: "user", id: "question-2", text: "And at sunset?" } as const
	const state = applyMessage(withChat([answer()]), {
		type: "message",
		message: question,
		busy: true,
		usage: usage(0.0012),
	})
	expect(state.host?.chat.messages).toEqual([answer(), question])
})

describe("A save", () => {
	const stored = profile().settings
	const edited = { ...stored, serviceTier: "flex" } as const
	const draft = { ...newDraft(stored), edited }
	const saving: WebviewState = {
		...withChat([]),
		drafts: { "aws-1": draft },
		save: {
			kind: "saving",
			requestId: "save-1",
			profileId: "aws-1",
			draft,
		},
	}

	test("makes the draft the stored settings when the host confirms it", () => {
		const state = applyMessage(saving, { type: "saved", requestId: "save-1" })
		expect(state.host?.profiles[0]?.settings.serviceTier).toBe("flex")
		expect(state.drafts).toEqual({})
		expect(state.save).toEqual({ kind: "saved", profileId: "aws-1" })
	})

	test("keeps edits that were made after it was posted", () => {
		const later = { ...draft, edited: { ...edited, region: "eu-west-1" } }
		const state = applyMessage({ ...saving, drafts: { "aws-1": later } }, { type: "saved", requestId: "save-1" })
		expect(state.drafts["aws-1"]).toEqual({ ...newDraft(edited), edited: later.edited })
	})

	test("keeps the draft and the host's settings when it is refused, and names the field", () => {
		const refused = {
			type: "refused",
			requestId: "save-1",
			field: "settings.region",
			details: [textDetail("is closed")],
		} as const
		const state = applyMessage(saving, refused)
		expect(state.save).toEqual({
			kind: "refused",
			profileId: "aws-1",
			field: "settings.region",
			details: [textDetail("is closed")],
		})
		expect(state.drafts).toBe(saving.drafts)
		expect(state.host).toBe(saving.host)
	})

	test("ignores the confirmation of another save", () => {
		expect(applyMessage(saving, { type: "saved", requestId: "save-0" })).toBe(saving)
	})
})

test("A restored draft that equals the host's settings is dropped, so that a later change elsewhere is not undone", () => {
	const { id, settings } = profile({ serviceTier: "flex" })
	const state = (part: Parameters<typeof profile>[0]) =>
		({ type: "state", state: viewState({ profiles: [profile(part)] }) }) as const
	const restored = { ...INITIAL_STATE, drafts: { [id]: newDraft(settings) } }
	const opened = applyMessage(restored, state({ serviceTier: "flex" }))
	expect(opened.drafts).toEqual({})
	const edited = {
		...INITIAL_STATE,
		drafts: { [id]: { ...newDraft(settings), edited: { ...settings, region: "eu-west-1" } } },
	}
	expect(applyMessage(edited, state({ serviceTier: "flex" })).drafts).toEqual(edited.drafts)
})
