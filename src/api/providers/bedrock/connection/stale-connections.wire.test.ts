import type { ServerHttp2Stream } from "node:http2"
import { connect, type Socket } from "node:net"
import { constants } from "node:http2"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { startRawServer, startServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest"
import type { FailedAttempt } from "../../../provider-contract"
import { ProviderFailure } from "../../../provider-failure"
import { AwsBedrockHandler } from "../bedrock-handler"
import type { BedrockHandlerOptions } from "../handler-options"

/** Connections that the server closes at chosen moments. A relay in front of the emulator closes them. */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi." })
})
beforeEach(() => {
	emulator.requests.length = 0
})
afterAll(() => emulator.close())

/** What the relay does with a request: forwards it, or ends the connection. */
type Reaction = (socket: Socket) => unknown
type Position = { readonly connection: number; readonly request: number }

/**
 * Starts a relay for HTTP/1.1.
 * @param reactionTo reaction to a request by its position, both counted from 1; `undefined` forwards it
 */
async function startRelay(reactionTo: (position: Position) => Reaction | undefined) {
	const positions: Position[] = []
	let connection = 0
	const url = await startRawServer((socket) => {
		const position = { connection: ++connection, request: 0 }
		const upstream = connect(Number(new URL(emulator.url).port), "127.0.0.1")
		upstream.on("error", () => socket.destroy())
		upstream.on("data", (bytes) => socket.write(bytes))
		socket.on("close", () => upstream.destroy())
		socket.on("data", (bytes) => {
			if (bytes.toString("latin1", 0, 5) === "POST ") {
				position.request++
				positions.push({ ...position })
				const react = reactionTo(position)
				if (react) return void react(socket)
			}
			return void upstream.write(bytes)
		})
	})
	return { url, positions }
}

function openHandler(endpoint: string, options: Partial<BedrockHandlerOptions> = {}) {
	const handler = new AwsBedrockHandler({
		region: "us-east-1",
		modelId: "openai.gpt-oss-20b-1:0",
		route: "auto",
		serviceTier: "flex",
		api: "converse",
		credentials: { method: "api-key", apiKey: "stale-test-key" },
		endpoint,
		http: "http1",
		applicationId: "stale-test",
		backoffMs: 1,
		...options,
	})
	onTestFinished(() => handler.dispose())
	return async (stream: boolean) => {
		const failed: FailedAttempt[] = []
		const onAttemptFailed = (attempt: FailedAttempt) => failed.push(attempt)
		let text = ""
		let code: string | undefined
		try {
			if (stream) {
				const chunks = handler.createMessage("", [{ role: "user", content: "Hello" }], { onAttemptFailed })
				for await (const chunk of chunks) if (chunk.type === "text") text += chunk.text
			} else text = await handler.completePrompt("Hello", { onAttemptFailed })
		} catch (failure) {
			code = ProviderFailure.is(failure) ? failure.code : String(failure)
		}
		return { text, code, failed }
	}
}

const CLOSE: readonly (readonly [name: string, reaction: Reaction])[] = [
	["closes", (socket) => socket.destroy()],
	["resets", (socket) => socket.resetAndDestroy()],
]

