import type { ScenarioName } from "@bedrock-tiers/bedrock-emulator"
import { constants } from "node:http2"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { mutation, SAMPLE_TEXT } from "@bedrock-tiers/test-kit/samples/response-sample"
import { answering, server } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { faults, type Fault } from "./testing/run-fault-scenario"

/** The answer has begun (200) and breaks, stops, or says what nobody understands. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const BROKE_OFF = "The answer broke off. The answer broke off before its end."
const brokeOff = (why: string) => `The answer broke off. The answer broke off before its end (${why}).`
const NO_MORE = "No answer came in time. Bedrock said nothing for 1 second, so the request was given up. Try again."
const SAID = "Something happened on the way."

/** What each exception frame of ConverseStream means to the person. */
const EXCEPTIONS = {
	internalServerException: `The request failed. The request failed (InternalServerException). ${SAID}`,
	modelStreamErrorException: `The request failed. The request failed (ModelStreamErrorException). ${SAID}`,
	validationException: `The request cannot be sent as it is. Bedrock could not accept the request. AWS says: ${SAID}`,
	throttlingException: `The account's quota is used up for the moment; all tiers share it. The account's quota for gpt-oss-120b is used up for the moment. All tiers share it, so wait a little and try again. AWS says: ${SAID}`,
	serviceUnavailableException: `AWS has no room on Flex right now. Bedrock has no room for gpt-oss-120b right now. Try again, or on another tier. AWS says: ${SAID}`,
} as const

faults(test, {
	"silence in mid-stream": scenario("stall", { sees: NO_MORE, silent: true }),
	"reset after the first byte": scenario("reset-mid-stream", {
		sees: brokeOff("Stream closed with error code NGHTTP2_INTERNAL_ERROR"),
		http1: { sees: brokeOff("aborted") },
	}),
	"the connection is lost in mid-stream": scenario("connection-dropped", {
		sees: BROKE_OFF,
		http1: { sees: brokeOff("aborted") },
	}),
	"a quiet end in mid-stream": scenario("no-message-stop", { sees: BROKE_OFF }),
	"GOAWAY before the answer": {
		arrange: async (http) => ({
			endpoint: await server(http, ({ response }) => {
				response.stream.session?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0)
				response.stream.session?.destroy()
			}),
		}),
		sees: "There is no connection to Bedrock. The connection to Bedrock failed (ERR_HTTP2_SESSION_ERROR). Check the network, the region and the endpoint.",
		costs: "unanswered",
		http1: null,
	},
	"GOAWAY before the answer, and nothing more": {
		arrange: async (http) => ({
			endpoint: await server(http, ({ response }) => response.stream.session?.goaway(0, 0)),
		}),
		sees: NO_MORE,
		silent: true,
		costs: "unanswered",
		http1: null,
	},
	"GOAWAY in mid-stream": {
		arrange: async (http) => ({
			endpoint: await server(http, ({ response }) => {
				const { bytes } = mutation("ends cleanly between two frames", "before 3")
				response.writeHead(200)
				response.write(bytes, () => {
					response.stream.session?.goaway()
					response.stream.session?.destroy()
				})
			}),
		}),
		sees: BROKE_OFF,
		// A session that is destroyed may take back what it has just sent.
		answer: /^(Two tiers are paid by the token: )?$/,
		costs: "unknown",
		http1: null,
	},
	"a frame cut in its middle": scenario("cut-mid-frame", { sees: brokeOff("Truncated event message received.") }),
	"a bad checksum": scenario("bad-checksum", { sees: expectedChecksum() }),
	"a length that cannot be": {
		arrange: (http) => played(http, { bytes: Buffer.alloc(64, 0xff), ending: "end" }),
		sees: brokeOff("Truncated event message received."),
		costs: "unknown",
	},
	"garbage in place of frames": {
		arrange: (http) => played(http, { bytes: garbage(), ending: "end" }),
		sees: brokeOff("Truncated event message received."),
		costs: "unknown",
	},
	"a frame that is no JSON": {
		arrange: (http) => played(http, mutation("holds a frame that is no JSON", "at 3")),
		sees: brokeOff("Unexpected end of JSON input"),
		answer: "Two tiers are paid by the token: ",
		costs: "unknown",
	},
	...Object.fromEntries(
		Object.entries(EXCEPTIONS).flatMap(([name, sees]): [string, Fault][] => [
			[
				`${name} as the first frame`,
				{
					arrange: (http) => played(http, mutation("holds an exception", `${name} at 0`)),
					sees,
					costs: { refused: name === "throttlingException" ? 3 : 1 },
				},
			],
			[
				`${name} in mid-stream`,
				{
					arrange: (http) => played(http, mutation("holds an exception", `${name} at 3`)),
					sees,
					answer: "Two tiers are paid by the token: ",
					costs: "unknown",
				},
			],
		]),
	),
	"an exception that nobody knows": {
		arrange: (http) => played(http, mutation("holds an exception that the SDK does not know", "at 3")),
		sees: brokeOff(SAID),
		answer: "Two tiers are paid by the token: ",
		costs: "unknown",
	},
	"an error frame": {
		arrange: (http) => played(http, mutation("holds an error frame", "at 3")),
		sees: brokeOff("Sorry."),
		answer: "Two tiers are paid by the token: ",
		costs: "unknown",
	},
	"an event that nobody knows": scenario("unknown-event", { sees: null, costs: { usd: 0.000105 } }),
	"metadata missing": scenario("no-metadata", { sees: null }),
	"metadata twice": scenario("two-metadata", { sees: null, costs: { usd: 0.000105 } }),
	"metadata twice, with other numbers": {
		arrange: (http) => played(http, mutation("reports its usage twice, with different numbers", "at 8")),
		sees: null,
		answer: SAMPLE_TEXT,
		// 1,200 × $0.075 + 140 × $0.30 per million: the last report counts, once.
		costs: { usd: 0.000132 },
	},
	"no served tier": scenario("no-served-tier", { sees: null, costs: { usd: 0.000105 } }),
	"a served tier that nobody knows": scenario("unknown-served-tier", { sees: null }),
})

function scenario(name: ScenarioName, expected: Pick<Fault, "sees"> & Partial<Fault>): Fault {
	const arrange = () => {
		test.emulator.setScenario(name)
		return {}
	}
	return { arrange, answer: "Hello there.", costs: "unknown", ...expected }
}

async function played(http: Parameters<typeof answering>[0], answer: Parameters<typeof answering>[1]) {
	return { endpoint: await answering(http, answer) }
}

/** The same in every run: a small linear congruential generator. */
function garbage(): Buffer {
	let state = 7
	return Buffer.from(
		Array.from({ length: 4_096 }, () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16),
	)
}

function expectedChecksum(): string {
	return brokeOff("The message checksum (3238755998) did not match the expected value of 3238755937")
}
