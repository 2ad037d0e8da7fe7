import {
	answerText,
	attachmentName,
	type BackgroundPurpose,
	type ChatMessage,
	type ProfileSettings,
} from "@bedrock-tiers/protocol"
import { attachmentsOf, NOTHING_ATTACHED, type AttachedContents } from "../attachments/question-blocks"
import { truncateAnswer, unsummarized, type Conversation } from "./conversation"
import { sum } from "./tool-results"

/** Maximum output tokens, with reserve for models whose reasoning cannot be turned off. */
const MAX_TOKENS: Readonly<Record<BackgroundPurpose, number>> = { title: 500, summary: 4_000 }

/**
 * Settings of a background request: its own tier, a short answer, no reasoning, and no prompt caching because no later
 * request would read the cache. The user cannot be asked during it, so a tier that cannot serve falls back to Standard,
 * unless the setting is to stop.
 */
export function backgroundSettings(settings: ProfileSettings, purpose: BackgroundPurpose): ProfileSettings {
	const { backgroundTier, serviceTier, whenTierCannotServe } = settings
	return {
		...settings,
		serviceTier: backgroundTier === "same" ? serviceTier : backgroundTier,
		whenTierCannotServe: whenTierCannotServe === "stop" ? "stop" : "standard",
		reasoning: "off",
		promptCaching: "off",
		maxTokens: MAX_TOKENS[purpose],
	}
}

const TITLE_CHARACTERS = 60
const QUOTED_CHARACTERS = 1_000
const RESULT_CHARACTERS = 2_000

/** Title of a chat until one is generated: the start of its first question. `null` when the chat is empty. */
export function defaultTitle(messages: readonly ChatMessage[]): string | null {
	const question = messages.find((message) => message.role === "user")
	return question ? shortened(firstLine(question.text), TITLE_CHARACTERS) : null
}

export function titlePrompt(messages: readonly ChatMessage[]): string {
	const transcript = messages
		.map((message) => shortened(transcriptEntry(message, NOTHING_ATTACHED), QUOTED_CHARACTERS))
		.join("\n\n")
	return `Write a title of at most six words for this conversation, in its language. Answer with the title alone.\n\n<conversation>\n${transcript}\n</conversation>`
}

/** Extracts the title from the model's answer; `null` when the answer has none. */
export function readTitle(answer: string): string | null {
	// The look-behind lets a match start at the beginning of a run only, so that the time is linear.
	const line = firstLine(answer).replace(/^[#*_"'“”„«\s]+|(?<![*_"'“”»\s])[*_"'“”»\s]+$/gu, "")
	return line === "" ? null : shortened(line, TITLE_CHARACTERS)
}

/**
 * Prompt for a summary of the messages up to `upToMessageId`, including an earlier summary.
 * @param maxCharacters each message is shortened if all together are longer than that
 */
export function summaryPrompt(
	conversation: Conversation,
	upToMessageId: string,
	attached: AttachedContents = NOTHING_ATTACHED,
	maxCharacters = Infinity,
): string {
	const messages = unsummarized(conversation)
	const end = messages.findIndex(({ id }) => id === upToMessageId) + 1
	const earlier = conversation.summary ? [`Before: ${conversation.summary.text}`] : []
	const entries = [...earlier, ...messages.slice(0, end).map((message) => transcriptEntry(message, attached))]
	const isTooLong = sum(entries.map(({ length }) => length)) > maxCharacters
	const maxEntry = Math.floor(maxCharacters / entries.length)
	const transcript = entries.map((entry) => (isTooLong ? shortened(entry, maxEntry) : entry)).join("\n\n")
	return `Sum up this conversation so that it can go on without its text. Keep what the person wants, what was decided, names of files, code and figures that still matter, and what is open. Answer with the summary alone.\n\n<conversation>\n${transcript}\n</conversation>`
}

function transcriptEntry(message: ChatMessage, { contents }: AttachedContents): string {
	if (message.role === "user") {
		const attachments = attachmentsOf(message).map((one) => {
			const text = one.kind === "text" ? contents.get(one.id)?.toString("utf8") : undefined
			return `[${one.kind}: ${attachmentName(one)}]${text ? ` ${shortened(text, RESULT_CHARACTERS)}` : ""}`
		})
		return [`Person: ${message.text}`, ...attachments].join("\n")
	}
	const lines = message.parts.flatMap((part) => {
		if (part.kind !== "tool-call") return []
		const result = part.result ? shortened(part.result.text, RESULT_CHARACTERS) : "(not run)"
		return [`Tool ${part.name} ${shortened(part.input, RESULT_CHARACTERS)}: ${result}`]
	})
	return [`Assistant: ${truncateAnswer(answerText(message.parts))}`, ...lines].join("\n")
}

function firstLine(text: string): string {
	return text.trim().split("\n", 1)[0]?.trim() ?? ""
}

function shortened(text: string, characters: number): string {
	const letters = Array.from(text.slice(0, characters * 4))
	return letters.length <= characters && text.length <= characters * 4
		? text
		: `${letters
				.slice(0, characters - 1)
				.join("")
				.trimEnd()}…`
}
