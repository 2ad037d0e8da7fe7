import { encodeFrame, type Fixture, type Frame, type JsonMembers } from "./response-fixture"

/** A changed response: the bytes on the wire, and the frames that arrive intact. */
export type Mutation = {
	readonly name: string
	readonly bytes: Uint8Array
	/**
	 * `end`: the response ends normally. `reset`: RST_STREAM or a TCP reset. `drop`: the connection is closed.
	 * `silence`: the connection stays open and nothing more is sent.
	 */
	readonly ending: "end" | "reset" | "drop" | "silence"
	/** Frames that arrive intact before the response ends, in order. */
	readonly arrives: readonly Frame[]
	/** Exception that ends the response. */
	readonly exception?: string
}

/** Exceptions that the SDK's model defines for each of the two streams. */
const EXCEPTIONS = {
	converse: [
		"internalServerException",
		"modelStreamErrorException",
		"validationException",
		"throttlingException",
		"serviceUnavailableException",
	],
	"invoke-model": [
		"internalServerException",
		"modelStreamErrorException",
		"validationException",
		"throttlingException",
		"modelTimeoutException",
		"serviceUnavailableException",
	],
} as const

/** Mutations by kind. Each function creates the mutation at every possible position of a response. */
export const MUTATIONS: Readonly<Record<string, (fixture: Fixture) => Mutation[]>> = {
	"is unchanged": ({ frames }) => [completeResponse("unchanged", frames)],
	"ends cleanly between two frames": ({ frames }) => cutBetweenFrames(frames, "end"),
	"ends cleanly within a frame": ({ frames }) => cutWithinFrames(frames, "end"),
	"is reset": ({ frames }) => [...cutBetweenFrames(frames, "reset"), ...cutWithinFrames(frames, "reset", 1)],
	"loses its connection": ({ frames }) => [
		...cutBetweenFrames(frames, "drop"),
		...cutWithinFrames(frames, "drop", 1),
	],
	"falls silent": ({ frames }) => [...cutBetweenFrames(frames, "silence"), ...cutWithinFrames(frames, "silence", 1)],
	"lacks one frame": ({ frames }) => frames.map((_, at) => completeResponse(`without ${at}`, without(frames, at))),
	"has a wrong prelude checksum": ({ frames }) => damageByte(frames, () => 8),
	"has a wrong message checksum": ({ frames }) => damageByte(frames, (length) => length - 1),
	"has a changed payload": ({ frames }) => damageByte(frames, (length) => length - 6),
	"contains a frame with invalid JSON": ({ frames }) =>
		frames.map((frame, at) => ({
			name: `at ${at}`,
			bytes: concat([
				...frames.slice(0, at).map(encode),
				encodeFrame(frame, '{"delta":'),
				...rest(frames, at + 1),
			]),
			ending: "end",
			arrives: frames.slice(0, at),
		})),
	"has two adjacent frames swapped": ({ frames }) =>
		frames.slice(1).map((frame, at) => {
			const first = frames[at] as Frame
			return completeResponse(`${at} and ${at + 1}`, [
				...frames.slice(0, at),
				frame,
				first,
				...frames.slice(at + 2),
			])
		}),
	"contains an unknown event": ({ frames }) => insertEverywhere(frames, unknownEvent("quantumEvent")),
	"contains unknown members in a known event": ({ frames }) =>
		frames.map((frame, at) =>
			completeResponse(`at ${at}`, frames.with(at, withMembers(frame, { news: { of: [1, null] } }))),
		),
	"contains an unknown model chunk": ({ frames, api }) =>
		api === "converse"
			? []
			: insertEverywhere(frames, { ...unknownEvent("chunk"), chunk: { type: "news", news: {} } }),
	"contains an exception": ({ frames, api }) =>
		EXCEPTIONS[api].flatMap((exception) =>
			positions(frames).map((at) => ({
				name: `${exception} at ${at}`,
				bytes: concat([...frames.slice(0, at).map(encode), exceptionFrame(exception), ...rest(frames, at)]),
				ending: "end" as const,
				arrives: frames.slice(0, at),
				exception,
			})),
		),
	// The SDK reports these like damaged frames, so the request counts as accepted.
	"contains an exception unknown to the SDK": ({ frames }) =>
		insertTerminalFrame(frames, {
			":exception-type": "accessDeniedException",
			":content-type": "application/json",
			":message-type": "exception",
		}),
	"contains an error frame": ({ frames }) =>
		insertTerminalFrame(frames, {
			":error-code": "InternalError",
			":error-message": "Sorry.",
			":message-type": "error",
		}),
	"reports no usage": ({ frames }) => [completeResponse("in every frame", frames.map(withoutUsage))],
	"reports usage twice with the same counts": ({ frames }) =>
		frames.flatMap((frame, at) =>
			frame.metadata?.countsComplete
				? positions(frames).map((position) => insertAt(frames, frame, position, `${at} at`))
				: [],
		),
	"reports usage twice with different counts": ({ frames, secondReport }) => insertEverywhere(frames, secondReport),
}

