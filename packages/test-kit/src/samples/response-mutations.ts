import { encodeFrame, type Fixture, type Frame, type JsonMembers } from "./response-fixture"

/** One changed answer: the bytes that go over the wire, and what of it arrives whole. */
export type Mutation = {
	readonly name: string
	readonly bytes: Uint8Array
	/**
	 * `end` = as a good answer ends; `reset` = RST_STREAM or a TCP reset; `drop` = the connection is closed; `silence` =
	 * it stays open, and nothing more comes.
	 */
	readonly ending: "end" | "reset" | "drop" | "silence"
	/** Frames that arrive undamaged before the answer ends, in order. */
	readonly arrives: readonly Frame[]
	/** What AWS says instead of going on. */
	readonly exception?: string
}

/** Those that the SDK's model has for each of the two streams. */
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

/** A mutation's kind, and how it is made at every place where it can be. */
export const MUTATIONS: Readonly<Record<string, (fixture: Fixture) => Mutation[]>> = {
	"nothing changed": ({ frames }) => [whole("as it is", frames)],
	"ends cleanly between two frames": ({ frames }) => cutsBetween(frames, "end"),
	"ends cleanly within a frame": ({ frames }) => cutsWithin(frames, "end"),
	"is reset": ({ frames }) => [...cutsBetween(frames, "reset"), ...cutsWithin(frames, "reset", 1)],
	"loses its connection": ({ frames }) => [...cutsBetween(frames, "drop"), ...cutsWithin(frames, "drop", 1)],
	"falls silent": ({ frames }) => [...cutsBetween(frames, "silence"), ...cutsWithin(frames, "silence", 1)],
	"loses one frame": ({ frames }) => frames.map((_, at) => whole(`without ${at}`, without(frames, at))),
	"has a bad checksum over the lengths": ({ frames }) => damaged(frames, () => 8),
	"has a bad checksum over a frame": ({ frames }) => damaged(frames, (length) => length - 1),
	"has a changed payload": ({ frames }) => damaged(frames, (length) => length - 6),
	"holds a frame that is no JSON": ({ frames }) =>
		frames.map((frame, at) => ({
			name: `at ${at}`,
			bytes: joined([
				...frames.slice(0, at).map(encode),
				encodeFrame(frame, '{"delta":'),
				...rest(frames, at + 1),
			]),
			ending: "end",
			arrives: frames.slice(0, at),
		})),
	"has two neighbours swapped": ({ frames }) =>
		frames.slice(1).map((frame, at) => {
			const first = frames[at] as Frame
			return whole(`${at} and ${at + 1}`, [...frames.slice(0, at), frame, first, ...frames.slice(at + 2)])
		}),
	"holds an unknown event": ({ frames }) => inserted(frames, unknownEvent("quantumEvent")),
	"holds unknown members in a known event": ({ frames }) =>
		frames.map((frame, at) => whole(`at ${at}`, frames.with(at, withMembers(frame, { news: { of: [1, null] } })))),
	"holds an unknown word of the model": ({ frames, api }) =>
		api === "converse" ? [] : inserted(frames, { ...unknownEvent("chunk"), chunk: { type: "news", news: {} } }),
	"holds an exception": ({ frames, api }) =>
		EXCEPTIONS[api].flatMap((exception) =>
			places(frames).map((at) => ({
				name: `${exception} at ${at}`,
				bytes: joined([...frames.slice(0, at).map(encode), exceptionFrame(exception), ...rest(frames, at)]),
				ending: "end" as const,
				arrives: frames.slice(0, at),
				exception,
			})),
		),
	// The SDK tells of these as of damage, so the request counts as one that was accepted.
	"holds an exception that the SDK does not know": ({ frames }) =>
		broken(frames, {
			":exception-type": "accessDeniedException",
			":content-type": "application/json",
			":message-type": "exception",
		}),
	"holds an error frame": ({ frames }) =>
		broken(frames, { ":error-code": "InternalError", ":error-message": "Sorry.", ":message-type": "error" }),
	"reports no usage": ({ frames }) => [whole("anywhere", frames.map(withoutUsage))],
	"reports its usage twice, with the same numbers": ({ frames }) =>
		frames.flatMap((frame, at) =>
			frame.tells?.reports ? places(frames).map((place) => insertedAt(frames, frame, place, `${at} at`)) : [],
		),
	"reports its usage twice, with different numbers": ({ frames, secondReport }) => inserted(frames, secondReport),
}

