import { answerRequest } from "./answer-request"
import { createState } from "./emulator-state"
import { openExchange } from "./exchange"
import type { FixedAnswer } from "./fixed-answer"
import { listen } from "./listen"
import { createRecorder, type EmulatorReport, type UsageRecord } from "./recorder"
import type { ScenarioName } from "./scenarios"
import type { FixedUsage } from "./usage"

export type EmulatorOptions = {
	/** 0, the default, takes any free port. The emulator listens on 127.0.0.1 only. */
	port?: number
	/** `served-as-asked` unless said otherwise. */
	scenario?: ScenarioName
	/** `real`, the default: priority answers fast, flex slowly. `instant`: no waits, for tests. */
	pace?: "real" | "instant"
	/**
	 * Token counts to report: of every answer, or of one answer after the other, the last ones from then on. Otherwise they are
	 * estimated: a token for every four characters.
	 */
	usage?: FixedUsage | readonly FixedUsage[]
	/** The text of every answer, or a text and a tool use. */
	answer?: string | FixedAnswer
	/**
	 * The Region that a request with a bearer token is taken to arrive in; us-east-1 unless said otherwise. A request
	 * signed with SigV4 names its own. Decides which models can be called by their bare id.
	 */
	region?: string
}

export type Emulator = {
	/** `http://127.0.0.1:<port>`, for HTTP/1.1 and for HTTP/2 with prior knowledge. */
	readonly url: string
	readonly port: number
	/** The last thousand requests in order of arrival, without those to the control endpoints. */
	readonly requests: UsageRecord[]
	readonly scenario: ScenarioName
	/** Counts from here the requests that the scenario sees. */
	setScenario(name: ScenarioName): void
	/** Fixes the token counts of the answers to come, as `usage` does; null goes back to the estimate. */
	setUsage(usage: FixedUsage | readonly FixedUsage[] | null): void
	report(): EmulatorReport
	/** Ends every connection and frees the port. */
	close(): Promise<void>
}

/**
 * Starts a local Bedrock Runtime that answers Converse, InvokeModel and their streams.
 *
 * @throws Error with `code` "EADDRINUSE" when the port is taken
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const { answer = null } = options
	const state = createState({
		pace: options.pace ?? "real",
		region: options.region ?? "us-east-1",
		answer: typeof answer === "string" ? { text: answer } : answer,
		usages: inTurn(options.usage ?? null),
		scenario: options.scenario ?? "served-as-asked",
	})
	const recorder = createRecorder()

	const { port, close } = await listen(options.port ?? 0, async (request, response, drop) => {
		try {
			const exchange = await openExchange(request, response, drop)
			if (exchange !== null) await answerRequest(exchange, state, recorder)
		} catch {
			// The client left before its request was complete: nobody to answer.
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
			state.usages = inTurn(usage)
		},
		report: () => recorder.report(state.scenario),
		close,
	}
}

function inTurn(usage: FixedUsage | readonly FixedUsage[] | null): readonly FixedUsage[] {
	if (usage === null) return []
	return "inputTokens" in usage ? [usage] : usage
}
