import { randomUUID } from "node:crypto"
import { t } from "@bedrock-tiers/core"
import {
	TEST_OUTPUT_TOKENS,
	type ConnectionTest,
	type FailedAttempt,
	type ProfileSettings,
} from "@bedrock-tiers/protocol"
import type { ApiHandler, UsageChunk } from "../../api/index"
import { endStatus } from "../chat/answer"
import { toUsageRecord } from "../chat/usage-record"

const PROMPT = "Hi"

/** Settings for the smallest possible request, on the profile's tier and no other. */
export function testSettings(settings: ProfileSettings): ProfileSettings {
	return {
		...settings,
		whenTierCannotServe: "stop",
		reasoning: "off",
		promptCaching: "off",
		maxTokens: TEST_OUTPUT_TOKENS,
	}
}

/** Sends one small request to Bedrock. Never rejects: a failure is the result of the test. */
export async function testConnection(open: () => Promise<ApiHandler>, signal: AbortSignal): Promise<ConnectionTest> {
	let usage: UsageChunk | undefined
	let lastAttempt: FailedAttempt | undefined
	try {
		const handler = await open()
		try {
			await handler.completePrompt(PROMPT, {
				signal,
				onUsage: (chunk) => void (usage = chunk),
				onAttemptFailed: (attempt) => void (lastAttempt = attempt),
			})
		} finally {
			handler.dispose()
		}
	} catch (error) {
		// An incomplete answer with reported usage was billed, and shows that the connection works.
		if (!usage) return failure(error, lastAttempt, signal)
	}
	return usage
		? { kind: "answered", request: toUsageRecord(usage, randomUUID(), new Date()) }
		: failure(new Error(t("Bedrock answered without saying what it used.")), lastAttempt, signal)
}

function failure(error: unknown, lastAttempt: FailedAttempt | undefined, signal: AbortSignal): ConnectionTest {
	const end = endStatus(error, signal)
	if (!end.error) return { kind: "stopped" }
	return { kind: "failed", error: end.error, sentTier: lastAttempt?.sentTier ?? null }
}
