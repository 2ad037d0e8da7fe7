import type { ChatMessage, ProfileSettings, TaskUsage, ToWebview, ViewState } from "@bedrock-tiers/protocol"
import type { Section } from "../state/webview-state"
import type { ViewStore } from "../state/view-store"
import type { FakePort } from "../testing/fake-port"
import { chatView, profile, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { nextFrames, openDetails, settled } from "../testing/settled"

/** What the host says, and what the person does, before the picture. What it returns is done on the page when that is drawn. */
export type Scene = (port: FakePort, store: ViewStore) => void | (() => void | Promise<void>)
export type Scenes = Readonly<Record<string, Scene>>

export const GPT = "openai.gpt-oss-120b-1:0"
export const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0"

/** Without a place to break, and too long for a narrow view. */
export const LONG_WORD =
	"arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6g7h8i9j0k1l2m3n4"
export const LONG_NAME = "The account of the whole department for evaluation, shared with two other teams until spring"

/** A page over what the host knows. */
export const showing =
	(view: "chat" | "settings" | "history", host: Partial<ViewState> = {}, then: Scene = () => {}): Scene =>
	(port, store) => {
		port.say({ type: "state", state: viewState(host) })
		port.say({ type: "show", view })
		return then(port, store)
	}

/** The settings of one profile. */
export const settings = (part: Partial<ProfileSettings>, then: Scene = () => {}): Scene =>
	showing("settings", { profiles: [profile(part)] }, then)

/** The same with sections unfolded. */
export const unfolded = (sections: readonly Section[], part: Partial<ProfileSettings>, then: Scene = () => {}): Scene =>
	settings(part, opening(sections, then))

export const opening =
	(sections: readonly Section[], then: Scene = () => {}): Scene =>
	(port, store) => {
		for (const section of sections) store.openSection(section, true)
		const and = then(port, store)
		return async () => {
			await and?.()
			await scrolledTo(".section[open]")()
		}
	}

/** For what stands below the fold. */
export const scrolledTo = (selector: string) => async () => {
	document.querySelector(selector)?.scrollIntoView()
	await nextFrames()
}

export const edit = (store: ViewStore, part: Partial<ProfileSettings>) =>
	store.editSettings("aws-1", (draft) => ({ ...draft, edited: { ...draft.edited, ...part } }))

export const question = {
	role: "user",
	id: "question-1",
	text: "Why is the sky blue?\nIn one paragraph, please.",
} as const

/** A chat of a profile that asks for Flex. */
export function chat(messages: readonly ChatMessage[], used: Partial<TaskUsage> = {}): ToWebview {
	const view = chatView({
		title: "Why is the sky blue?",
		messages: [...messages],
		usage: { ...mixedUsage(), ...used },
	})
	return { type: "state", state: viewState({ profiles: [profile({ serviceTier: "flex" })], chat: view }) }
}

/** Three requests on two tiers, with something from the cache. */
export function mixedUsage(): TaskUsage {
	const { total } = usage(0.0036)
	return {
		...usage(0.0036),
		total: {
			...total,
			requests: 3,
			tokens: { inputTokens: 12_480, outputTokens: 3_211, cacheReadTokens: 104_000, cacheWriteTokens: 2_048 },
		},
		byTier: [
			{ tier: "flex", totals: { ...total, knownUsd: 0.0012 } },
			{ tier: "default", totals: { ...total, knownUsd: 0.0024 } },
		],
		contextTokens: 41_234,
	}
}

/** Unfolds what is folded on the page, of what fits the selector, and what that brings. */
export const unfold = (selector: string) => async () => {
	for (const details of document.querySelectorAll<HTMLDetailsElement>(`${selector} details, details${selector}`))
		await openDetails(details)
	await settled()
}
