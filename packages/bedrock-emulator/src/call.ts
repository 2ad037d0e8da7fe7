import type { EmulatorState } from "./emulator-state"
import type { Exchange } from "./exchange"
import type { RecordedRequest } from "./recorder"

/** A request for one operation, with everything that is needed to answer it. */
export type Call = {
	state: EmulatorState
	exchange: Exchange
	record: RecordedRequest
	modelId: string
	/** Headers of every response: `x-amzn-requestid`. */
	headers: Record<string, string>
}
