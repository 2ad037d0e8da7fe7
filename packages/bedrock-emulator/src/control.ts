import * as z from "zod"
import { parseJson } from "./converse-request"
import type { EmulatorState } from "./emulator-state"
import { sendJson, type Exchange } from "./exchange"
import type { EmulatorReport } from "./recorder"
import { isScenarioName, SCENARIOS } from "./scenarios"

export const CONTROL_PREFIX = "/_emulator/"

/** A web page cannot send this header to another origin: its browser asks first, and the emulator does not agree. */
const CONTROL_HEADER = "x-emulator-control"
/** Excludes a page whose own host name was rebound to this machine. */
const LOCAL_AUTHORITY = /^(127\.0\.0\.1|localhost)(:\d+)?$/

/**
 * Answers the emulator's own endpoints, which need no credentials and are not recorded. A request has the header
 * `X-Emulator-Control`, with any value, and names this machine as its host.
 */
export function answerControl(exchange: Exchange, state: EmulatorState, report: () => EmulatorReport): void {
	if (!(CONTROL_HEADER in exchange.headers) || !LOCAL_AUTHORITY.test(exchange.authority))
		return sendJson(exchange, 403, { message: "Send the header X-Emulator-Control: 1 to 127.0.0.1 or localhost." })
	const path = exchange.path.split("?")[0] ?? ""
	switch (`${exchange.method} ${path}`) {
		case "GET /_emulator/report":
			return sendJson(exchange, 200, report())
		case "GET /_emulator/scenarios":
			return sendJson(exchange, 200, {
				current: state.scenario,
				scenarios: SCENARIOS.map(({ name, description }) => ({ name, description })),
			})
		case "POST /_emulator/scenario":
			return selectScenario(exchange, state)
		default:
			return sendJson(exchange, 404, { message: `The emulator has no ${exchange.method} ${path}.` })
	}
}

function selectScenario(exchange: Exchange, state: EmulatorState): void {
	const body = z.object({ name: z.string() }).safeParse(parseJson(exchange.body))
	const name = body.data?.name ?? null
	if (name === null || !isScenarioName(name)) {
		return sendJson(exchange, 400, {
			message: name === null ? 'Send {"name": "…"}.' : `Unknown scenario: ${name}`,
			known: SCENARIOS.map((scenario) => scenario.name),
		})
	}
	state.setScenario(name)
	sendJson(exchange, 200, { scenario: name })
}
