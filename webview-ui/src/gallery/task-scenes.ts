import { detail } from "@bedrock-tiers/error-details"
import type { UsageRecord } from "@bedrock-tiers/core"
import {
	answer,
	chatView,
	failedAttempt,
	IMPORTED_MODEL,
	profile,
	request,
	usage,
} from "@bedrock-tiers/test-kit/samples/view-state"
import { chat, LONG_NAME, LONG_WORD, mixedUsage, question, pageScene, expandDetails, type Scenes } from "./scene"

const onStandard = { servedTier: "default", billedTier: "default", totalUsd: 0.0024, knownUsd: 0.0024 } as const
const timed = (id: string, firstTokenMs: number, part: Partial<UsageRecord> = {}) =>
	answer({ id, request: request({ id, timing: { firstTokenMs, totalMs: firstTokenMs + 2_600 }, ...part }) })
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

export const TASK_SCENES: Scenes = {
	"chat-usage": pageScene(
		"chat",
		{
			profiles: [profile({ taskLimitUsd: 0.004 })],
			chat: chatView({
				title: "Why is the sky blue?",
				messages: [question, timed("a", 1_840), timed("b", 420, onStandard), timed("c", 2_210)],
				usage: mixedUsage(),
				tier: "flex",
			}),
		},
		() => expandDetails(".task-usage"),
	),
	"chat-prices": (port) =>
		port.say(
			chat([
				answer({ id: "a", text: "Discounted", request: discounted }),
				answer({ id: "b", text: "Priced by the person", request: ownPriced }),
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
						details: [detail("request.no-capacity", { model: "gpt-oss-120b" })],
					},
				}),
			]),
		),
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
							details: [
								detail("request.tier-refused", {
									tier: "flex",
									model: "gpt-oss-120b",
									region: "us-east-1",
								}),
								detail("request.aws-says", {
									message: "The provided service tier is not supported for this model.",
								}),
							],
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
							details: [detail("credentials.api-key-missing")],
						},
					}),
				],
				{ failed: { refused: 2, unanswered: 1 } },
			),
		),
	"task-details": (port) => {
		port.say(
			chat([
				question,
				answer({ id: "a", request: request(onStandard) }),
				answer({ id: "b", request: discounted }),
			]),
		)
		return expandDetails(".usage-details")
	},
	"task-details-unknown": (port) => {
		const unknown = request({
			modelId: LONG_WORD,
			baseModelId: null,
			servedTier: null,
			totalUsd: null,
			knownUsd: 0,
			lines: [],
			usage: null,
			card: null,
			unpricedReason: "usage-not-reported",
		})
		port.say(chat([question, answer({ id: "a", request: unknown }), answer({ id: "b", request: ownPriced })]))
		return expandDetails(".usage-details")
	},
	"task-limit-reached": pageScene("chat", {
		profiles: [profile({ taskLimitUsd: 0.001 })],
		chat: chatView({
			title: "Why is the sky blue?",
			usage: usage(0.0012, 1),
			messages: [
				question,
				answer({
					text: "",
					status: "failed",
					request: null,
					error: {
						code: "task-limit",
						details: [detail("chat.task-limit", { spentUsd: 0.0012, limitUsd: 0.001 })],
					},
				}),
			],
		}),
	}),
	"task-removed": (port) => {
		const { total } = usage(0.0012)
		return port.say(
			chat([question, answer()], { removed: total, background: total, failed: { refused: 2, unanswered: 1 } }),
		)
	},
	"task-long": pageScene("chat", {
		profiles: [profile({ modelId: LONG_WORD }), profile({}, { id: "aws-2", name: LONG_NAME })],
		activeProfileId: "aws-1",
		chat: chatView({
			title: LONG_NAME,
			messages: [question, answer()],
			usage: { ...mixedUsage(), contextTokens: 128_000 },
		}),
	}),
}
