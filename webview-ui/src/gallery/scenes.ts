import type {
	AnswerPart,
	ChatEntry,
	ChatMessage,
	ConnectionTest,
	ImportPreview,
	ProfileSettings,
	TaskUsage,
	ToolResult,
	ToWebview,
	ViewState,
} from "@bedrock-tiers/protocol"
import { addOwnPrice } from "../state/own-price-edits"
import { withUnreadable } from "../state/settings-draft"
import type { Section } from "../state/view-reducer"
import type { ViewStore } from "../state/view-store"
import type { FakePort } from "../testing/fake-port"
import {
	answer,
	chatView,
	failedAttempt,
	importPreview,
	historyEntry,
	IMPORTED_MODEL,
	ownPrice,
	profile,
	refreshedPrices,
	refusal,
	request,
	usage,
	viewState,
} from "../testing/samples"
import { ATTACHMENT_SCENES } from "./attachment-scenes"
import { SPEED_SCENES } from "./speed-scenes"

const GPT = "openai.gpt-oss-120b-1:0"
const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0"

/** What the host says, and what the person does, before the picture. */
export type Scene = (port: FakePort, store: ViewStore) => void

const settings =
	(part: Partial<ProfileSettings>, then: Scene = () => {}): Scene =>
	(port, store) => {
		port.say({ type: "state", state: viewState({ profiles: [profile(part)] }) })
		port.say({ type: "show", view: "settings" })
		then(port, store)
	}

const edit = (store: ViewStore, part: Partial<ProfileSettings>) =>
	store.editSettings("aws-1", (draft) => ({ ...draft, edited: { ...draft.edited, ...part } }))

/** The settings with sections unfolded. */
const unfolded = (sections: readonly Section[], part: Partial<ProfileSettings>, then: Scene = () => {}): Scene =>
	settings(part, (port, store) => {
		for (const section of sections) store.openSection(section, true)
		then(port, store)
	})

/** The settings with the prices unfolded. */
const prices = (part: Partial<ProfileSettings>, host: Partial<ViewState> = {}, then: Scene = () => {}): Scene => {
	return (port, store) => {
		port.say({ type: "state", state: viewState({ profiles: [profile(part)], ...host }) })
		port.say({ type: "show", view: "settings" })
		store.openSection("prices", true)
		then(port, store)
	}
}

/** Two profiles, of which something is about to be done to one. */
const profiles =
	(then: (store: ViewStore) => void): Scene =>
	(port, store) => {
		const work = profile({}, { id: "aws-2", name: "Work" })
		port.say({ type: "state", state: viewState({ profiles: [profile(), work] }) })
		port.say({ type: "show", view: "settings" })
		then(store)
		const requestId = store.getState().profileEdit?.requestId
		if (requestId == null) return
		const message = "There is a profile “Work” already."
		port.say({ type: "refused", requestId, field: "name", message })
	}

const importing =
	(part: Partial<ImportPreview>): Scene =>
	(port) => {
		port.say({ type: "state", state: viewState({ importPreview: importPreview(part) }) })
		port.say({ type: "show", view: "settings" })
	}

/** The list of models, searched: what a person does, since only the field itself knows of it. */
const picking = (query: string, part: Partial<ProfileSettings> = {}): Scene =>
	settings(part, () =>
		setTimeout(() => {
			const field = document.querySelector<HTMLInputElement>(".combobox input")
			field?.focus()
			field?.click()
			setTimeout(() => query !== "" && document.execCommand("insertText", false, query), 50)
		}, 100),
	)

const testing = (test: ConnectionTest): Scene =>
	settings({}, (port) => port.say({ type: "connection-test", profileId: "aws-1", test }))

const question = { role: "user", id: "question-1", text: "Why is the sky blue?\nIn one paragraph, please." } as const

const longText =
	"The sky is blue because air scatters short waves of light more than long ones.\n\nBlue light is scattered about five times as much as red light, so it reaches the eye from every direction.\n\n    const ratio = (650 / 440) ** 4 // 4.76"

const MARKDOWN = `# Tiers

The **same** model at *three* speeds, as \`serviceTier\`:

| tier | USD per million | promise |
|:--|--:|:--|
| Flex | 0.075 | half the price, may wait |
| Priority | 0.2625 | served first, and rather more words than fit beside the others in a narrow view |

1. Choose one
   - for this chat
   - or for the profile
2. Send

- [x] asked
- [ ] served

> A quote, with a [link](https://aws.amazon.com/bedrock/) and <b>markup</b> that is text.

\`\`\`ts
const request = { modelId: "openai.gpt-oss-120b-1:0", serviceTier: { type: "flex" }, messages: [] }
\`\`\`

![A plot](https://example.com/plot.png)`

