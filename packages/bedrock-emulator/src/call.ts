import type { EmulatorState } from "./emulator-state"
import type { Exchange } from "./exchange"
import type { UsageRecord } from "./recorder"

/** A request for one operation, with everything that is needed to answer it. */
export type Call = {
	state: EmulatorState
	exchange: Exchange
	record: UsageRecord
	modelId: string
	/** Headers of every response: `x-amzn-requestid`. */
	headers: Record<string, string>
}
