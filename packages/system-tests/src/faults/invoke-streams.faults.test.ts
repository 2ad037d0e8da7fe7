import type { ScenarioName } from "@bedrock-tiers/bedrock-emulator"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { INVOKE_SAMPLE, findMutation } from "@bedrock-tiers/test-kit/samples/response-sample"
import { startReplayServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { testFaults, type Fault } from "./testing/run-fault-scenario"

/** Faults specific to InvokeModel: the model's output is inside chunks, and the stream has one more exception type. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const BROKE_OFF = "The answer broke off before its end."
const brokeOff = (why: string) => `The answer broke off before its end (${why}).`
const AWS_MESSAGE = "Something happened on the way."
const CAPACITY_REFUSED = `Bedrock has no room for gpt-oss-120b right now. Try again, or on another tier. AWS says: ${AWS_MESSAGE}`

/** Message that the user sees for each exception frame of InvokeModel's stream. */
const EXCEPTIONS = {
	internalServerException: `The request failed (InternalServerException). ${AWS_MESSAGE}`,
	modelStreamErrorException: `The request failed (ModelStreamErrorException). ${AWS_MESSAGE}`,
	validationException: `Bedrock could not accept the request. AWS says: ${AWS_MESSAGE}`,
	throttlingException: `The account's quota for gpt-oss-120b is used up for the moment. All tiers share it, so wait a little and try again. AWS says: ${AWS_MESSAGE}`,
	modelTimeoutException: CAPACITY_REFUSED,
	serviceUnavailableException: CAPACITY_REFUSED,
} as const

const table: Readonly<Record<string, Fault>> = {
	"a stream that stalls": scenario("stall", {
		sees: "Bedrock said nothing for 1 second, so the request was given up. Try again.",
		silent: true,
	}),
	"a stream that ends without its end marker": scenario("no-message-stop", { sees: BROKE_OFF }),
	"a frame cut in the middle": scenario("cut-mid-frame", { sees: brokeOff("Truncated event message received.") }),
	"a wrong message checksum": brokenAfterText(
		"has a wrong message checksum",
		"at 5",
		brokeOff("The message checksum (1546625819) did not match the expected value of 1546625870"),
	),
	"a chunk with invalid JSON": brokenAfterText(
		"contains a frame with invalid JSON",
		"at 5",
		brokeOff("Unexpected end of JSON input"),
	),
	...Object.fromEntries(
		Object.entries(EXCEPTIONS).flatMap(([name, sees]): [string, Fault][] => [
			[
				`${name} as the first frame`,
				{
					arrange: replay("contains an exception", `${name} at 0`),
					sees,
					costs: { refused: name === "throttlingException" ? 3 : 1 },
				},
			],
			[`${name} during the stream`, brokenAfterText("contains an exception", `${name} at 5`, sees)],
		]),
	),
	"an exception unknown to the SDK": brokenAfterText(
		"contains an exception unknown to the SDK",
		"at 5",
		brokeOff(AWS_MESSAGE),
	),
	"a chunk of an unknown type": scenario("unknown-chunk", { sees: null, costs: { usd: 0.000105 } }),
	"token counts from Bedrock instead of the model": scenario("no-model-usage", {
		sees: null,
		costs: { usd: 0.000105 },
	}),
	"no token counts": scenario("no-metadata", { sees: null }),
	"token counts reported twice": scenario("two-metadata", { sees: null, costs: { usd: 0.000105 } }),
	"no served tier reported": scenario("no-served-tier", { sees: null, costs: { usd: 0.000105 } }),
	"an unknown served tier": scenario("unknown-served-tier", { sees: null }),
}

testFaults(
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

/** A fault after the first five chunks have arrived. */
function brokenAfterText(kind: string, name: string, sees: string): Fault {
	return { arrange: replay(kind, name), sees, answer: "Here are the files:", costs: "unknown" }
}

function replay(kind: string, name: string): Fault["arrange"] {
	return async (http) => ({ endpoint: await startReplayServer(http, findMutation(kind, name, INVOKE_SAMPLE)) })
}
