import { AwsFailure } from "./failures"
import * as faults from "./stream-faults"
import { tierNotSupported } from "./tiers"
import type { ToolInputKind } from "./fixed-answer"
import { refusedParameter, type Parameter } from "./parameters"
import type { StopReason } from "./stream-plan"
import type { FixedUsage } from "./usage"

/** The properties of a request on which a scenario decides. */
export type ScenarioRequest = {
	requestedTier: string | null
	/** 1 for the first valid request since the scenario was selected. */
	attempt: number
	/** Parameters that the request contains. */
	parameters: readonly Parameter[]
}

/** One behavior of the emulated Bedrock. A member that is absent means: as in `served-as-asked`. */
export type Scenario = {
	name: string
	/** One sentence, which is displayed to users. */
	description: string
	/** Returns the failure for a request that is otherwise valid, or `null` to accept the request. */
	refuse?: (request: ScenarioRequest) => AwsFailure | null
	/** Returns the served tier that the response reports, or `null` to report none. */
	serve?: (requestedTier: string | null) => string | null
	/** Changes the estimated usage. Usage that a test has set is not changed. */
	usage?: (usage: FixedUsage) => FixedUsage
	/** The fault in a stream. Converse and InvokeModel, which do not stream, are not affected. */
	fault?: faults.StreamFault
	reasoning?: true
	/** Denies GetInferenceProfile and ListInferenceProfiles; calls of models are not affected. */
	deniesProfiles?: true
	long?: true
	/** The answer calls the offered tools, one per request, and then consists of text. */
	callsTools?: true
	/** Every answer calls the first offered tool, with an input that is valid, cut off or no JSON. */
	callsFirstTool?: ToolInputKind
	/** The stop reason of every answer. */
	stopReason?: StopReason
	/** The answer has no text. */
	silent?: true
}

const always = (...failure: ConstructorParameters<typeof AwsFailure>) => ({ refuse: () => new AwsFailure(...failure) })
const servesAsDefault = (tier: string) => (requestedTier: string | null) =>
	requestedTier === tier ? "default" : (requestedTier ?? "default")
const TOO_MANY_TOKENS = ["ThrottlingException", "Too many tokens, please wait before trying again."] as const
const NO_CAPACITY = ["ServiceUnavailableException", "Too many connections, please wait before trying again."] as const

