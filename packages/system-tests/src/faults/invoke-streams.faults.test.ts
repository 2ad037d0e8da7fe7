import type { ScenarioName } from "@bedrock-tiers/bedrock-emulator"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { INVOKE_SAMPLE, mutation } from "@bedrock-tiers/test-kit/samples/response-sample"
import { answering } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { faults, type Fault } from "./testing/run-fault-scenario"

/** What is InvokeModel's own: the model's words lie within chunks, and its stream has one exception more. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const BROKE_OFF = "The answer broke off. The answer broke off before its end."
const brokeOff = (why: string) => `The answer broke off. The answer broke off before its end (${why}).`
const SAID = "Something happened on the way."
const NO_ROOM = `AWS has no room on Flex right now. Bedrock has no room for gpt-oss-120b right now. Try again, or on another tier. AWS says: ${SAID}`

/** What each exception frame of InvokeModel's stream means to the person. */
const EXCEPTIONS = {
	internalServerException: `The request failed. The request failed (InternalServerException). ${SAID}`,
	modelStreamErrorException: `The request failed. The request failed (ModelStreamErrorException). ${SAID}`,
	validationException: `The request cannot be sent as it is. Bedrock could not accept the request. AWS says: ${SAID}`,
	throttlingException: `The account's quota is used up for the moment; all tiers share it. The account's quota for gpt-oss-120b is used up for the moment. All tiers share it, so wait a little and try again. AWS says: ${SAID}`,
	modelTimeoutException: NO_ROOM,
	serviceUnavailableException: NO_ROOM,
} as const

const table: Readonly<Record<string, Fault>> = {
	"silence in mid-stream": scenario("stall", {
		sees: "No answer came in time. Bedrock said nothing for 1 second, so the request was given up. Try again.",
		silent: true,
	}),
	"a quiet end in mid-stream": scenario("no-message-stop", { sees: BROKE_OFF }),
	"a frame cut in its middle": scenario("cut-mid-frame", { sees: brokeOff("Truncated event message received.") }),
	"a bad checksum": brokenBehindWords(
		"has a bad checksum over a frame",
		"at 5",
		brokeOff("The message checksum (1546625819) did not match the expected value of 1546625870"),
	),
	"a chunk that is no JSON": brokenBehindWords(
		"holds a frame that is no JSON",
		"at 5",
		brokeOff("Unexpected end of JSON input"),
	),
	...Object.fromEntries(
		Object.entries(EXCEPTIONS).flatMap(([name, sees]): [string, Fault][] => [
			[
				`${name} as the first frame`,
				{
					arrange: played("holds an exception", `${name} at 0`),
					sees,
					costs: { refused: name === "throttlingException" ? 3 : 1 },
				},
			],
			[`${name} in mid-stream`, brokenBehindWords("holds an exception", `${name} at 5`, sees)],
		]),
	),
	"an exception that nobody knows": brokenBehindWords(
		"holds an exception that the SDK does not know",
		"at 5",
		brokeOff(SAID),
	),
	"a chunk that nobody knows": scenario("unknown-chunk", { sees: null, costs: { usd: 0.000105 } }),
	"Bedrock's counts in place of the model's": scenario("no-model-usage", { sees: null, costs: { usd: 0.000105 } }),
	"no counts at all": scenario("no-metadata", { sees: null }),
	"the counts twice": scenario("two-metadata", { sees: null, costs: { usd: 0.000105 } }),
	"no served tier": scenario("no-served-tier", { sees: null, costs: { usd: 0.000105 } }),
	"a served tier that nobody knows": scenario("unknown-served-tier", { sees: null }),
}

faults(
	test,
	Object.fromEntries(Object.entries(table).map(([name, fault]) => [`InvokeModel: ${name}`, fault])),
	"invoke-model",
)

function scenario(name: ScenarioName, expected: Pick<Fault, "sees"> & Partial<Fault>): Fault {
	const arrange = () => {
		test.emulator.setScenario(name)
		return {}
	}
	return { arrange, answer: "Hello there.", costs: "unknown", ...expected }
}

/** Its first five chunks arrive. */
function brokenBehindWords(kind: string, name: string, sees: string): Fault {
	return { arrange: played(kind, name), sees, answer: "Here are the files:", costs: "unknown" }
}

function played(kind: string, name: string): Fault["arrange"] {
	return async (http) => ({ endpoint: await answering(http, mutation(kind, name, INVOKE_SAMPLE)) })
}
