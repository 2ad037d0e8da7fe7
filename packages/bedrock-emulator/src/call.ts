import type { EmulatorState } from "./emulator-state"
import type { Exchange } from "./exchange"
import type { RecordedRequest } from "./recorder"

/** A request that an operation is to answer. */
export type Call = {
	state: EmulatorState
	exchange: Exchange
	record: RecordedRequest
	modelId: string
	/** `x-amzn-requestid`, on every answer. */
	headers: Record<string, string>
}
