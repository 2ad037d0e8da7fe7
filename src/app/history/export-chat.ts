import { shownCost, type UsageRecord } from "@bedrock-tiers/core"
import { attachmentName, type AssistantMessage, type ChatMessage } from "@bedrock-tiers/protocol"
import { attachmentsOf, codeBlock } from "../attachments/question-blocks"
import type { HostLocale } from "../ports"
import type { ChatRecord } from "../storage/chat-store"
import { amountText } from "./amount-text"
import { titleOf } from "./chat-entry"
import { inertMarkdown } from "./inert-markdown"

/** The complete chat record as JSON. */
export function chatJson(chat: ChatRecord): string {
	return `${JSON.stringify({ format: "bedrock-tiers-chat", version: 1, chat }, null, "\t")}\n`
}

/** The chat as readable Markdown that loads nothing: messages, tiers and costs, without reasoning. */
export function chatMarkdown(chat: ChatRecord, locale: HostLocale): string {
	const title = (titleOf(chat) ?? locale.t("Chat")).replace(/\s+/g, " ")
	const messages = chat.messages.flatMap((message) => messageParts(message, locale))
	return `${inertMarkdown([`# ${title}`, `*${chat.createdAt}*`, ...messages].join("\n\n"))}\n`
}

function messageParts(message: ChatMessage, locale: HostLocale): string[] {
	const { t } = locale
	if (message.role === "user") return [`## ${t("You")}`, ...attachmentLines(message, locale), message.text]
	const { request } = message
	return [`## ${t("Answer")}`, ...answerParts(message, locale), ...(request ? [requestLine(request, locale)] : [])]
}

/** Names of the attachments, without their contents. */
function attachmentLines(message: ChatMessage, { t }: HostLocale): string[] {
	const lines = attachmentsOf(message).map((one) =>
		one.kind === "image" ? t("Image: {0}", attachmentName(one)) : t("Text: {0}", attachmentName(one)),
	)
	return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join("\n")]
}

function answerParts({ parts, error }: AssistantMessage, { details }: HostLocale): string[] {
	const sections = parts.flatMap((part) => {
		if (part.kind === "text") return part.text.trim() === "" ? [] : [part.text]
		if (part.kind !== "tool-call") return []
		return [codeBlock(`${part.name} ${part.input}`), ...(part.result ? [codeBlock(part.result.text)] : [])]
	})
	return error ? [...sections, `> ${error.code}: ${details(error.details).replace(/\s+/g, " ")}`] : sections
}

function requestLine(request: UsageRecord, locale: HostLocale): string {
	const { modelId, requestedTier, servedTier, billedTier } = request
	const { t } = locale
	const tier = t(
		"asked for {0}, served by {1}, billed as {2}",
		requestedTier,
		servedTier ?? t("not reported"),
		billedTier,
	)
	return `*${modelId} · ${tier} · ${amountText(shownCost(request), locale)}*`
}
