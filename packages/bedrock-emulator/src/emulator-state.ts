import type { FixedAnswer } from "./fixed-answer"
import { findScenario, type Scenario, type ScenarioName } from "./scenarios"
import type { FixedUsage } from "./usage"

/** What can be set from outside while the emulator runs. */
export type EmulatorState = {
	readonly pace: "real" | "instant"
	/** The Region the emulator stands for when a request names none. */
	readonly region: string
	readonly answer: FixedAnswer | null
	/** Of the answers to come, each in its turn; the last stays. Empty: they are estimated. */
	usages: readonly FixedUsage[]
	readonly scenario: ScenarioName
	/** Whether the control plane denies what it is asked. */
	readonly deniesProfiles: boolean
	setScenario(name: ScenarioName): void
	/** The scenario, and the number of this request among those it was asked about. */
	nextAttempt(): { scenario: Scenario; attempt: number }
	/** The fixed usage whose turn it is; null where none is fixed. */
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