const encode = (frame: Frame) => encodeFrame(frame)
const rest = (frames: readonly Frame[], from: number) => frames.slice(from).map(encode)
const joined = (parts: readonly Uint8Array[]) => Buffer.concat(parts)
const places = (frames: readonly Frame[]) => [...frames.keys(), frames.length]
const without = (frames: readonly Frame[], at: number) => frames.filter((_, index) => index !== at)

function whole(name: string, frames: readonly Frame[]): Mutation {
	return { name, bytes: joined(frames.map(encode)), ending: "end", arrives: frames }
}

function insertedAt(frames: readonly Frame[], frame: Frame, at: number, name = "at"): Mutation {
	return whole(`${name} ${at}`, [...frames.slice(0, at), frame, ...frames.slice(at)])
}

function inserted(frames: readonly Frame[], frame: Frame): Mutation[] {
	return places(frames).map((at) => insertedAt(frames, frame, at))
}

function cutsBetween(frames: readonly Frame[], ending: Mutation["ending"]): Mutation[] {
	return places(frames).map((at) => ({
		name: `before ${at}`,
		bytes: joined(frames.slice(0, at).map(encode)),
		ending,
		arrives: frames.slice(0, at),
	}))
}

/** After the length, the lengths, their checksum, in the headers, in the payload, in the last checksum. */
function cutsWithin(frames: readonly Frame[], ending: Mutation["ending"], most = 12): Mutation[] {
	return frames.flatMap((frame, at) => {
		const bytes = encode(frame)
		const { length } = bytes
		const middle = Math.floor(length / 2)
		const cuts = [middle, 1, 3, 4, 5, 8, 11, 12, 13, length - 5, length - 4, length - 1].slice(0, most)
		return cuts.map((cut) => ({
			name: `in ${at}, after byte ${cut} of ${length}`,
			bytes: joined([...frames.slice(0, at).map(encode), bytes.subarray(0, cut)]),
			ending,
			arrives: frames.slice(0, at),
		}))
	})
}

/** One byte of one frame is another. */
function damaged(frames: readonly Frame[], place: (length: number) => number): Mutation[] {
	return frames.map((frame, at) => {
		const bytes = Uint8Array.from(encode(frame))
		const index = place(bytes.length)
		bytes[index] = (bytes[index] ?? 0) ^ 0x55
		return {
			name: `at ${at}`,
			bytes: joined([...frames.slice(0, at).map(encode), bytes, ...rest(frames, at + 1)]),
			ending: "end",
			arrives: frames.slice(0, at),
		}
	})
}

/** A frame stands there that ends the answer. */
function broken(frames: readonly Frame[], headers: Frame["headers"]): Mutation[] {
	const frame = encodeFrame({ headers, payload: { message: "Something happened on the way." } })
	return places(frames).map((at) => ({
		name: `at ${at}`,
		bytes: joined([...frames.slice(0, at).map(encode), frame, ...rest(frames, at)]),
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
	const { own: _own, bedrock: _bedrock, ...tells } = frame.tells ?? {}
	const less = (members: JsonMembers) => JSON.parse(JSON.stringify(members, strip)) as JsonMembers
	return {
		...frame,
		...(frame.chunk ? { chunk: less(frame.chunk) } : {}),
		...(frame.payload ? { payload: less(frame.payload) } : {}),
		tells,
	}
}

function strip(key: string, value: unknown): unknown {
	return USAGE_MEMBERS.has(key) ? undefined : value
}
