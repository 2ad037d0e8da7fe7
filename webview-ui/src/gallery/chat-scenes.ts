import { detail } from "@bedrock-tiers/error-details"
import type { AnswerPart, ToolResult } from "@bedrock-tiers/protocol"
import { answer, chatView, profile, request, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { chat, LONG_NAME, LONG_WORD, mixedUsage, question, pageScene, expandDetails, type Scenes } from "./scene"

const longText =
	"The sky is blue because air scatters short waves of light more than long ones.\n\nBlue light is scattered about five times as much as red light, so it reaches the eye from every direction.\n\n    const ratio = (650 / 440) ** 4 // 4.76"

const MARKDOWN = `# Tiers

The **same** model at *three* speeds, as \`serviceTier\`:

| tier | USD per million | promise |
|:--|--:|:--|
| Flex | 0.075 | half the price, may wait |
| Priority | 0.2625 | served first, and rather more words than fit next to the others in a narrow view |

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

const DEMO = profile({}, { id: "demo", name: "Demo (local emulator)", kind: "demo" })
const served = request({ servedTier: "default", billedTier: "default", totalUsd: 0.0024, knownUsd: 0.0024 })

function toolCall(
	name: string,
	input: object,
	result: ToolResult | null = null,
	failure: string | null = null,
): AnswerPart {
	const failed = failure === null ? null : { ok: false, text: failure }
	return { kind: "tool-call", callId: name, name, input: JSON.stringify(input), result: failed ?? result }
}

export const CHAT_SCENES: Scenes = {
	"chat-empty": pageScene("chat"),
	"chat-served": (port) =>
		port.say(
			chat([
				question,
				answer({ text: longText, reasoning: "They ask about light. Rayleigh scattering goes with λ⁻⁴." }),
				{ ...question, id: "question-2", text: "And at sunset?" },
				answer({ id: "answer-2", text: "Then light comes a longer way.", request: served }),
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
	"chat-markdown": (port) =>
		port.say(
			chat([
				question,
				answer({ id: "a", text: MARKDOWN, reasoning: "They **want** a table." }),
				{ ...question, id: "question-2", text: "And then?" },
				answer({ id: "b", text: "It goes on, and on, and", stopReason: "max_tokens" }),
				{ ...question, id: "question-3", text: "And the rest?" },
				answer({ id: "c", text: "The rest is", stopReason: "guardrail_intervened" }),
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
	"chat-no-folder": pageScene("chat", { workspaceOpen: false }),
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
	"chat-answered-elsewhere": pageScene("chat", { chat: chatView({ answeredElsewhere: true }) }),
	waiting: () => {},
	"chat-first-start": pageScene("chat", { profiles: [DEMO, profile()], activeProfileId: "demo" }),
	"chat-no-tiers": pageScene("chat", { profiles: [profile({ modelId: "anthropic.claude-sonnet-4-6" })] }),
	"chat-long": (port, store) => {
		port.say(
			chat([
				{ ...question, text: `${LONG_NAME}: ${LONG_WORD}` },
				answer({ text: `\`${LONG_WORD}\` and ${LONG_WORD}\n\n    ${LONG_WORD} ${LONG_WORD}` }),
			]),
		)
		store.typeMessage(`${LONG_NAME}\n${LONG_WORD}\n`.repeat(4))
	},
	"chat-unfolded": (port) => {
		const message = answer({
			text: longText,
			reasoning: "They ask about **light**. Rayleigh scattering goes with λ⁻⁴.",
			failedAttempts: [],
		})
		port.say(chat([question, message]))
		return expandDetails(".message")
	},
	"chat-waiting": (port) => {
		const waiting = answer({ text: "", status: "streaming", request: null })
		port.say({ type: "state", state: viewState({ chat: chatView({ messages: [question, waiting], busy: true }) }) })
	},
	"chat-refused": pageScene("chat", {}, (port) =>
		port.say({
			type: "refused",
			requestId: null,
			field: "text",
			details: [detail("field.too-long", { max: 1_000_000 })],
		}),
	),
}
