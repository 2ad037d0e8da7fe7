import type { UsageRecord } from "@bedrock-tiers/core"
import { detail, DetailedError } from "@bedrock-tiers/error-details"
import { TEST_OUTPUT_TOKENS, type ConnectionTest, type ProfileSettings } from "@bedrock-tiers/protocol"
import type { ApiHandler } from "../../api/index"
import { endStatus } from "../chat/answer"

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
	let request: UsageRecord | undefined
	let failure: unknown = new DetailedError(detail("request.no-usage"))
	try {
		const handler = await open()
		try {
			await handler.completePrompt(PROMPT, { signal, onUsage: ({ record }) => void (request = record) })
		} finally {
			handler.dispose()
		}
	} catch (error) {
		failure = error
	}
	// An incomplete answer with reported usage was billed, and shows that the connection works.
	if (request) return { kind: "answered", request }
	const { error } = endStatus(failure, signal)
	return error ? { kind: "failed", error } : { kind: "stopped" }
}
