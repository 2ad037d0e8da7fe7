import { randomUUID } from "node:crypto"
import { t } from "@bedrock-tiers/core"
import {
	TEST_OUTPUT_TOKENS,
	type ConnectionTest,
	type FailedAttempt,
	type ProfileSettings,
} from "@bedrock-tiers/protocol"
import type { ApiHandler, UsageChunk } from "../../api/index"
import { endOf } from "../chat/answer"
import { toUsageRecord } from "../chat/usage-record"

const PROMPT = "Hi"

/** The smallest request that these settings can make: on their tier, and on no other. */
export function testSettings(settings: ProfileSettings): ProfileSettings {
	return {
		...settings,
		whenTierCannotServe: "stop",
		reasoning: "off",
		promptCaching: "off",
		maxTokens: TEST_OUTPUT_TOKENS,
	}
}

/** Asks Bedrock one small question. Never rejects: what went wrong is what was found out. */
export async function testConnection(open: () => Promise<ApiHandler>, signal: AbortSignal): Promise<ConnectionTest> {
	let usage: UsageChunk | undefined
	let lastAttempt: FailedAttempt | undefined
	try {
		const handler = await open()
		try {
			await handler.completePrompt(PROMPT, {
				signal,
				onUsage: (reported) => void (usage = reported),
				onAttemptFailed: (attempt) => void (lastAttempt = attempt),
			})
		} finally {
			handler.dispose()
		}
	} catch (error) {
		// An answer that Bedrock cut short was paid for all the same, and the connection stands.
		if (!usage) return failure(error, lastAttempt, signal)
	}
	return usage
		? { kind: "answered", request: toUsageRecord(usage, randomUUID(), new Date()) }
		: failure(new Error(t("Bedrock answered without saying what it used.")), lastAttempt, signal)
}

function failure(error: unknown, lastAttempt: FailedAttempt | undefined, signal: AbortSignal): ConnectionTest {
	const end = endOf(error, signal)
	if (!end.error) return { kind: "stopped" }
	return { kind: "failed", error: end.error, sentTier: lastAttempt?.sentTier ?? null }
}
