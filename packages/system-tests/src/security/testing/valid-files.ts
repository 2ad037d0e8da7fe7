import { createHash } from "node:crypto"
import { DEFAULT_PROFILE_SETTINGS } from "@bedrock-tiers/protocol"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { NOW } from "./file-host"

/** Valid content of each file. */

export const CHAT_ID = "3b1f2a64-0000-4000-8000-000000000001"
export const OTHER_CHAT_ID = "3b1f2a64-0000-4000-8000-000000000002"

export const SETTINGS = {
	settings: {
		version: 1,
		activeProfileId: "p2",
		profiles: [
			{ id: "default", name: "One", kind: "aws", settings: DEFAULT_PROFILE_SETTINGS },
			{
				id: "p2",
				name: "Two",
				kind: "aws",
				settings: { ...DEFAULT_PROFILE_SETTINGS, ownPrices: [samples.ownPrice()], serviceTier: "priority" },
				knowsPriority: true,
			},
		],
	},
}
export const WINDOW = {
	activeProfile: "default",
	currentChat: CHAT_ID,
	draft: { at: 1, text: "Not yet", attachments: [], editing: null },
}
const REQUEST = samples.request()
export const CHAT = {
	version: 2,
	id: CHAT_ID,
	createdAt: "2026-11-22T10:00:00.000Z",
	title: "The sky",
	toolsAllowed: true,
	tier: "flex",
	summary: { text: "About the sky.", upToMessageId: "a1" },
	background: [{ purpose: "title", request: { ...REQUEST, id: "r0" } }],
	failedBackground: [samples.failedAttempt()],
	messages: [
		{ role: "user", id: "q1", text: "Why is the sky blue?" },
		samples.answer({
			id: "a1",
			reasoning: "Light.",
			request: { ...REQUEST, id: "r1" },
			failedAttempts: [samples.failedAttempt()],
		}),
		{
			role: "user",
			id: "q2",
			text: "And at night?",
			attachments: [
				{
					kind: "text",
					id: "a".repeat(64),
					path: "a.ts",
					lines: { from: 1, to: 2 },
					characters: 3,
					mayBeSecret: false,
				},
			],
		},
		samples.answer({
			id: "a2",
			parts: [
				{ kind: "tool-call", callId: "c", name: "read_file", input: "{}", result: { ok: true, text: "x" } },
			],
			request: { ...REQUEST, id: "r2", timing: { firstTokenMs: 5, totalMs: 10 } },
		}),
	],
	removed: [samples.answer({ id: "a0", request: { ...REQUEST, id: "r3" } })],
}
export const REFUSALS = {
	version: 1,
	refusals: [samples.refusal({ profileId: "default" }), samples.refusal({ profileId: "p2" }, { tier: "priority" })],
}
export const PRICES = samples.refreshedPrices()
export const INDEX = {
	version: 2,
	chats: [{ id: CHAT_ID, mtimeMs: 1, size: 2, entry: samples.historyEntry(1, { id: CHAT_ID }) }],
}
export const SPEEDS = {
	version: 2,
	chats: [
		{
			id: CHAT_ID,
			mtimeMs: 1,
			size: 2,
			entry: {
				requests: [{ modelId: "m", background: false, speed: samples.requestSpeed() }],
				failedAt: [NOW.toISOString()],
			},
		},
	],
}
export const ROO = {
	providerProfiles: {
		currentApiConfigName: "Work",
		apiConfigs: {
			Work: {
				id: "x",
				apiProvider: "bedrock",
				apiModelId: "amazon.nova-pro-v1:0",
				awsRegion: "eu-west-1",
				awsUseCrossRegionInference: true,
				awsBedrockServiceTier: "FLEX",
				awsUseApiKey: true,
				awsApiKey: "made-up",
				modelMaxTokens: 100,
				modelTemperature: 0.5,
				enableReasoningEffort: true,
				reasoningEffort: "low",
			},
			Other: { apiProvider: "openrouter" },
		},
	},
	globalSettings: {},
}
export const ATTACHED_TEXT = "const a = 1"
export const ATTACHMENT = {
	kind: "text",
	id: createHash("sha256").update(ATTACHED_TEXT).digest("hex"),
	path: "a.ts",
	lines: null,
	characters: ATTACHED_TEXT.length,
	mayBeSecret: false,
}
