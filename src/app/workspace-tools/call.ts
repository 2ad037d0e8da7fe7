import type { Deadline } from "./deadline"
import type { Root } from "./guard"
import type { Limits } from "./limits"

/** State shared by all steps of one tool call. */
export type Call = {
	readonly roots: readonly Root[]
	readonly limits: Limits
	readonly deadline: Deadline
}
