import type { FixedAnswer } from "./fixed-answer"
import { findScenario, type Scenario, type ScenarioName } from "./scenarios"
import type { FixedUsage } from "./usage"

/** The options of a running emulator, and what its owner can change while it runs. */
export type EmulatorState = {
	readonly pace: "real" | "instant"
	/** The Region of a request that does not name one. */
	readonly region: string
	readonly answer: FixedAnswer | null
	/** Token counts of the next answers, in order; the last entry is reused. Empty: token counts are estimated. */
	usages: readonly FixedUsage[]
	readonly scenario: ScenarioName
	/** Whether the control plane denies every call. */
	readonly deniesProfiles: boolean
	setScenario(name: ScenarioName): void
	/** Counts a request. `attempt` is its number since the scenario was selected, starting at 1. */
	nextAttempt(): { scenario: Scenario; attempt: number }
	/** The fixed usage of the next answer; `null` when its token counts are estimated. */
	nextUsage(): FixedUsage | null
}

export function createState(options: {
	pace: "real" | "instant"
	region: string
	answer: FixedAnswer | null
	usages: readonly FixedUsage[]
	scenario: ScenarioName
}): EmulatorState {
	let current = findScenario(options.scenario)
	let name = options.scenario
	let attempts = 0
	return {
		pace: options.pace,
		region: options.region,
		answer: options.answer,
		usages: options.usages,
		get scenario() {
			return name
		},
		get deniesProfiles() {
			return current.deniesProfiles ?? false
		},
		setScenario(next) {
			current = findScenario(next)
			name = next
			attempts = 0
		},
		nextAttempt() {
			attempts += 1
			return { scenario: current, attempt: attempts }
		},
		nextUsage() {
			const [next = null, ...rest] = this.usages
			if (rest.length > 0) this.usages = rest
			return next
		},
	}
}
