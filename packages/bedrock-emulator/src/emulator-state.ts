import type { FixedAnswer } from "./fixed-answer"
import { findScenario, type Scenario, type ScenarioName } from "./scenarios"
import type { FixedUsage } from "./usage"

type Options = {
	readonly pace: "real" | "instant"
	/** The Region of a request that does not name one. */
	readonly region: string
	readonly answer: FixedAnswer | null
	/** Token counts of the next answers, in order; the last entry is reused. Empty: token counts are estimated. */
	usages: readonly FixedUsage[]
	scenario: ScenarioName
}

/** The options of a running emulator, and what its owner can change while it runs. */
export type EmulatorState = ReturnType<typeof createState>

export function createState(options: Options) {
	let attempts = 0
	return {
		...options,
		/** Whether the control plane denies every call. */
		deniesProfiles() {
			return findScenario(this.scenario).deniesProfiles ?? false
		},
		setScenario(name: ScenarioName) {
			this.scenario = name
			attempts = 0
		},
		/** Counts a request. `attempt` is its number since the scenario was selected, starting at 1. */
		nextAttempt(): { scenario: Scenario; attempt: number } {
			attempts += 1
			return { scenario: findScenario(this.scenario), attempt: attempts }
		},
		/** The fixed usage of the next answer; `null` when its token counts are estimated. */
		nextUsage(): FixedUsage | null {
			const [next = null, ...rest] = this.usages
			if (rest.length > 0) this.usages = rest
			return next
		},
	}
}
