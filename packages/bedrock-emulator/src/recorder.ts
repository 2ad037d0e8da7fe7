import type { ScenarioName } from "./scenarios"

/** One request as it arrived, and what became of it. */
export type UsageRecord = {
	method: string
	/** As received: percent-encoded, with its query. */
	path: string
	httpVersion: "1.1" | "2"
	/** Names in lower case. */
	headers: Record<string, string>
	/** UTF-8, byte for byte as received. */
	body: string
	operation:
		| "Converse"
		| "ConverseStream"
		| "InvokeModel"
		| "InvokeModelWithResponseStream"
		| "GetInferenceProfile"
		| "ListInferenceProfiles"
		| null
	/** Percent-decoded; null when the path names no model. */
	modelId: string | null
	/** The tier that was asked for, in the member or the header, also when it was refused; null when it was left out. */
	requestedTier: string | null
	/** The tier that served it, also when the stream broke off before it said so; null when none is named. */
	servedTier: string | null
	/** Top-level members of the body that AWS would drop without a word. Through InvokeModel: a tier in the body. */
	unknownMembers: string[]
	/** 0 until the emulator has decided; 200 as soon as a stream is accepted, also when it breaks off later. */
	status: number
}

/** Counts since the start, without any header or body: safe to show. */
export type EmulatorReport = {
	scenario: ScenarioName
	requests: number
	/** Requests that are being answered now. */
	open: number
	/** Requests whose client left before the answer was complete. */
	cancelled: number
	/** By operation; `none` for every other path. */
	byOperation: Record<string, number>
	/** By requested tier; `none` where the member was left out. */
	byRequestedTier: Record<string, number>
	/** By the tier that served, of answers with status 200; `none` where none is named. */
	byServedTier: Record<string, number>
	byStatus: Record<string, number>
	/** How often each unknown top-level member was sent. */
	unknownMembers: Record<string, number>
	/** Always false: the shape of a SigV4 signature is checked, its value is not. */
	signaturesVerified: false
}

/** A demo may run for days; the oldest records go, the counts stay. */
const RECORDS_KEPT = 1000

export type Recorder = ReturnType<typeof createRecorder>

export function createRecorder() {
	const requests: UsageRecord[] = []
	const counts = { requests: 0, open: 0, cancelled: 0 }
	const tallies = {
		byOperation: new Map<string, number>(),
		byRequestedTier: new Map<string, number>(),
		byServedTier: new Map<string, number>(),
		byStatus: new Map<string, number>(),
		unknownMembers: new Map<string, number>(),
	}
	const count = (tally: Map<string, number>, key: string) => tally.set(key, (tally.get(key) ?? 0) + 1)

	return {
		requests,
		opened(record: UsageRecord): void {
			requests.push(record)
			if (requests.length > RECORDS_KEPT) requests.shift()
			counts.requests += 1
			counts.open += 1
			count(tallies.byOperation, record.operation ?? "none")
			if (record.modelId !== null) count(tallies.byRequestedTier, record.requestedTier ?? "none")
			for (const name of record.unknownMembers) count(tallies.unknownMembers, name)
		},
		closed(record: UsageRecord, complete: boolean): void {
			counts.open -= 1
			if (!complete) counts.cancelled += 1
			if (record.status !== 0) count(tallies.byStatus, String(record.status))
			if (record.status === 200) count(tallies.byServedTier, record.servedTier ?? "none")
		},
		report(scenario: ScenarioName): EmulatorReport {
			const plain = Object.fromEntries(
				Object.entries(tallies).map(([name, tally]) => [name, Object.fromEntries(tally)]),
			) as Record<keyof typeof tallies, Record<string, number>>
			return { scenario, ...counts, ...plain, signaturesVerified: false }
		},
	}
}
