import type { ScenarioName } from "@bedrock-tiers/bedrock-emulator"
import { constants } from "node:http2"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { findMutation, SAMPLE_TEXT } from "@bedrock-tiers/test-kit/samples/response-sample"
import { startReplayServer, startServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { testFaults, type Fault } from "./testing/run-fault-scenario"

/** The response has begun (HTTP 200), then breaks, stalls or contains unknown or invalid data. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const BROKE_OFF = "The answer broke off before its end."
const brokeOff = (why: string) => `The answer broke off before its end (${why}).`
const TIMED_OUT = "Bedrock said nothing for 1 second, so the request was given up. Try again."
const AWS_MESSAGE = "Something happened on the way."

/** Message that the user sees for each exception frame of ConverseStream. */
const EXCEPTIONS = {
	internalServerException: `The request failed (InternalServerException). ${AWS_MESSAGE}`,
	modelStreamErrorException: `The request failed (ModelStreamErrorException). ${AWS_MESSAGE}`,
	validationException: `Bedrock could not accept the request. AWS says: ${AWS_MESSAGE}`,
	throttlingException: `The account's quota for gpt-oss-120b is used up for the moment. All tiers share it, so wait a little and try again. AWS says: ${AWS_MESSAGE}`,
	serviceUnavailableException: `Bedrock has no room for gpt-oss-120b right now. Try again, or on another tier. AWS says: ${AWS_MESSAGE}`,
} as const

testFaults(test, {
	"a stream that stalls": scenario("stall", { sees: TIMED_OUT, silent: true }),
	"a stream reset after the first byte": scenario("reset-mid-stream", {
		sees: brokeOff("Stream closed with error code NGHTTP2_INTERNAL_ERROR"),
		http1: { sees: brokeOff("aborted") },
	}),
	"a connection lost during the stream": scenario("connection-dropped", {
		sees: BROKE_OFF,
		http1: { sees: brokeOff("aborted") },
	}),
	"a stream that ends without its end marker": scenario("no-message-stop", { sees: BROKE_OFF }),
	"GOAWAY and a closed session before the response": {
		arrange: async (http) => ({
			endpoint: await startServer(http, ({ response }) => {
				response.stream.session?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0)
				response.stream.session?.destroy()
			}),
		}),
		sees: "The connection to Bedrock failed (ERR_HTTP2_SESSION_ERROR). Check the network, the region and the endpoint.",
		costs: "unanswered",
		http1: null,
	},
	"GOAWAY before the response, then silence": {
		arrange: async (http) => ({
			endpoint: await startServer(http, ({ response }) => response.stream.session?.goaway(0, 0)),
		}),
		sees: TIMED_OUT,
		silent: true,
		costs: "unanswered",
		http1: null,
	},
	"GOAWAY during the stream": {
		arrange: async (http) => ({
			endpoint: await startServer(http, ({ response }) => {
				const { bytes } = findMutation("ends cleanly between two frames", "before 3")
				response.writeHead(200)
				response.write(bytes, () => {
					response.stream.session?.goaway()
					response.stream.session?.destroy()
				})
			}),
		}),
		sees: BROKE_OFF,
		// Destroying a session may discard bytes that were just written.
		answer: /^(Two tiers are paid by the token: )?$/,
		costs: "unknown",
		http1: null,
	},
	"a frame cut in the middle": scenario("cut-mid-frame", { sees: brokeOff("Truncated event message received.") }),
	"a wrong checksum": scenario("bad-checksum", { sees: checksumMessage() }),
	"a frame with an impossible length": {
		arrange: (http) => replay(http, { bytes: Buffer.alloc(64, 0xff), ending: "end" }),
		sees: brokeOff("It is not an event stream, or an event is larger than 24 MB."),
		costs: "unknown",
	},
	"random bytes instead of frames": {
		arrange: (http) => replay(http, { bytes: pseudoRandomBytes(), ending: "end" }),
		sees: brokeOff("It is not an event stream, or an event is larger than 24 MB."),
		costs: "unknown",
	},
	"a frame with invalid JSON": {
		arrange: (http) => replay(http, findMutation("contains a frame with invalid JSON", "at 3")),
		sees: brokeOff("Unexpected end of JSON input"),
		answer: "Two tiers are paid by the token: ",
		costs: "unknown",
	},
	...Object.fromEntries(
		Object.entries(EXCEPTIONS).flatMap(([name, sees]): [string, Fault][] => [
			[
				`${name} as the first frame`,
				{
					arrange: (http) => replay(http, findMutation("contains an exception", `${name} at 0`)),
					sees,
					costs: { refused: name === "throttlingException" ? 3 : 1 },
				},
			],
			[
				`${name} during the stream`,
				{
					arrange: (http) => replay(http, findMutation("contains an exception", `${name} at 3`)),
					sees,
					answer: "Two tiers are paid by the token: ",
					costs: "unknown",
				},
			],
		]),
	),
	"an exception unknown to the SDK": {
		arrange: (http) => replay(http, findMutation("contains an exception unknown to the SDK", "at 3")),
		sees: brokeOff(AWS_MESSAGE),
		answer: "Two tiers are paid by the token: ",
		costs: "unknown",
	},
	"an error frame": {
		arrange: (http) => replay(http, findMutation("contains an error frame", "at 3")),
		sees: brokeOff("Sorry."),
		answer: "Two tiers are paid by the token: ",
		costs: "unknown",
	},
	"an event of an unknown type": scenario("unknown-event", { sees: null, costs: { usd: 0.000105 } }),
	"a missing metadata event": scenario("no-metadata", { sees: null }),
	"two equal metadata events": scenario("two-metadata", { sees: null, costs: { usd: 0.000105 } }),
	"two different metadata events": {
		arrange: (http) => replay(http, findMutation("reports usage twice with different counts", "at 8")),
		sees: null,
		answer: SAMPLE_TEXT,
		// 1,200 × $0.075 + 140 × $0.30 per million: only the last report counts.
		costs: { usd: 0.000132 },
	},
	"no served tier reported": scenario("no-served-tier", { sees: null, costs: { usd: 0.000105 } }),
	"an unknown served tier": scenario("unknown-served-tier", { sees: null }),
})

function scenario(name: ScenarioName, expected: Pick<Fault, "sees"> & Partial<Fault>): Fault {
	const arrange = () => {
		test.emulator.setScenario(name)
		return {}
	}
	return { arrange, answer: "Hello there.", costs: "unknown", ...expected }
}

async function replay(http: Parameters<typeof startReplayServer>[0], answer: Parameters<typeof startReplayServer>[1]) {
	return { endpoint: await startReplayServer(http, answer) }
}

/** @returns 4,096 pseudo-random bytes from a linear congruential generator, the same in every run */
function pseudoRandomBytes(): Buffer {
	let state = 7
	return Buffer.from(
		Array.from({ length: 4_096 }, () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16),
	)
}

function checksumMessage(): string {
	return brokeOff("The message checksum (3238755998) did not match the expected value of 3238755937")
}
