import type { FailedOutcome } from "@bedrock-tiers/core"
import type { AssistantMessage } from "@bedrock-tiers/protocol"
import { expect, it } from "vitest"
import { ChatUsage } from "../chat/chat-usage"
import { newChatRecord } from "../storage/chat-store"
import { chatEntry } from "./chat-entry"

/** An answer that failed after one attempt. */
function failedAnswer(outcome: FailedOutcome): AssistantMessage {
	const attempt = { code: "network", details: [], outcome, sentTier: null, nextTier: null, waitMs: 0 } as const
	return {
		role: "assistant",
		id: "a",
		parts: [],
		status: "failed",
		error: null,
		request: null,
		failedAttempts: [attempt],
	}
}

it("chatEntry counts an unanswered attempt, which may have been billed, as unpriced, but not a refused one", () => {
	const entry = (outcome: FailedOutcome) =>
		chatEntry({ ...newChatRecord(new Date()), messages: [failedAnswer(outcome)] }, { id: "c", mtimeMs: 0, size: 0 })
	expect(entry("unanswered")).toMatchObject({ requests: 0, knownUsd: 0, unpricedRequests: 1, estimatedRequests: 0 })
	expect(entry("refused")).toMatchObject({ requests: 0, knownUsd: 0, unpricedRequests: 0, estimatedRequests: 0 })
})

it("chatEntry counts an unanswered background attempt as unpriced, like the header of the chat", () => {
	const record = { ...newChatRecord(new Date()), failedBackground: failedAnswer("unanswered").failedAttempts ?? [] }
	expect(chatEntry(record, { id: "c", mtimeMs: 0, size: 0 })).toMatchObject({
		requests: 0,
		unpricedRequests: 1,
		estimatedRequests: 0,
	})
	expect(new ChatUsage(record, []).totals([]).failed).toEqual({ refused: 0, unanswered: 1 })
})
