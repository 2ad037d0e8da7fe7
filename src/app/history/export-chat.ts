import { formatUsd, type RecordedRequest } from "@bedrock-tiers/core"
import type { AssistantMessage, ChatMessage } from "@bedrock-tiers/protocol"
import type { ChatRecord } from "../chat-store"
import { t } from "@bedrock-tiers/core"
import { titleOf } from "./chat-entry"

/** The whole chat, as it lies in its file. */
export function chatJson(chat: ChatRecord): string {
	return `${JSON.stringify({ format: "bedrock-tiers-chat", version: 1, chat }, null, "\t")}\n`
}

/** For people: who said what, which tier served it and what that cost. Thoughts are left out. */
export function chatMarkdown(chat: ChatRecord): string {
	const title = (titleOf(chat) ?? t("Chat")).replace(/\s+/g, " ")
	return `${[`# ${title}`, `*${chat.createdAt}*`, ...chat.messages.flatMap(messageParts)].join("\n\n")}\n`
}

function messageParts(message: ChatMessage): string[] {
	if (message.role === "user") return [`## ${t("You")}`, message.text]
	return [`## ${t("Answer")}`, ...answerParts(message), ...(message.request ? [requestLine(message.request)] : [])]
}

function answerParts({ parts, error }: AssistantMessage): string[] {
	const said = parts.flatMap((part) => {
		if (part.kind === "text") return part.text.trim() === "" ? [] : [part.text]
		if (part.kind !== "tool-call") return []
		return [fenced(`${part.name} ${part.input}`), ...(part.result ? [fenced(part.result.text)] : [])]
	})
	return error ? [...said, `> ${error.code}: ${error.message.replace(/\s+/g, " ")}`] : said
}

/** Longer than any fence in it. */
function fenced(text: string): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
	const fence = "`".repeat(longest + 1)
	return `${fence}text\n${text}\n${fence}`
}

function requestLine({ modelId, requestedTier, servedTier, billedTier, totalUsd, knownUsd }: RecordedRequest): string {
	const cost =
		totalUsd !== null
			? formatUsd(totalUsd)
			: knownUsd > 0
				? t("at least {0}", formatUsd(knownUsd))
				: t("not priced")
	const tier = t(
		"asked for {0}, served by {1}, billed as {2}",
		requestedTier,
		servedTier ?? t("not reported"),
		billedTier,
	)
	return `*${modelId} · ${tier} · ${cost}*`
}
