import { detail } from "@bedrock-tiers/error-details"
import type { ConnectionTest, ProfileSettings } from "@bedrock-tiers/protocol"
import { withUnreadable } from "../state/settings-draft"
import {
	answer,
	chatView,
	profile,
	refusal,
	request,
	usage,
	viewState,
} from "@bedrock-tiers/test-kit/samples/view-state"
import {
	edit,
	LONG_NAME,
	LONG_WORD,
	scrollToElement,
	settings,
	pageScene,
	SONNET_4_5,
	settingsWithSections,
	type Scene,
	type Scenes,
} from "./scene"
import { settled } from "../testing/settled"

const DEMO = profile({}, { id: "demo", name: "Demo (local emulator)", kind: "demo" })

/** The open list of models, filtered by the query. Uses user input, since this state exists only inside the field. */
const modelSearch = (query: string, part: Partial<ProfileSettings> = {}): Scene =>
	settings(part, () => async () => {
		const field = document.querySelector<HTMLInputElement>(".combobox input")
		field?.focus()
		field?.click()
		await settled()
		if (query !== "") document.execCommand("insertText", false, query)
	})

const connectionTest = (test: ConnectionTest): Scene =>
	settings({}, (port) => {
		port.say({ type: "connection-test", profileId: "aws-1", test })
		return scrollToElement(".connection-test")
	})

export const SETTINGS_SCENES: Scenes = {
	"settings-flex": settings({ serviceTier: "flex" }),
	"settings-nova-computed": settings({
		modelId: "amazon.nova-2-lite-v1:0",
		serviceTier: "priority",
		region: "eu-west-1",
	}),
	"settings-claude": settings({ modelId: "anthropic.claude-sonnet-4-6", serviceTier: "flex" }),
	"settings-elsewhere": settings({ modelId: "moonshotai.kimi-k3" }),
	"settings-tier-refused": pageScene("settings", {
		profiles: [profile({ serviceTier: "flex" })],
		refusals: [refusal()],
	}),
	"settings-tiers-refused": pageScene("settings", {
		profiles: [profile({ serviceTier: "flex", whenTierCannotServe: "standard" })],
		refusals: [refusal(), refusal({}, { tier: "priority" })],
	}),
	"settings-contested": settings({ modelId: "deepseek.v3-v1:0", serviceTier: "flex", region: "us-west-2" }),
	"settings-unknown-model": settings({ modelId: "acme.brand-new-v1:0", serviceTier: "flex" }),
	"settings-retired": settings({ modelId: "amazon.nova-premier-v1:0" }),
	"settings-no-route": settings({ modelId: "amazon.nova-2-lite-v1:0", region: "ap-south-1" }),
	"settings-refused": settings({}, (_port, store) => {
		edit(store, { credentials: { method: "profile", profile: "" }, endpoint: "http://far.example" })
		store.saveSettings("aws-1")
	}),
	"settings-changed-elsewhere": settings({}, (port, store) => {
		edit(store, { serviceTier: "flex" })
		port.say({ type: "state", state: viewState({ profiles: [profile({ region: "eu-west-1" })] }) })
	}),
	"settings-key-stored": pageScene("settings", {
		profiles: [profile({ credentials: { method: "api-key" } }), DEMO],
		apiKeySetFor: ["aws-1"],
	}),
	"settings-demo": pageScene("settings", { profiles: [profile(), DEMO], activeProfileId: "demo" }),
	"model-list": modelSearch("", { region: "us-east-1" }),
	"model-search": modelSearch("claude 4"),
	"model-far": modelSearch("nova", { region: "ap-south-1" }),
	"model-none": modelSearch("no such model"),
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
	"test-running": connectionTest({ kind: "running" }),
	"test-answered": connectionTest({
		kind: "answered",
		request: request({ totalUsd: 0.0000054, knownUsd: 0.0000054 }),
	}),
	"test-failed": connectionTest({
		kind: "failed",
		error: {
			code: "access-denied",
			details: [
				detail("request.permission-missing", { modelId: "openai.gpt-oss-120b-1:0" }),
				detail("request.aws-says", {
					message: "User arn:aws:iam::123456789012:user/me is not authorized to perform bedrock:InvokeModel.",
				}),
			],
		},
	}),
	"answer-open": settingsWithSections(["answer"], {
		modelId: SONNET_4_5,
		reasoning: "high",
		promptCaching: "1h",
		maxTokens: 20_000,
		idleLimitMinutes: 10,
	}),
	"answer-kept": settingsWithSections(["answer"], {
		modelId: "amazon.nova-2-lite-v1:0",
		reasoning: "high",
		thinkingBudgetTokens: 4_096,
		promptCaching: "1h",
		maxTokens: 20_000,
		temperature: 0.3,
	}),
	"answer-unknown-model": settingsWithSections(["answer"], { modelId: "acme.brand-new-v1:0", reasoning: "low" }),
	"answer-wrong": settingsWithSections(
		["answer"],
		{ modelId: SONNET_4_5, reasoning: "low", maxTokens: 2_000, thinkingBudgetTokens: 2_000 },
		(_port, store) =>
			store.editSettings("aws-1", (draft) => withUnreadable(draft, "settings.idleLimitMinutes", "an hour")),
	),
	"background-open": settingsWithSections(["background"], {
		serviceTier: "priority",
		backgroundTier: "flex",
		chatTitles: "written",
	}),
	"background-standard-only": settingsWithSections(["answer", "background"], {
		modelId: "anthropic.claude-opus-4-7",
		backgroundTier: "flex",
	}),
	"settings-long": pageScene("settings", {
		profiles: [
			profile(
				{ modelId: LONG_WORD, credentials: { method: "profile", profile: LONG_WORD } },
				{ name: LONG_NAME },
			),
		],
	}),
	"settings-invoke-model": settings({ api: "invoke-model", route: "geo", whenTierCannotServe: "standard" }),
	"settings-keys": settings({ credentials: { method: "static-keys" } }),
	"settings-key-removed": pageScene(
		"settings",
		{ profiles: [profile({ credentials: { method: "api-key" } })], apiKeySetFor: ["aws-1"] },
		(_port, store) => store.editSettings("aws-1", (draft) => ({ ...draft, apiKey: { kind: "remove" } })),
	),
	"settings-saving": settings({}, (_port, store) => {
		edit(store, { serviceTier: "flex" })
		store.saveSettings("aws-1")
	}),
	"settings-saved": settings({}, (port, store) => {
		edit(store, { serviceTier: "flex" })
		store.saveSettings("aws-1")
		port.say({ type: "saved", requestId: "save-1" })
	}),
	"settings-typed-model": settings({}, () => async () => {
		const field = document.querySelector<HTMLInputElement>(".combobox input")
		field?.focus()
		field?.click()
		await settled()
		document.querySelector<HTMLElement>(".combobox-list > :last-child > :last-child")?.click()
		await settled()
	}),
	"test-stopped": connectionTest({ kind: "stopped" }),
}
