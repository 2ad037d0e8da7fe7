import { constants, createServer, type Http2ServerResponse } from "node:http2"
import type { AddressInfo } from "node:net"
import { describe, expect, it } from "vitest"
import type { ApiStreamChunk, UsageChunk } from "../../../provider-contract"
import { sent } from "@bedrock-tiers/test-kit/servers/playback"
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

/** How answers through InvokeModelWithResponseStream are read and how they may end, by the real SDK on a real socket. */
const bedrock = emulatedBedrock()

describe("Cached tokens are counted once", () => {
	const CACHED = { ...USAGE, inputTokens: 100, cacheReadInputTokens: 2000, cacheWriteInputTokens: 500 }

	it.each([GPT_OSS, NOVA_2, HAIKU])("by %s, read and written ones apart from input", async (modelId) => {
		bedrock.emulator().setUsage(CACHED)
		const counted = { inputTokens: 100, outputTokens: 100, cacheReadTokens: 2000, cacheWriteTokens: 500 }
		expect(await stream(bedrock.handler("default", { modelId }))).toMatchObject(counted)
		expect(await complete(bedrock.handler("default", { modelId }))).toMatchObject(counted)
	})

	it("by Claude, written ones by lifetime", async () => {
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
		expect(usage.totalCost).toBeCloseTo(0.0017325, 12)
	})

	it.each([GPT_OSS, NOVA_2, HAIKU])("by Bedrock's own counts where %s reports none", async (modelId) => {
		bedrock.emulator().setScenario("no-model-usage")
		bedrock.emulator().setUsage(CACHED)
		expect(await stream(bedrock.handler("default", { modelId }))).toMatchObject({
			inputTokens: 100,
			outputTokens: 100,
			cacheReadTokens: 2000,
			cacheWriteTokens: 500,
		})
	})
})

describe.each([GPT_OSS, NOVA_2, SONNET])("A stream of %s", (modelId) => {
	const NO_TOKENS = { inputTokens: null, outputTokens: null, totalCost: null }

	it.each(["no-message-stop", "cut-mid-frame", "connection-dropped", "reset-mid-stream", "bad-checksum"] as const)(
		"that ends as in %s is incomplete, and its usage unknown",
		async (scenario) => {
			bedrock.emulator().setScenario(scenario)
			const { chunks, failure } = await play(bedrock.handler("flex", { modelId }))
			expect(failure).toMatchObject({ code: "stream-incomplete" })
			expect(usagesOf(chunks)).toMatchObject([NO_TOKENS])
			expect(textOf(chunks)).not.toBe("")
		},
	)

	it("with an exception frame in the middle fails with that exception's code, and its usage is unknown", async () => {
		bedrock.emulator().setScenario("exception-mid-stream")
		const { chunks, failure } = await play(bedrock.handler("default", { modelId }))
		expect(failure).toMatchObject({ code: "quota-throttled" })
		expect(usagesOf(chunks)).toMatchObject([NO_TOKENS])
	})

	it("with an exception frame before anything else was refused", async () => {
		bedrock.emulator().setScenario("exception-first")
		const { chunks, failure } = await play(bedrock.handler("default", { modelId }))
		expect(failure).toMatchObject({ code: "quota-throttled" })
		expect(chunks).toEqual([])
	})

	it.each(["unknown-event", "unknown-chunk", "two-metadata"] as const)(
		"with %s comes to its end, counted once",
		async (scenario) => {
			bedrock.emulator().setScenario(scenario)
			expect(await stream(bedrock.handler("default", { modelId }))).toMatchObject({
				inputTokens: 1000,
				outputTokens: 100,
			})
		},
	)

	it("without any usage is whole, and not shown as free", async () => {
		bedrock.emulator().setScenario("no-metadata")
		expect(await stream(bedrock.handler("default", { modelId }))).toMatchObject({
			...NO_TOKENS,
			servedTier: "default",
			unpricedReason: "usage-not-reported",
		})
	})

	it("brings reasoning apart from the text", async () => {
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

	it("leaves the reasoning out of an answer in one piece", async () => {
		bedrock.emulator().setScenario("reasoning")
		await complete(bedrock.handler("default", { modelId }))
	})

	it("is stopped at once", async () => {
		bedrock.emulator().setScenario("stall")
		const stop = new AbortController()
		const under = bedrock.handler("default", { modelId })
		const chunks: ApiStreamChunk[] = []
		const playing = async () => {
			const answer = under.createMessage("", [{ role: "user", content: "Hello" }], { signal: stop.signal })
			for await (const chunk of answer) {
				chunks.push(chunk)
				stop.abort()
			}
		}
		await expect(playing()).rejects.toMatchObject({ code: "cancelled" })
		under.dispose()
		expect(usagesOf(chunks)).toMatchObject([NO_TOKENS])
	})
})

describe("An answer in one piece", () => {
	const endings = {
		"that is no JSON": (response: Http2ServerResponse) => response.end("<html>"),
		"that breaks off": (response: Http2ServerResponse) => {
			response.write('{"output":{"mess')
			setImmediate(() => response.stream.close(constants.NGHTTP2_INTERNAL_ERROR))
		},
	}
	const cases = (["converse", "invoke-model"] as const).flatMap((api) =>
		Object.entries(endings).map(([what, end]) => [what, api, end] as const),
	)

	it.each(["converse", "invoke-model"] as const)(
		"that is stopped on its way was paid for, through %s",
		async (api) => {
			const stop = new AbortController()
			const server = createServer({}, (_, response) => {
				response.writeHead(200, { "content-type": "application/json" })
				void sent(response.stream, Buffer.from('{"output":{"mess')).then(() => stop.abort())
			})
			await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
			const { port } = server.address() as AddressInfo
			const usages: UsageChunk[] = []
			const under = bedrock.handler("flex", { endpoint: `http://127.0.0.1:${port}`, api })
			const options = { signal: stop.signal, onUsage: (usage: UsageChunk) => usages.push(usage) }
			await expect(under.completePrompt("Hello", options)).rejects.toMatchObject({ code: "cancelled" })
			under.dispose()
			server.close()
			expect(usages).toMatchObject([{ inputTokens: null, totalCost: null, unpricedReason: "usage-not-reported" }])
		},
	)

	it.each(cases)("%s is a broken one, and was paid for all the same, through %s", async (_, api, end) => {
		const server = createServer({}, (_, response) => {
			response.writeHead(200, { "content-type": "text/html", "x-amzn-bedrock-service-tier": "flex" })
			end(response)
		})
		await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
		const { port } = server.address() as AddressInfo
		const usages: UsageChunk[] = []
		const under = bedrock.handler("flex", { endpoint: `http://127.0.0.1:${port}`, api })
		const answer = under.completePrompt("Hello", { onUsage: (usage) => usages.push(usage) })
		await expect(answer).rejects.toMatchObject({ code: "stream-incomplete" })
		under.dispose()
		server.close()
		// Converse tells the served tier in the answer itself.
		const servedTier = api === "converse" ? null : "flex"
		expect(usages).toMatchObject([{ inputTokens: null, totalCost: null, billedTier: "flex", servedTier }])
	})
})
