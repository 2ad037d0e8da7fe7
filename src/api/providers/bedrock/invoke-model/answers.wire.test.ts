import type { UsageRecord } from "@bedrock-tiers/core"
import { constants, createServer, type Http2ServerResponse } from "node:http2"
import type { AddressInfo } from "node:net"
import { describe, expect, it } from "vitest"
import type { ApiStreamChunk, UsageChunk } from "../../../provider-contract"
import { writeBytes } from "@bedrock-tiers/test-kit/servers/playback"
import {
	complete,
	emulatedBedrock,
	GPT_OSS,
	HAIKU,
	NOVA_2,
	play,
	SONNET,
	stream,
	TEXT,
	textOf,
	USAGE,
	usagesOf,
} from "./testing/emulated-bedrock"

/**
 * How answers through InvokeModelWithResponseStream are read and how they may end, with the real SDK on a real socket.
 */
const bedrock = emulatedBedrock()

describe("Cached tokens", () => {
	const CACHED = { ...USAGE, inputTokens: 100, cacheReadInputTokens: 2000, cacheWriteInputTokens: 500 }

	it.each([GPT_OSS, NOVA_2, HAIKU])("of %s are counted separately from input", async (modelId) => {
		bedrock.emulator().setUsage(CACHED)
		const counted = {
			usage: { inputTokens: 100, outputTokens: 100, cacheReadTokens: 2000, cacheWriteTokens: 500 },
		}
		expect(await stream(bedrock.handler("default", { modelId }))).toMatchObject(counted)
		expect(await complete(bedrock.handler("default", { modelId }))).toMatchObject(counted)
	})

	it("of Claude are counted and priced by TTL", async () => {
		bedrock.emulator().setUsage({ ...CACHED, cacheWrite1hInputTokens: 200 })
		const usage = await stream(bedrock.handler("default", { modelId: HAIKU }))
		expect(usage.lines.map(({ kind, tokens }) => [kind, tokens])).toEqual([
			["input", 100],
			["output", 100],
			["cacheRead", 2000],
			["cacheWrite", 300],
			["cacheWrite1h", 200],
		])
		// 100 at $1.10, 100 at $5.50, 2,000 at $0.11, 300 at $1.375 and 200 at $2.20 per million.
		expect(usage.totalUsd).toBeCloseTo(0.0017325, 12)
	})

	it.each([GPT_OSS, NOVA_2, HAIKU])("are counted by Bedrock when %s reports no usage", async (modelId) => {
		bedrock.emulator().setScenario("no-model-usage")
		bedrock.emulator().setUsage(CACHED)
		expect(await stream(bedrock.handler("default", { modelId }))).toMatchObject({
			usage: { inputTokens: 100, outputTokens: 100, cacheReadTokens: 2000, cacheWriteTokens: 500 },
		})
	})
})

