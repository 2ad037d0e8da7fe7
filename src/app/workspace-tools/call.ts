import type { Clock } from "./clock"
import type { Root } from "./guard"
import type { Limits } from "./limits"

/** What every tool works with. */
export type Call = {
	readonly roots: readonly Root[]
	readonly limits: Limits
	readonly clock: Clock
}
