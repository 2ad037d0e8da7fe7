import type { EmulatorState } from "./emulator-state"
import type { Exchange } from "./exchange"
import type { UsageRecord } from "./recorder"

/** A request that an operation is to answer. */
export type Call = {
	state: EmulatorState
	exchange: Exchange
	record: UsageRecord
	modelId: string
	/** `x-amzn-requestid`, on every answer. */
	headers: Record<string, string>
}