describe.each([GPT_OSS, NOVA_2, SONNET])("An answer of %s", (modelId) => {
	const NO_TOKENS = { usage: null, totalUsd: null }

	it.each(["no-message-stop", "cut-mid-frame", "connection-dropped", "reset-mid-stream", "bad-checksum"] as const)(
		"fails with stream-incomplete and unknown usage in the scenario %s",
		async (scenario) => {
			bedrock.emulator().setScenario(scenario)
			const { chunks, failure } = await play(bedrock.handler("flex", { modelId }))
			expect(failure).toMatchObject({ code: "stream-incomplete" })
			expect(usagesOf(chunks)).toMatchObject([NO_TOKENS])
			expect(textOf(chunks)).not.toBe("")
		},
	)

	it("fails with the code of an exception frame in mid-stream, and its usage is unknown", async () => {
		bedrock.emulator().setScenario("exception-mid-stream")
		const { chunks, failure } = await play(bedrock.handler("default", { modelId }))
		expect(failure).toMatchObject({ code: "quota-throttled" })
		expect(usagesOf(chunks)).toMatchObject([NO_TOKENS])
	})

	it("fails without usage when its first frame is an exception", async () => {
		bedrock.emulator().setScenario("exception-first")
		const { chunks, failure } = await play(bedrock.handler("default", { modelId }))
		expect(failure).toMatchObject({ code: "quota-throttled" })
		expect(chunks).toEqual([])
	})

	it.each(["unknown-event", "unknown-chunk", "two-metadata"] as const)(
		"completes and is counted once in the scenario %s",
		async (scenario) => {
			bedrock.emulator().setScenario(scenario)
			expect(await stream(bedrock.handler("default", { modelId }))).toMatchObject({
				usage: { inputTokens: 1000, outputTokens: 100 },
			})
		},
	)

	it("completes with an unknown cost when no usage is reported", async () => {
		bedrock.emulator().setScenario("no-metadata")
		expect(await stream(bedrock.handler("default", { modelId }))).toMatchObject({
			...NO_TOKENS,
			servedTier: "default",
			unpricedReason: "usage-not-reported",
		})
	})

	it("separates reasoning from the text", async () => {
		bedrock.emulator().setScenario("reasoning")
		const { chunks } = await play(bedrock.handler("default", { modelId }))
		const reasoning = chunks.map((chunk) => (chunk.type === "reasoning" ? chunk.text : "")).join("")
		expect(reasoning).toBe(
			"The person talks to the local emulator. No model is needed to answer that: a greeting will do.",
		)
		expect(textOf(chunks)).toBe(TEXT)
		const signatures = chunks.filter((chunk) => chunk.type === "thinking_complete")
		expect(signatures).toHaveLength(modelId === SONNET ? 1 : 0)
	})

	it("omits the reasoning when it is not streamed", async () => {
		bedrock.emulator().setScenario("reasoning")
		await complete(bedrock.handler("default", { modelId }))
	})

	it("ends at once when it is cancelled", async () => {
		bedrock.emulator().setScenario("stall")
		const stop = new AbortController()
		const bedrockHandler = bedrock.handler("default", { modelId })
		const chunks: ApiStreamChunk[] = []
		const playing = async () => {
			const answer = bedrockHandler.createMessage("", [{ role: "user", content: "Hello" }], {
				signal: stop.signal,
			})
			for await (const chunk of answer) {
				chunks.push(chunk)
				stop.abort()
			}
		}
		await expect(playing()).rejects.toMatchObject({ code: "cancelled" })
		bedrockHandler.dispose()
		expect(usagesOf(chunks)).toMatchObject([NO_TOKENS])
	})
})

describe("An answer without streaming", () => {
	const endings = {
		"that is not JSON": (response: Http2ServerResponse) => response.end("<html>"),
		"that breaks off": (response: Http2ServerResponse) => {
			response.write('{"output":{"mess')
			setImmediate(() => response.stream.close(constants.NGHTTP2_INTERNAL_ERROR))
		},
	}
	const cases = (["converse", "invoke-model"] as const).flatMap((api) =>
		Object.entries(endings).map(([what, end]) => [what, api, end] as const),
	)

	it.each(["converse", "invoke-model"] as const)(
		"that is cancelled while it arrives reports usage, because it may be billed (%s)",
		async (api) => {
			const stop = new AbortController()
			const server = createServer({}, (_, response) => {
				response.writeHead(200, { "content-type": "application/json" })
				void writeBytes(response.stream, Buffer.from('{"output":{"mess')).then(() => stop.abort())
			})
			await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
			const { port } = server.address() as AddressInfo
			const usages: UsageRecord[] = []
			const bedrockHandler = bedrock.handler("flex", { endpoint: `http://127.0.0.1:${port}`, api })
			const options = { signal: stop.signal, onUsage: ({ record }: UsageChunk) => usages.push(record) }
			await expect(bedrockHandler.completePrompt("Hello", options)).rejects.toMatchObject({ code: "cancelled" })
			bedrockHandler.dispose()
			server.close()
			expect(usages).toMatchObject([{ usage: null, totalUsd: null, unpricedReason: "usage-not-reported" }])
		},
	)

	it.each(cases)(
		"%s fails with stream-incomplete and reports usage, because it may be billed (%s)",
		async (_, api, end) => {
			const server = createServer({}, (_, response) => {
				response.writeHead(200, { "content-type": "text/html", "x-amzn-bedrock-service-tier": "flex" })
				end(response)
			})
			await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
			const { port } = server.address() as AddressInfo
			const usages: UsageRecord[] = []
			const bedrockHandler = bedrock.handler("flex", { endpoint: `http://127.0.0.1:${port}`, api })
			const answer = bedrockHandler.completePrompt("Hello", { onUsage: ({ record }) => usages.push(record) })
			await expect(answer).rejects.toMatchObject({ code: "stream-incomplete" })
			bedrockHandler.dispose()
			server.close()
			// Converse reports the served tier in the body, which is broken here.
			const servedTier = api === "converse" ? null : "flex"
			expect(usages).toMatchObject([{ usage: null, totalUsd: null, billedTier: "flex", servedTier }])
		},
	)
})
