import type { ScenarioName } from "@bedrock-tiers/bedrock-emulator"
import { expect, it } from "vitest"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { startErrorServer, startServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { testFaults, KEY, report, shownMessages, type Fault } from "./testing/run-fault-scenario"

/** Bedrock responds with an error status. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const KEYS = {
	method: "static-keys",
	accessKeyId: "AKIDCANARY",
	secretAccessKey: "canary-secret",
	sessionToken: "canary-token",
} as const
const WRONG_CLOCK = "AWS refused the signature, since this machine's clock is not right. Set the clock and try again."
const QUOTA =
	"The account's quota for gpt-oss-120b is used up for the moment. All tiers share it, so wait a little and try again. AWS says: Too many tokens, please wait before trying again."
const capacityRefused = (awsMessage: string) =>
	`Bedrock has no room for gpt-oss-120b right now. Try again, or on another tier. AWS says: ${awsMessage}`

testFaults(test, {
	"HTTP 400, invalid request": {
		arrange: (http) => errorEndpoint(http, 400, "ValidationException", "temperature must be at most 1."),
		sees: "Bedrock could not accept the request. AWS says: temperature must be at most 1.",
		costs: { refused: 1 },
	},
	"HTTP 400, service tier refused": scenario("tier-refused", {
		sees: 'Bedrock refused the tier "flex" for gpt-oss-120b in us-east-1. Choose another tier. AWS says: The provided service tier is not supported for this model.',
	}),
	"HTTP 403, access denied": scenario("access-denied", {
		sees: "AWS refused the rights of these credentials. They need bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream for openai.gpt-oss-120b-1:0. AWS says: You don't have access to the model with the specified model ID.",
	}),
	"HTTP 403, credentials that expire during the chat": scenario("credentials-expired", {
		sees: "The Bedrock API key has expired. Create a new one in the Amazon Bedrock console and enter it in Settings.",
	}),
	"HTTP 403, signature expired because the local clock is slow": {
		arrange: async (http) => ({
			...(await errorEndpoint(http, 403, "InvalidSignatureException", EXPIRED)),
			credentials: KEYS,
		}),
		sees: WRONG_CLOCK,
		costs: { refused: 1 },
	},
	"HTTP 403, signature not yet current because the local clock is fast": {
		arrange: async (http) => ({
			...(await errorEndpoint(http, 403, "SignatureDoesNotMatch", NOT_YET)),
			credentials: KEYS,
		}),
		sees: WRONG_CLOCK,
		costs: { refused: 1 },
	},
	"HTTP 403, RequestTimeTooSkewed": {
		arrange: async (http) => ({
			...(await errorEndpoint(
				http,
				403,
				"RequestTimeTooSkewed",
				"The difference between the times is too large.",
			)),
			credentials: KEYS,
		}),
		sees: WRONG_CLOCK,
		costs: { refused: 1 },
	},
	"HTTP 403, signature does not match": {
		arrange: async (http) => ({
			...(await errorEndpoint(
				http,
				403,
				"SignatureDoesNotMatch",
				"It should be: x-amz-security-token:canary-token.",
			)),
			credentials: KEYS,
		}),
		sees: "AWS does not know the stored access keys. Enter all of them again in Settings (temporary keys need their session token), and check this machine's clock.",
		costs: { refused: 1 },
	},
	"HTTP 404, model not found": {
		arrange: (http) => errorEndpoint(http, 404, "ResourceNotFoundException", "Could not find the model."),
		sees: "openai.gpt-oss-120b-1:0 cannot be called in us-east-1. AWS says: Could not find the model.",
		costs: { refused: 1 },
	},
	"HTTP 408, model timeout": scenario("model-timeout", {
		sees: capacityRefused("Model has timed out in processing the request. Try your request again."),
	}),
	"HTTP 424, model error": scenario("model-error", {
		sees: "The request failed with HTTP 424 (ModelErrorException). The request failed due to an error while processing the model.",
	}),
	"HTTP 429, quota exceeded": scenario("throttled", { sees: QUOTA, costs: { refused: 3 } }),
	"HTTP 429, model not ready": scenario("model-not-ready", {
		sees: capacityRefused("Model is not ready for inference. Wait and try your request again."),
	}),
	"HTTP 500, internal server error": scenario("internal-error", {
		sees: "The request failed with HTTP 500 (InternalServerException). The system encountered an unexpected error during processing. Try your request again.",
	}),
	"HTTP 500 with an empty body": {
		arrange: async (http) => ({
			endpoint: await startServer(http, ({ response }) => response.writeHead(500).end()),
		}),
		sees: "The request failed with HTTP 500, and nothing was said about why. Try again.",
		costs: { refused: 1 },
	},
	"HTTP 503, service unavailable": scenario("capacity-refused", {
		sees: capacityRefused("Too many connections, please wait before trying again."),
	}),
})

it("Session shows one message for each of 20 throttled prompts and answers the next prompt", async (context) => {
	report(context, {
		fault: "HTTP 429 in response to 20 prompts in a row",
		sees: `${QUOTA} (under each)`,
		kept: "20 prompts; 60 refused attempts, nothing billed",
	})
	test.connection = { credentials: KEY, backoffMs: 1 }
	const window = await test.ready()
	test.emulator.setScenario("throttled")
	for (let number = 1; number <= 20; number++) await window.send(`Question ${number}`)
	expect(shownMessages(window, test.problems)).toEqual(Array.from({ length: 20 }, () => QUOTA))
	expect(test.emulator.requests).toHaveLength(60)
	test.emulator.setScenario("served-as-asked")
	await window.send("After")
	const { usage, message } = window.lastAnswer()
	expect(message.status).toBe("complete")
	expect(usage).toMatchObject({ total: { requests: 1 }, failed: { refused: 60, unanswered: 0 } })
	const { chat } = (await test.ready()).state()
	expect(chat.messages.filter(({ role }) => role === "user")).toHaveLength(21)
	expect(chat.usage).toEqual(usage)
})

const EXPIRED = "Signature expired: 20261122T090000Z is now earlier than 20261122T095500Z (20261122T100000Z - 5 min.)"
const NOT_YET =
	"Signature not yet current: 20261122T110000Z is still later than 20261122T100500Z (20261122T100000Z + 5 min.)"

function scenario(name: ScenarioName, expected: Pick<Fault, "sees"> & Partial<Fault>): Fault {
	const arrange = () => {
		test.emulator.setScenario(name)
		return {}
	}
	return { arrange, costs: { refused: 1 }, ...expected }
}

async function errorEndpoint(
	http: Parameters<typeof startErrorServer>[0],
	status: number,
	name: string,
	message: string,
) {
	return { endpoint: await startErrorServer(http, status, name, message) }
}
