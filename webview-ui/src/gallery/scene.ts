import type { ChatMessage, ProfileSettings, TaskUsage, ToWebview, ViewState } from "@bedrock-tiers/protocol"
import type { Section } from "../state/webview-state"
import type { ViewStore } from "../state/view-store"
import type { FakePort } from "../testing/fake-port"
import { chatView, profile, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { nextFrames, openDetails, settled } from "../testing/settled"

/** Host messages and user actions before the screenshot. The returned function runs after the page has been drawn. */
export type Scene = (port: FakePort, store: ViewStore) => void | (() => void | Promise<void>)
export type Scenes = Readonly<Record<string, Scene>>

export const GPT = "openai.gpt-oss-120b-1:0"
export const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0"

/** Has no break opportunity and is too long for a narrow view. */
export const LONG_WORD =
	"arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6g7h8i9j0k1l2m3n4"
export const LONG_NAME = "The account of the whole department for evaluation, shared with two other teams until spring"

/** A page with the given state of the host. */
export const pageScene =
	(view: "chat" | "settings" | "history", host: Partial<ViewState> = {}, next: Scene = () => {}): Scene =>
	(port, store) => {
		port.say({ type: "state", state: viewState(host) })
		port.say({ type: "show", view })
		return next(port, store)
	}

/** The settings page of one profile. */
export const settings = (part: Partial<ProfileSettings>, next: Scene = () => {}): Scene =>
	pageScene("settings", { profiles: [profile(part)] }, next)

/** The settings page of one profile with sections expanded. */
export const settingsWithSections = (
	sections: readonly Section[],
	part: Partial<ProfileSettings>,
	next: Scene = () => {},
): Scene => settings(part, withOpenSections(sections, next))

export const withOpenSections =
	(sections: readonly Section[], next: Scene = () => {}): Scene =>
	(port, store) => {
		for (const section of sections) store.openSection(section, true)
		const afterDrawing = next(port, store)
		return async () => {
			await afterDrawing?.()
			await scrollToElement(".section[open]")()
		}
	}

/** Scrolls to an element below the visible part of the page. */
export const scrollToElement = (selector: string) => async () => {
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

/** A chat of a profile whose service tier is Flex. */
export function chat(messages: readonly ChatMessage[], used: Partial<TaskUsage> = {}): ToWebview {
	const view = chatView({
		title: "Why is the sky blue?",
		messages: [...messages],
		usage: { ...mixedUsage(), ...used },
	})
	return { type: "state", state: viewState({ profiles: [profile({ serviceTier: "flex" })], chat: view }) }
}

/** Usage of three requests on two tiers, with tokens read from and written to the cache. */
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

/** Expands the `<details>` elements that match the selector or are in a match, and waits for their content. */
export const expandDetails = (selector: string) => async () => {
	for (const details of document.querySelectorAll<HTMLDetailsElement>(`${selector} details, details${selector}`))
		await openDetails(details)
	await settled()
}