const mixedUsage = () => {
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

const served = request({ servedTier: "default", billedTier: "default", totalUsd: 0.0024, knownUsd: 0.0024 })
const discounted = request({
	lines: [
		{ kind: "input", tokens: 4_000, usdPerMTok: 0.0675, usd: 0.00027 },
		{ kind: "output", tokens: 3_000, usdPerMTok: 0.27, usd: 0.00081 },
	],
	totalUsd: 0.00108,
	knownUsd: 0.00108,
	discountPercent: 10,
})
const knownRefusal = request({
	servedTier: "default",
	billedTier: "default",
	notSentReason: "tier-refused",
	totalUsd: 0.0024,
	knownUsd: 0.0024,
})
const ownPriced = request({
	modelId: IMPORTED_MODEL,
	baseModelId: null,
	card: { origin: "own", source: "", checkedOn: "2026-11-22" },
})
const reason = (unpricedReason: "tier-not-priced" | "cache-write-price-unknown", knownUsd: number) =>
	request({ totalUsd: null, knownUsd, unpricedReason })

export const SCENES: Record<string, Scene> = {
	...ATTACHMENT_SCENES,
	"settings-flex": settings({ serviceTier: "flex" }),
	"settings-nova-computed": settings({
		modelId: "amazon.nova-2-lite-v1:0",
		serviceTier: "priority",
		region: "eu-west-1",
	}),
	"settings-claude": settings({ modelId: "anthropic.claude-sonnet-4-6", serviceTier: "flex" }),
	"settings-elsewhere": settings({ modelId: "moonshotai.kimi-k3" }),
	"settings-tier-refused": (port) => {
		const profiles = [profile({ serviceTier: "flex" })]
		port.say({ type: "state", state: viewState({ profiles, refusals: [refusal()] }) })
		port.say({ type: "show", view: "settings" })
	},
	"settings-tiers-refused": (port) => {
		const profiles = [profile({ serviceTier: "flex", whenTierCannotServe: "standard" })]
		port.say({
			type: "state",
			state: viewState({ profiles, refusals: [refusal(), refusal({}, { tier: "priority" })] }),
		})
		port.say({ type: "show", view: "settings" })
	},
	"settings-contested": settings({ modelId: "deepseek.v3-v1:0", serviceTier: "flex", region: "us-west-2" }),
	"settings-unknown-model": settings({ modelId: "acme.brand-new-v1:0", serviceTier: "flex" }),
	"settings-retired": settings({ modelId: "amazon.nova-premier-v1:0" }),
	"settings-no-route": settings({ modelId: "amazon.nova-2-lite-v1:0", region: "ap-south-1" }),
	"settings-refused": settings({}, (port, store) => {
		edit(store, { credentials: { method: "profile", profile: "" }, endpoint: "http://far.example" })
		store.saveSettings("aws-1")
		void port
	}),
	"settings-changed-elsewhere": settings({}, (port, store) => {
		edit(store, { serviceTier: "flex" })
		port.say({ type: "state", state: viewState({ profiles: [profile({ region: "eu-west-1" })] }) })
	}),
	"settings-key-stored": (port) => {
		const profiles = [
			profile({ credentials: { method: "api-key" } }),
			profile({}, { id: "demo", name: "Demo (local emulator)", kind: "demo" }),
		]
		port.say({ type: "state", state: viewState({ profiles, apiKeySetFor: ["aws-1"] }) })
		port.say({ type: "show", view: "settings" })
	},
	"settings-demo": (port) => {
		const profiles = [profile(), profile({}, { id: "demo", name: "Demo (local emulator)", kind: "demo" })]
		port.say({ type: "state", state: viewState({ profiles, activeProfileId: "demo" }) })
		port.say({ type: "show", view: "settings" })
	},
	"profiles-rename": profiles((store) => {
		store.startProfileEdit("rename", "aws-1", "Work")
		store.confirmProfileEdit()
	}),
	"profiles-duplicate": profiles((store) => {
		edit(store, { serviceTier: "flex" })
		store.startProfileEdit("duplicate", "aws-1", "My account copy")
	}),
	"profiles-delete": profiles((store) => store.startProfileEdit("delete", "aws-1", "")),
	"import-found": importing({}),
	"import-nothing": importing({ profiles: [] }),
	"import-refused": settings({}, (port) =>
		port.say({
			type: "refused",
			requestId: null,
			field: "",
			message: "This file is not JSON, so it holds no settings of Roo Code.",
		}),
	),
	"export-done": unfolded(["transfer"], {}, (port) =>
		port.say({
			type: "exported",
			report: {
				file: "/home/me/roo-code-settings.json",
				profiles: [
					{ name: "My account", notes: ["Roo Code has no setting for a negotiated discount."] },
					{ name: "Work", notes: [] },
				],
			},
		}),
	),
	"model-list": picking("", { region: "us-east-1" }),
	"model-search": picking("claude 4"),
	"model-far": picking("nova", { region: "ap-south-1" }),
	"model-none": picking("no such model"),
	"tier-priority-first": settings({}, (_port, store) => edit(store, { serviceTier: "priority" })),
	"tier-last-task": (port) => {
		const messages = [
			answer({ id: "a", request: request({ id: "a" }) }),
			answer({ id: "b", request: request({ id: "b", usage: null, totalUsd: null, knownUsd: 0 }) }),
		]
		const usageSoFar = { ...usage(0.0012, 1), background: { ...usage(0.0001).total, knownUsd: 0.0001 } }
		port.say({ type: "state", state: viewState({ chat: chatView({ messages, usage: usageSoFar }) }) })
		port.say({ type: "show", view: "settings" })
	},
	"test-running": testing({ kind: "running" }),
	"test-answered": testing({ kind: "answered", request: request({ totalUsd: 0.0000054, knownUsd: 0.0000054 }) }),
	"test-failed": testing({
		kind: "failed",
		askedTier: "flex",
		error: {
			code: "access-denied",
			message:
				"AWS denied access: User arn:aws:iam::123456789012:user/me is not authorized to perform bedrock:InvokeModel.",
		},
	}),
	"settings-discount": settings({ discountPercent: 12.5, serviceTier: "flex" }),
	"prices-open": prices({}),
	"prices-own": prices({
		modelId: IMPORTED_MODEL,
		discountPercent: 10,
		ownPrices: [ownPrice(), ownPrice({ tier: "priority", inputUsdPerMTok: 2, outputUsdPerMTok: null })],
	}),
	"prices-own-over-list": prices({ discountPercent: 10, ownPrices: [ownPrice({ modelId: GPT, tier: "flex" })] }),
	"prices-refreshed": prices({}, { refreshedPrices: refreshedPrices() }),
	"prices-refreshing": prices({}, { refreshing: true }, (_port, store) => edit(store, { region: "eu-west-1" })),
	"prices-wrong": prices({}, {}, (_port, store) => {
		store.editSettings("aws-1", (draft) =>
			withUnreadable(addOwnPrice(draft, "2026-11-22"), "settings.discountPercent", "10 %"),
		)
	}),
	"answer-open": unfolded(["answer"], {
		modelId: SONNET_4_5,
		reasoning: "high",
		promptCaching: "1h",
		maxTokens: 20_000,
		idleLimitMinutes: 10,
	}),
	"answer-kept": unfolded(["answer"], {
		modelId: "amazon.nova-2-lite-v1:0",
		reasoning: "high",
		thinkingBudgetTokens: 4_096,
		promptCaching: "1h",
		maxTokens: 20_000,
		temperature: 0.3,
	}),
	"answer-unknown-model": unfolded(["answer"], { modelId: "acme.brand-new-v1:0", reasoning: "low" }),
	"answer-wrong": unfolded(
		["answer"],
		{ modelId: SONNET_4_5, reasoning: "low", maxTokens: 2_000, thinkingBudgetTokens: 2_000 },
		(_port, store) =>
			store.editSettings("aws-1", (draft) => withUnreadable(draft, "settings.idleLimitMinutes", "an hour")),
	),
	"background-open": unfolded(["background"], {
		serviceTier: "priority",
		backgroundTier: "flex",
		chatTitles: "written",
	}),
	"background-standard-only": unfolded(["answer", "background"], {
		modelId: "anthropic.claude-opus-4-7",
		backgroundTier: "flex",
	}),
	waiting: () => {},
	"chat-empty": (port) => port.say({ type: "state", state: viewState() }),
	"chat-served": (port) =>
		port.say(
			chat([
				question,
				answer({ text: longText, reasoning: "They ask about light. Rayleigh scattering goes with λ⁻⁴." }),
				{ ...question, id: "question-2", text: "And at sunset?" },
				answer({ id: "answer-2", text: "Then light comes a longer way.", request: served }),
			]),
		),
	"chat-notable": (port) =>
		port.say(
			chat([
				answer({
					id: "a",
					text: "Not sent",
					request: request({ servedTier: null, billedTier: "default", notSentReason: "tier-not-offered" }),
				}),
				answer({ id: "b", text: "Unpriced", request: reason("tier-not-priced", 0) }),
				answer({ id: "c", text: "At least", request: reason("cache-write-price-unknown", 0.0012) }),
				answer({ id: "d", text: "Cut off", status: "stopped", request: null }),
				answer({ id: "e", text: "Reloaded", status: "interrupted", request: null }),
				answer({
					id: "g",
					text: "On Standard in the end",
					failedAttempts: [
						failedAttempt({ code: "quota-throttled", nextTier: "flex", waitMs: 2_000 }),
						failedAttempt({ code: "capacity-refused", nextTier: "default" }),
					],
					request: request({
						servedTier: "default",
						billedTier: "default",
						notSentReason: "capacity-refused",
						totalUsd: 0.0024,
						knownUsd: 0.0024,
					}),
				}),
				answer({
					id: "f",
					text: "",
					status: "failed",
					request: null,
					error: {
						code: "capacity-refused",
						message: "Bedrock has no room for this model now. Try again later.",
					},
				}),
			]),
		),
	"chat-tools": (port) => {
		const messages = [
			{ ...question, text: "What is this project, and where are its tiers?" },
			answer({
				id: "a",
				parts: [
					{ kind: "reasoning", text: "The files will tell.", signature: "sig" },
					{ kind: "text", text: "I look at the workspace first." },
					toolCall("list_files", { path: "." }, { ok: true, text: "README.md\nsrc/\nsrc/tiers.ts" }),
				],
			}),
			answer({
				id: "b",
				parts: [
					toolCall("read_file", { path: "src/a/rather/long/path/to/a/file/tiers.ts" }, null, "not there"),
					toolCall(
						"search_text",
						{ pattern: "serviceTier" },
						{ ok: true, text: "src/tiers.ts\n3| serviceTier" },
					),
				],
			}),
			answer({
				id: "c",
				parts: [toolCall("read_file", { path: "src/tiers.ts" })],
				status: "streaming",
				request: null,
			}),
		]
		const background = { ...usage(0.0001).total, knownUsd: 0.0001 }
		const summary = { text: "The person asks about the project.", upToMessageId: "a" }
		const view = chatView({
			title: "Where the tiers are",
			toolsAllowed: true,
			summary,
			messages,
			busy: true,
			usage: { ...mixedUsage(), background },
		})
		port.say({ type: "state", state: viewState({ chat: view }) })
	},
	"chat-usage": (port) => {
		const timed = (id: string, firstTokenMs: number, part: Parameters<typeof request>[0] = {}) =>
			answer({ id, request: request({ id, timing: { firstTokenMs, totalMs: firstTokenMs + 2_600 }, ...part }) })
		const onStandard = { servedTier: "default", billedTier: "default", totalUsd: 0.0024, knownUsd: 0.0024 } as const
		const messages = [question, timed("a", 1_840), timed("b", 420, onStandard), timed("c", 2_210)]
		const view = chatView({ title: "Why is the sky blue?", messages, usage: mixedUsage(), tier: "flex" })
		const profiles = [profile({ taskLimitUsd: 0.004 })]
		port.say({ type: "state", state: viewState({ profiles, chat: view }) })
		requestAnimationFrame(() =>
			requestAnimationFrame(() => document.querySelector(".task-usage")?.setAttribute("open", "")),
		)
	},
	"chat-markdown": (port) =>
		port.say(
			chat([
				question,
				answer({ id: "a", text: MARKDOWN, reasoning: "They **want** a table." }),
				{ ...question, id: "question-2", text: "And then?" },
				answer({ id: "b", text: "It goes on, and on, and", stopReason: "max_tokens" }),
			]),
		),
	"chat-edited": (port, store) => {
		port.say(
			chat([question, answer({ id: "a" }), { ...question, id: "question-2", text: "And at sunset?" }], {
				removed: usage(0.0012).total,
			}),
		)
		store.editQuestion(question)
		store.typeEdit("Why is the sky blue, and the sea?")
	},
	"chat-5000": (port) => {
		const turns = Array.from({ length: 2_500 }, (_, index) => [
			{ ...question, id: `q${index}`, text: `Question ${index + 1}` },
			answer({ id: `a${index}`, text: `Answer ${index + 1}\n\n${longText}` }),
		])
		port.say(chat(turns.flat()))
	},
	"chat-no-folder": (port) => port.say({ type: "state", state: viewState({ workspaceOpen: false }) }),
	"chat-tier-refused": (port) =>
		port.say(
			chat(
				[
					question,
					answer({
						text: "",
						status: "failed",
						request: null,
						failedAttempts: [failedAttempt()],
						error: {
							code: "tier-refused",
							message:
								'Bedrock refused the tier "flex" for gpt-oss-120b in us-east-1. Choose another tier. AWS says: The provided service tier is not supported for this model.',
						},
					}),
				],
				{ failed: { refused: 1, unanswered: 0 } },
			),
		),
	"chat-credentials": (port) =>
		port.say(
			chat(
				[
					answer({ id: "a", text: "On Standard, since it is remembered", request: knownRefusal }),
					question,
					answer({
						id: "b",
						text: "",
						status: "failed",
						request: null,
						error: {
							code: "credentials-missing",
							message: "There is no Bedrock API key. Add one in Settings.",
						},
					}),
				],
				{ failed: { refused: 2, unanswered: 1 } },
			),
		),
	"chat-prices": (port) =>
		port.say(
			chat([
				answer({ id: "a", text: "Discounted", request: discounted }),
				answer({ id: "b", text: "Priced by the person", request: ownPriced }),
			]),
		),
	"chat-streaming": (port, store) => {
		const streaming = answer({ text: "", status: "streaming", request: null })
		const state = viewState({
			chat: chatView({ messages: [question, streaming], busy: true }),
		})
		port.say({ type: "state", state })
		port.say({ type: "delta", messageId: streaming.id, kind: "text", text: "The sky is blue because " })
		store.typeMessage("And what about\nsunset?")
		port.sayRaw({ type: "delta", messageId: 7 })
	},
	"chat-answered-elsewhere": (port) => {
		port.say({ type: "state", state: viewState({ chat: chatView({ answeredElsewhere: true }) }) })
	},
	"history-loading": (port) => {
		port.say({ type: "state", state: viewState() })
		port.say({ type: "show", view: "history" })
	},
	"history-empty": history([]),
	history: history([
		historyEntry(0, { title: "Why is the sky blue?" }),
		historyEntry(1, { title: "Rename the rooms", tiers: ["flex", "default"], requests: 12, knownUsd: 0.0842 }),
		historyEntry(2, {
			title: "A title that is long enough to need a second line in a narrow side bar",
			unpricedRequests: 2,
		}),
		historyEntry(3, { title: "<b>Markup</b> is text", knownUsd: 0, unpricedRequests: 1 }),
		historyEntry(4, { title: null, requests: 0, models: [], tiers: [], knownUsd: 0 }),
	]),
	"history-found": (port, store) => {
		const chats = [historyEntry(0), historyEntry(1, { title: "The sea" }), historyEntry(2, { title: "The land" })]
		history(chats)(port, store)
		store.typeHistoryQuery("sky")
		store.searchHistory()
		const hits = [{ chatId: historyEntry(1).id, excerpt: "…is the colour of the sky above it, more than of…" }]
		port.say({ type: "history-found", searchId: "search-1", hits, searched: 3, total: 3, status: "done" })
	},
	...SPEED_SCENES,
}

function history(chats: ChatEntry[]): Scene {
	return (port) => {
		port.say({ type: "state", state: viewState() })
		port.say({ type: "show", view: "history" })
		port.say({ type: "history", chats, damaged: 1, folder: "/home/me/chats", openChatId: historyEntry(1).id })
	}
}

function chat(messages: readonly ChatMessage[], used: Partial<TaskUsage> = {}): ToWebview {
	const view = chatView({
		title: "Why is the sky blue?",
		messages: [...messages],
		usage: { ...mixedUsage(), ...used },
	})
	return { type: "state", state: viewState({ profiles: [profile({ serviceTier: "flex" })], chat: view }) }
}

function toolCall(
	name: string,
	input: object,
	result: ToolResult | null = null,
	failure: string | null = null,
): AnswerPart {
	const failed = failure === null ? null : { ok: false, text: failure }
	return { kind: "tool-call", callId: name, name, input: JSON.stringify(input), result: failed ?? result }
}