/** Every scenario, for `startEmulator`, `setScenario` and `POST /_emulator/scenario`. */
export const SCENARIOS = [
	{ name: "served-as-asked", description: "Every tier is served as it was asked for; no tier is served as default." },
	{
		name: "flex-served-as-default",
		description: "Flex is accepted, and the answer reports default.",
		serve: servesAsDefault("flex"),
	},
	{
		name: "priority-served-as-default",
		description: "Priority is accepted, and the answer reports default.",
		serve: servesAsDefault("priority"),
	},
	{
		name: "tier-refused",
		description: "Flex and priority are refused as not supported, whatever the model.",
		refuse: ({ requestedTier }) =>
			requestedTier === null || requestedTier === "default" ? null : tierNotSupported(),
	},
	{
		name: "tier-denied-by-policy",
		description: "An IAM policy denies every request that names a tier, default too.",
		refuse: ({ requestedTier }) =>
			requestedTier === null
				? null
				: new AwsFailure(
						"AccessDeniedException",
						"User: arn:aws:iam::123456789012:user/emulator is not authorized to perform: bedrock:InvokeModel " +
							"with an explicit deny in an identity-based policy",
					),
	},
	{ name: "no-served-tier", description: "The answer does not say which tier served it.", serve: () => null },
	{
		name: "unknown-served-tier",
		description: "The answer reports a tier that nobody has heard of: express.",
		serve: () => "express",
	},
	{ name: "served-as-reserved", description: "The answer reports reserved.", serve: () => "reserved" },
	{ name: "throttled", description: "429 ThrottlingException, every time.", ...always(...TOO_MANY_TOKENS) },
	{
		name: "refuses-temperature",
		description: "400 ValidationException for a request with a temperature, whatever the model.",
		refuse: ({ parameters }) => (parameters.includes("temperature") ? refusedParameter("temperature") : null),
	},
	{
		name: "refuses-tool-choice",
		description: "400 ValidationException for a request with a tool choice, whatever the model.",
		refuse: ({ parameters }) => (parameters.includes("toolChoice") ? refusedParameter("toolChoice") : null),
	},
	{
		name: "refuses-parameters",
		description:
			"400 ValidationException for the first parameter of a request, whatever the model, until it has none.",
		refuse: ({ parameters: [first] }) => (first === undefined ? null : refusedParameter(first)),
	},
	{
		name: "daily-quota",
		description: "429 ThrottlingException for the quota of a day, every time.",
		...always("ThrottlingException", "Too many tokens per day, please wait before trying again."),
	},
	{
		name: "prompt-too-long",
		description: "400 ValidationException for the first request, whose prompt is too long; then answers.",
		refuse: ({ attempt }) =>
			attempt === 1
				? new AwsFailure(
						"ValidationException",
						"The model returned the following errors: prompt is too long: 200049 tokens > 200000 maximum",
					)
				: null,
	},
	{
		name: "throttled-once",
		description: "429 ThrottlingException for the first request, then answers.",
		refuse: ({ attempt }) => (attempt === 1 ? new AwsFailure(...TOO_MANY_TOKENS) : null),
	},
	{
		name: "capacity-refused",
		description: "503 ServiceUnavailableException, every time.",
		...always(...NO_CAPACITY),
	},
	{
		name: "flex-capacity-refused",
		description: "503 ServiceUnavailableException for flex; other tiers are served.",
		refuse: ({ requestedTier }) => (requestedTier === "flex" ? new AwsFailure(...NO_CAPACITY) : null),
	},
	{
		name: "model-not-ready",
		description: "429 ModelNotReadyException, every time.",
		...always("ModelNotReadyException", "Model is not ready for inference. Wait and try your request again."),
	},
	{
		name: "model-timeout",
		description: "408 ModelTimeoutException, every time.",
		...always("ModelTimeoutException", "Model has timed out in processing the request. Try your request again."),
	},
	{
		name: "model-error",
		description: "424 ModelErrorException, every time.",
		...always("ModelErrorException", "The request failed due to an error while processing the model.", {
			originalStatusCode: 500,
		}),
	},
	{
		name: "access-denied",
		description: "403 AccessDeniedException, every time.",
		...always("AccessDeniedException", "You don't have access to the model with the specified model ID."),
	},
	{
		name: "credentials-expired",
		description: "403 ExpiredTokenException, every time.",
		...always("ExpiredTokenException", "The security token included in the request is expired"),
	},
	{
		name: "internal-error",
		description: "500 InternalServerException, every time.",
		...always(
			"InternalServerException",
			"The system encountered an unexpected error during processing. Try your request again.",
		),
	},
	{
		name: "no-metadata",
		description: "The stream ends after the model's stop: no usage and, through Converse, no served tier.",
		fault: faults.dropMetadata,
	},
	{
		name: "two-metadata",
		description: "The stream sends its metadata twice, to be counted once.",
		fault: faults.repeatMetadata,
	},
	{
		name: "no-message-stop",
		description: "The stream ends cleanly in the middle of the answer, without messageStop.",
		fault: faults.endWithoutMessageStop,
	},
	{
		name: "cut-mid-frame",
		description: "The stream ends inside a frame.",
		fault: faults.cutInsideFrame,
	},
	{
		name: "connection-dropped",
		description: "The connection goes away between two frames.",
		fault: faults.dropConnection,
	},
	{
		name: "reset-mid-stream",
		description: "RST_STREAM on HTTP/2, a TCP reset on HTTP/1.1, in the middle of the answer.",
		fault: faults.resetStream,
	},
	{
		name: "bad-checksum",
		description: "One frame in the middle of the answer has a wrong checksum.",
		fault: faults.breakChecksum,
	},
	{
		name: "exception-mid-stream",
		description: "A throttlingException frame in the middle of the answer, after the 200.",
		fault: faults.throttleMidStream,
	},
	{
		name: "exception-first",
		description: "A throttlingException frame after the 200, before anything else.",
		fault: faults.throttleFirst,
	},
	{
		name: "unknown-event",
		description: "An event that no client knows, in the middle of the answer.",
		fault: faults.addUnknownEvent,
	},
	{
		name: "unknown-chunk",
		description: "A chunk whose content no client knows, in the middle of the answer.",
		fault: faults.addUnknownChunk,
	},
	{
		name: "no-model-usage",
		description: "Through InvokeModel, the stream holds Bedrock's own counts instead of the model's; else none.",
		fault: faults.dropModelUsage,
	},
	{ name: "reasoning", description: "The answer starts with reasoning and its signature.", reasoning: true },
	{
		name: "stall",
		description:
			"The stream falls silent in the middle of the answer, and ends without messageStop after 2 minutes.",
		fault: faults.stall,
	},
	{
		name: "cache",
		description: "The usage holds 2,000 tokens read from the prompt cache and 500 written to it.",
		usage: (usage) => ({ ...usage, cacheReadInputTokens: 2000, cacheWriteInputTokens: 500 }),
	},
	{
		name: "profiles-denied",
		description: "403 AccessDeniedException for GetInferenceProfile and ListInferenceProfiles; models answer.",
		deniesProfiles: true,
	},
	{ name: "no-words", description: "The answer ends in order, without a word in it.", silent: true },
	{
		name: "calls-tools",
		description: "Calls the tools that are offered, one in each request and each once, then answers in words.",
		callsTools: true,
	},
	{
		name: "calls-first-tool",
		description: "Calls the first tool in every request that offers one.",
		callsFirstTool: "valid",
	},
	{
		name: "cuts-tool-calls",
		description: "Calls the first tool in every request, and is cut off within its input.",
		callsFirstTool: "cut-off",
		stopReason: "max_tokens",
	},
	{
		name: "malformed-tool-input",
		description: "Calls the first tool in every request, with an input that is no JSON.",
		callsFirstTool: "not-json",
	},
	{
		name: "guardrail-intervened",
		description: "A guardrail stops every answer.",
		stopReason: "guardrail_intervened",
	},
	{ name: "content-filtered", description: "A content filter stops every answer.", stopReason: "content_filtered" },
	{
		name: "malformed-output",
		description: "Every answer ends because the model wrote something that is not valid.",
		stopReason: "malformed_model_output",
	},
	{
		name: "malformed-tool-use",
		description: "Every answer ends because the model's tool call is not valid.",
		stopReason: "malformed_tool_use",
	},
	{
		name: "context-window-exceeded",
		description: "Every answer ends because the context window is full.",
		stopReason: "model_context_window_exceeded",
	},
	{ name: "long-answer", description: "Every answer is some 400 words longer.", long: true },
] as const satisfies readonly Scenario[]

export type ScenarioName = (typeof SCENARIOS)[number]["name"]

export function isScenarioName(name: string): name is ScenarioName {
	return SCENARIOS.some((scenario) => scenario.name === name)
}

export function findScenario(name: ScenarioName): Scenario {
	const scenario: Scenario | undefined = SCENARIOS.find((candidate) => candidate.name === name)
	if (scenario === undefined) throw new Error(`Unknown scenario: ${name}`)
	return scenario
}