const encode = (frame: Frame) => encodeFrame(frame)
const rest = (frames: readonly Frame[], from: number) => frames.slice(from).map(encode)
const concat = (parts: readonly Uint8Array[]) => Buffer.concat(parts)
const positions = (frames: readonly Frame[]) => [...frames.keys(), frames.length]
const without = (frames: readonly Frame[], at: number) => frames.filter((_, index) => index !== at)

function completeResponse(name: string, frames: readonly Frame[]): Mutation {
	return { name, bytes: concat(frames.map(encode)), ending: "end", arrives: frames }
}

function insertAt(frames: readonly Frame[], frame: Frame, at: number, name = "at"): Mutation {
	return completeResponse(`${name} ${at}`, [...frames.slice(0, at), frame, ...frames.slice(at)])
}

function insertEverywhere(frames: readonly Frame[], frame: Frame): Mutation[] {
	return positions(frames).map((at) => insertAt(frames, frame, at))
}

function cutBetweenFrames(frames: readonly Frame[], ending: Mutation["ending"]): Mutation[] {
	return positions(frames).map((at) => ({
		name: `before ${at}`,
		bytes: concat(frames.slice(0, at).map(encode)),
		ending,
		arrives: frames.slice(0, at),
	}))
}

/** Cuts each frame within and after its lengths, prelude checksum, headers, payload and message checksum. */
function cutWithinFrames(frames: readonly Frame[], ending: Mutation["ending"], maxCuts = 12): Mutation[] {
	return frames.flatMap((frame, at) => {
		const bytes = encode(frame)
		const { length } = bytes
		const middle = Math.floor(length / 2)
		const cuts = [middle, 1, 3, 4, 5, 8, 11, 12, 13, length - 5, length - 4, length - 1].slice(0, maxCuts)
		return cuts.map((cut) => ({
			name: `in ${at}, after byte ${cut} of ${length}`,
			bytes: concat([...frames.slice(0, at).map(encode), bytes.subarray(0, cut)]),
			ending,
			arrives: frames.slice(0, at),
		}))
	})
}

/** Changes one byte of one frame. */
function damageByte(frames: readonly Frame[], position: (length: number) => number): Mutation[] {
	return frames.map((frame, at) => {
		const bytes = Uint8Array.from(encode(frame))
		const index = position(bytes.length)
		bytes[index] = (bytes[index] ?? 0) ^ 0x55
		return {
			name: `at ${at}`,
			bytes: concat([...frames.slice(0, at).map(encode), bytes, ...rest(frames, at + 1)]),
			ending: "end",
			arrives: frames.slice(0, at),
		}
	})
}

/** Inserts a frame that ends the response. */
function insertTerminalFrame(frames: readonly Frame[], headers: Frame["headers"]): Mutation[] {
	const frame = encodeFrame({ headers, payload: { message: "Something happened on the way." } })
	return positions(frames).map((at) => ({
		name: `at ${at}`,
		bytes: concat([...frames.slice(0, at).map(encode), frame, ...rest(frames, at)]),
		ending: "end",
		arrives: frames.slice(0, at),
	}))
}

function unknownEvent(name: string): Frame {
	const headers = { ":event-type": name, ":content-type": "application/json", ":message-type": "event" }
	return { headers, payload: { contentBlockIndex: 0, delta: { text: "not for you" } } }
}

function exceptionFrame(exception: string): Uint8Array {
	const headers = { ":exception-type": exception, ":content-type": "application/json", ":message-type": "exception" }
	return encodeFrame({ headers, payload: { message: "Something happened on the way." } })
}

function withMembers(frame: Frame, members: JsonMembers): Frame {
	return frame.chunk
		? { ...frame, chunk: { ...frame.chunk, ...members } }
		: { ...frame, payload: { ...frame.payload, ...members } }
}

const USAGE_MEMBERS = new Set(["usage", "amazon-bedrock-invocationMetrics"])

function withoutUsage(frame: Frame): Frame {
	const { modelCounts: _modelCounts, bedrockCounts: _bedrockCounts, ...metadata } = frame.metadata ?? {}
	const stripUsage = (members: JsonMembers) => JSON.parse(JSON.stringify(members, omitUsage)) as JsonMembers
	return {
		...frame,
		...(frame.chunk ? { chunk: stripUsage(frame.chunk) } : {}),
		...(frame.payload ? { payload: stripUsage(frame.payload) } : {}),
		metadata,
	}
}

function omitUsage(key: string, value: unknown): unknown {
	return USAGE_MEMBERS.has(key) ? undefined : value
}