describe.each([
	["createMessage", true],
	["completePrompt", false],
] as const)("%s over HTTP/1.1", (_, stream) => {
	it.each(CLOSE)(
		"sends a request once more when the server %s a reused connection without a response",
		async (__, close) => {
			const relay = await startRelay(({ connection, request }) =>
				connection === 1 && request === 2 ? close : undefined,
			)
			const ask = openHandler(relay.url)
			expect(await ask(stream)).toEqual({ text: "Hi.", code: undefined, failed: [] })
			expect(await ask(stream)).toMatchObject({
				text: "Hi.",
				code: undefined,
				failed: [{ code: "network", outcome: "unanswered", sentTier: "flex", nextTier: "flex", waitMs: 0 }],
			})
			expect(relay.positions).toEqual([
				{ connection: 1, request: 1 },
				{ connection: 1, request: 2 },
				{ connection: 2, request: 1 },
			])
		},
	)

	it.each(CLOSE)("does not send a request again when the server %s a new connection", async (__, close) => {
		const relay = await startRelay(() => close)
		const { code, failed } = await openHandler(relay.url)(stream)
		expect([code, relay.positions.length]).toEqual(["network", 1])
		expect(failed).toMatchObject([{ outcome: "unanswered", nextTier: null }])
	})

	it("sends a request once more only once", async () => {
		const relay = await startRelay(({ connection, request }) =>
			connection + request > 2 ? (socket) => socket.destroy() : undefined,
		)
		const ask = openHandler(relay.url)
		await ask(stream)
		const { code, failed } = await ask(stream)
		expect([code, relay.positions.length]).toEqual(["network", 3])
		expect(failed).toMatchObject([
			{ outcome: "unanswered", nextTier: "flex" },
			{ outcome: "unanswered", nextTier: null },
		])
	})

	it("does not send a request again when a part of the response has arrived", async () => {
		const relay = await startRelay(({ request }) =>
			request === 2 ? (socket) => socket.write("HTTP/1.1 200", () => socket.destroySoon()) : undefined,
		)
		const ask = openHandler(relay.url)
		await ask(stream)
		const { code, failed } = await ask(stream)
		expect([code, relay.positions.length]).toEqual(["network", 2])
		expect(failed).toMatchObject([{ outcome: "unanswered", nextTier: null }])
	})

	it("does not send a request again when only one attempt is allowed", async () => {
		const relay = await startRelay(({ request }) => (request === 2 ? (socket) => socket.destroy() : undefined))
		const ask = openHandler(relay.url, { maxAttempts: 1 })
		await ask(stream)
		expect(await ask(stream)).toMatchObject({ code: "network", failed: [{ nextTier: null }] })
	})

	it("uses a connection again, but not after 55 seconds, in which the machine may have slept", async () => {
		const relay = await startRelay(() => undefined)
		const ask = openHandler(relay.url)
		vi.useFakeTimers({ toFake: ["Date"] })
		onTestFinished(() => void vi.useRealTimers())
		for (const seconds of [0, 54, 56]) {
			vi.setSystemTime(Date.now() + seconds * 1_000)
			expect((await ask(stream)).text).toBe("Hi.")
		}
		expect(relay.positions).toEqual([
			{ connection: 1, request: 1 },
			{ connection: 1, request: 2 },
			{ connection: 2, request: 1 },
		])
	})
})

it("A connection that the server will close within a second is not used again", async () => {
	const answer = (socket: Socket) =>
		socket.write(
			"HTTP/1.1 400 No\r\nkeep-alive: timeout=1\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",
		)
	const relay = await startRelay(() => answer)
	const ask = openHandler(relay.url)
	await ask(false)
	await ask(false)
	expect(relay.positions).toEqual([
		{ connection: 1, request: 1 },
		{ connection: 2, request: 1 },
	])
})

describe("A request over HTTP/2", () => {
	const relayTo = (url: string) => (socket: Socket) => {
		const upstream = connect(Number(new URL(url).port), "127.0.0.1")
		upstream.on("error", () => socket.destroy())
		socket.pipe(upstream).pipe(socket)
	}
	/** The first connection gets this reaction, every later one the emulator. */
	function startRefusal(refuse: Reaction) {
		let connections = 0
		return startRawServer((socket) => (++connections === 1 ? refuse : relayTo(emulator.url))(socket))
	}
	const byStream = async (end: (stream: ServerHttp2Stream) => unknown) =>
		relayTo(await startServer("http2", ({ response }) => end(response.stream)))
	/** Frames: an empty SETTINGS, and a GOAWAY with the last stream id 0, since Node's server sends none below a stream. */
	const GOAWAY = Buffer.from("000000040000000000" + "000008070000000000" + "0000000000000000", "hex")

	it.each([
		["RST_STREAM with REFUSED_STREAM", () => byStream((stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM))],
		[
			"GOAWAY with a lower last stream id",
			() => (socket: Socket) => socket.once("data", () => socket.write(GOAWAY)),
		],
	])("is sent once more, as refused, after %s", async (_, refusal) => {
		const ask = openHandler(await startRefusal(await refusal()), { http: "http2" })
		expect(await ask(true)).toMatchObject({
			text: "Hi.",
			code: undefined,
			failed: [{ code: "network", outcome: "refused", nextTier: "flex", waitMs: 0 }],
		})
		expect(emulator.requests).toHaveLength(1)
	})

	it.each([
		["RST_STREAM with another code", () => byStream((stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR))],
		["the end of the connection", () => byStream((stream) => stream.session?.destroy())],
	])("is not sent again, as unanswered, after %s", async (_, refusal) => {
		const ask = openHandler(await startRefusal(await refusal()), { http: "http2" })
		const { code, failed } = await ask(true)
		expect(code).toBe("network")
		expect(failed).toMatchObject([{ outcome: "unanswered", nextTier: null }])
		expect(emulator.requests).toHaveLength(0)
	})

	it("opens a connection of its own, so that it cannot meet a session that has died", async () => {
		let connections = 0
		const url = await startRawServer((socket) => {
			connections++
			relayTo(emulator.url)(socket)
		})
		const ask = openHandler(url, { http: "http2" })
		await ask(true)
		await ask(true)
		expect(connections).toBe(2)
	})
})
