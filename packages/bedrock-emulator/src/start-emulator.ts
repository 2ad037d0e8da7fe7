import { answerRequest } from "./answer-request"
import { createState } from "./emulator-state"
import { openExchange } from "./exchange"
import type { FixedAnswer } from "./fixed-answer"
import { listen } from "./listen"
import { createRecorder, type EmulatorReport, type RecordedRequest } from "./recorder"
import type { ScenarioName } from "./scenarios"
import type { FixedUsage } from "./usage"

export type EmulatorOptions = {
	/** Default: 0, which selects any free port. The emulator listens on 127.0.0.1 only. */
	port?: number
	/** Default: `served-as-asked`. */
	scenario?: ScenarioName
	/** `real` (default): priority responds fast, flex slowly. `instant`: no delays, for tests. */
	pace?: "real" | "instant"
	/**
	 * Token counts to report: one value for every answer, or a list with one entry per answer, whose last entry is
	 * reused. Default: an estimate of one token per four characters.
	 */
	usage?: FixedUsage | readonly FixedUsage[]
	/** The text of every answer, or its text and tool use. Default: a generated text. */
	answer?: string | FixedAnswer
	/**
	 * The Region of a request with a bearer token; default: us-east-1. A request signed with SigV4 names its own
	 * Region. The Region decides which models can be called by their bare id.
	 */
	region?: string
}

export type Emulator = {
	/** `http://127.0.0.1:<port>`, for HTTP/1.1 and for HTTP/2 with prior knowledge. */
	readonly url: string
	readonly port: number
	/** The last 1000 requests in order of arrival, except those to the control endpoints. */
	readonly requests: RecordedRequest[]
	readonly scenario: ScenarioName
	/** Selects a scenario and restarts its count of requests. */
	setScenario(name: ScenarioName): void
	/** Sets the token counts of the next answers, like the option `usage`; `null` restores the estimate. */
	setUsage(usage: FixedUsage | readonly FixedUsage[] | null): void
	report(): EmulatorReport
	/** Ends every connection and frees the port. */
	close(): Promise<void>
}

/**
 * Starts a local Bedrock Runtime that supports Converse, InvokeModel and their streaming variants.
 *
 * @throws Error with `code` "EADDRINUSE" when the port is in use
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const { answer = null } = options
	const state = createState({
		pace: options.pace ?? "real",
		region: options.region ?? "us-east-1",
		answer: typeof answer === "string" ? { text: answer } : answer,
		usages: toUsageList(options.usage ?? null),
		scenario: options.scenario ?? "served-as-asked",
	})
	const recorder = createRecorder()

	const { port, close } = await listen(options.port ?? 0, async (request, response, drop) => {
		try {
			const exchange = await openExchange(request, response, drop)
			if (exchange !== null) await answerRequest(exchange, state, recorder)
		} catch {
			// The client disconnected before its request was complete, so no response can be sent.
			response.destroy()
		}
	})

	return {
		url: `http://127.0.0.1:${port}`,
		port,
		requests: recorder.requests,
		get scenario() {
			return state.scenario
		},
		setScenario: (name) => state.setScenario(name),
		setUsage: (usage) => {
			state.usages = toUsageList(usage)
		},
		report: () => recorder.report(state.scenario),
		close,
	}
}

function toUsageList(usage: FixedUsage | readonly FixedUsage[] | null): readonly FixedUsage[] {
	if (usage === null) return []
	return "inputTokens" in usage ? [usage] : usage
}
