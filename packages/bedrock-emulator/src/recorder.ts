import type { ScenarioName } from "./scenarios"

/** One request as received, and its outcome. */
export type RecordedRequest = {
	method: string
	/** As received: percent-encoded, including the query string. */
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
	/** Percent-decoded; `null` when the path names no model. */
	modelId: string | null
	/** The tier in the body member or the header, even if it was refused; `null` when the request names none. */
	requestedTier: string | null
	/** The served tier, even if the stream failed before it was reported; `null` when the response reports none. */
	servedTier: string | null
	/** Top-level body members that AWS would silently drop. For InvokeModel: a tier in the body. */
	unknownMembers: string[]
	/** HTTP status; 0 until it is decided, 200 as soon as a stream is accepted, even if the stream fails later. */
	status: number
}

/** Counts since the emulator started. Contains no header or body, so it is safe to display. */
export type EmulatorReport = {
	scenario: ScenarioName
	requests: number
	/** Requests in progress. */
	open: number
	/** Requests whose client disconnected before the response was complete. */
	cancelled: number
	/** By operation; `none` for every other path. */
	byOperation: Record<string, number>
	/** By requested tier; `none` for requests that name none. */
	byRequestedTier: Record<string, number>
	/** By served tier, for responses with status 200; `none` for responses that report none. */
	byServedTier: Record<string, number>
	byStatus: Record<string, number>
	/** How often each unknown top-level member was sent. */
	unknownMembers: Record<string, number>
	/** Always false: the emulator checks the format of a SigV4 signature, not its value. */
	signaturesVerified: false
}

/** Limit of the stored records, because a demo may run for days. The oldest are removed; the counts remain. */
const MAX_RECORDS = 1000

export type Recorder = ReturnType<typeof createRecorder>

export function createRecorder() {
	const requests: RecordedRequest[] = []
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
		start(record: RecordedRequest): void {
			requests.push(record)
			if (requests.length > MAX_RECORDS) requests.shift()
			counts.requests += 1
			counts.open += 1
			count(tallies.byOperation, record.operation ?? "none")
			if (record.modelId !== null) count(tallies.byRequestedTier, record.requestedTier ?? "none")
			for (const name of record.unknownMembers) count(tallies.unknownMembers, name)
		},
		finish(record: RecordedRequest, complete: boolean): void {
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
