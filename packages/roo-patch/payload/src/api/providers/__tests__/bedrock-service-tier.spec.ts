import { createServer, type Http2Server } from "node:http2"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"

vi.mock("@roo-code/telemetry", () => ({ TelemetryService: { instance: { captureException: () => {} } } }))

import { AwsBedrockHandler } from "../bedrock"
import { keepServiceTier } from "../bedrock-service-tier"

/**
 * Service tiers over a real socket, with the real AWS SDK. The tests read the bytes that are sent, because the SDK
 * drops members that it does not know. They cannot prove that AWS accepts the requests.
 */

const NOVA_PRO = "amazon.nova-pro-v1:0"
const CLAUDE = "anthropic.claude-sonnet-4-5-20250929-v1:0"
const USAGE = { inputTokens: 1000, outputTokens: 500, totalTokens: 1500 }

type Settings = ConstructorParameters<typeof AwsBedrockHandler>[0]
type Sent = { path: string; headers: Record<string, unknown>; body: Record<string, unknown> }

let server: Http2Server
let sent: Sent[] = []
/** What the next responses report in addition to the usage. */
let reported: Record<string, unknown> = {}
let refusal: string | null = null

beforeAll(async () => {
	server = createServer()
	server.on("stream", (stream, headers) => {
		const parts: Buffer[] = []
		stream.on("data", (part: Buffer) => parts.push(part))
		stream.on("end", () => {
			const path = String(headers[":path"])
			sent.push({ path, headers, body: JSON.parse(Buffer.concat(parts).toString() || "{}") })
			if (refusal !== null) {
				stream.respond({ ":status": 400, "x-amzn-errortype": "ValidationException" })
				stream.end(JSON.stringify({ message: refusal }))
			} else if (path.endsWith("/converse-stream")) {
				stream.respond({ ":status": 200, "content-type": "application/vnd.amazon.eventstream" })
				stream.write(frame("messageStart", { role: "assistant" }))
				stream.write(frame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Hello" } }))
				stream.write(frame("contentBlockStop", { contentBlockIndex: 0 }))
				stream.write(frame("messageStop", { stopReason: "end_turn" }))
				stream.end(frame("metadata", { usage: USAGE, metrics: { latencyMs: 1 }, ...reported }))
			} else {
				stream.respond({ ":status": 200, "content-type": "application/json" })
				const message = { role: "assistant", content: [{ text: "Hello" }] }
				stream.end(JSON.stringify({ output: { message }, stopReason: "end_turn", usage: USAGE, ...reported }))
			}
		})
	})
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
})

afterAll(() => {
	server.close()
})

beforeEach(() => {
	sent = []
	reported = {}
	refusal = null
})

function handler(settings: Partial<Settings>): AwsBedrockHandler {
	const { port } = server.address() as AddressInfo
	return new AwsBedrockHandler({
		apiModelId: NOVA_PRO,
		awsRegion: "us-east-1",
		awsAccessKey: "AKIDEXAMPLE",
		awsSecretKey: "not-a-secret",
		awsBedrockEndpointEnabled: true,
		awsBedrockEndpoint: `http://127.0.0.1:${port}`,
		...settings,
	} as Settings)
}

async function chunksOf(settings: Partial<Settings>): Promise<any[]> {
	const chunks: any[] = []
	for await (const chunk of handler(settings).createMessage("Be brief.", [{ role: "user", content: "Hi" }]))
		chunks.push(chunk)
	return chunks
}

async function usageOf(settings: Partial<Settings>): Promise<any> {
	const usages = (await chunksOf(settings)).filter(({ type }) => type === "usage")
	expect(usages).toHaveLength(1)
	return usages[0]
}

describe("the request", () => {
	it.each([
		["FLEX", "flex"],
		["PRIORITY", "priority"],
	] as const)("has serviceTier in ConverseStream when the stored tier is %s", async (awsBedrockServiceTier, type) => {
		await chunksOf({ awsBedrockServiceTier })
		expect(sent).toHaveLength(1)
		expect(sent[0]!.path).toBe(`/model/${encodeURIComponent(NOVA_PRO)}/converse-stream`)
		expect(sent[0]!.body.serviceTier).toEqual({ type })
		expect(sent[0]!.body).not.toHaveProperty("service_tier")
	})

	it("has serviceTier in Converse when the stored tier is FLEX", async () => {
		expect(await handler({ awsBedrockServiceTier: "FLEX" }).completePrompt("Hi")).toBe("Hello")
		expect(sent[0]!.path).toBe(`/model/${encodeURIComponent(NOVA_PRO)}/converse`)
		expect(sent[0]!.body.serviceTier).toEqual({ type: "flex" })
	})

	it.each([
		["the stored tier STANDARD", { awsBedrockServiceTier: "STANDARD" }],
		["a profile without a stored tier", {}],
		["a model without tiers", { apiModelId: CLAUDE, awsBedrockServiceTier: "FLEX" }],
		[
			"Nova Lite, which supports no tier",
			{ apiModelId: "amazon.nova-lite-v1:0", awsBedrockServiceTier: "PRIORITY" },
		],
	] as const)("names no tier for %s", async (_, settings) => {
		await chunksOf(settings)
		await handler(settings).completePrompt("Hi")
		expect(sent).toHaveLength(2)
		for (const { headers, body } of sent) {
			expect(JSON.stringify(body)).not.toMatch(/tier/i)
			expect(Object.keys(headers).join()).not.toMatch(/tier/i)
		}
	})

	it("has serviceTier for the id of an inference profile", async () => {
		await chunksOf({ awsUseCrossRegionInference: true, awsBedrockServiceTier: "FLEX" })
		expect(sent[0]!.path).toBe(`/model/${encodeURIComponent(`us.${NOVA_PRO}`)}/converse-stream`)
		expect(sent[0]!.body.serviceTier).toEqual({ type: "flex" })
	})

	it("has serviceTier for the ARN of a foundation model", async () => {
		const awsCustomArn = `arn:aws:bedrock:us-west-2::foundation-model/${NOVA_PRO}`
		await chunksOf({ apiModelId: "custom-arn", awsCustomArn, awsBedrockServiceTier: "PRIORITY" })
		expect(sent[0]!.body.serviceTier).toEqual({ type: "priority" })
	})
})

// Nova Pro in us-east-1, USD per million tokens: Standard 0.80 and 3.20, Flex 0.40 and 1.60, Priority 1.40 and 5.60.
describe("costs and prices", () => {
	it.each([
		["default", 0.0024],
		["flex", 0.0012],
		["priority", 0.0042],
	])("a request served by %s costs %d USD, whatever tier was requested", async (type, cost) => {
		reported = { serviceTier: { type } }
		for (const awsBedrockServiceTier of [undefined, "STANDARD", "FLEX", "PRIORITY"] as const)
			expect((await usageOf({ awsBedrockServiceTier })).totalCost).toBeCloseTo(cost, 12)
	})

	it("the usage chunk reports the requested and the served tier", async () => {
		reported = { serviceTier: { type: "default" } }
		const { inputTokens, outputTokens, serviceTier } = await usageOf({ awsBedrockServiceTier: "FLEX" })
		expect({ inputTokens, outputTokens }).toEqual({ inputTokens: 1000, outputTokens: 500 })
		expect(serviceTier).toMatchObject({
			requestedTier: "flex",
			servedTier: "default",
			billedTier: "default",
			basis: "served",
			notSentReason: null,
			unpricedReason: null,
		})
	})

	it("a request without a reported tier costs the price of the sent tier", async () => {
		const { totalCost, serviceTier } = await usageOf({ awsBedrockServiceTier: "PRIORITY" })
		expect(totalCost).toBeCloseTo(0.0042, 12)
		expect(serviceTier).toMatchObject({ servedTier: null, billedTier: "priority", basis: "requested" })
	})

	it("a request whose tier was not sent costs Standard, and the usage chunk has the reason", async () => {
		const claude = { apiModelId: CLAUDE, awsUseCrossRegionInference: true }
		const { totalCost, serviceTier } = await usageOf({ ...claude, awsBedrockServiceTier: "FLEX" })
		// Claude Sonnet 4.5 through its US profile in us-east-1: 3.30 and 16.50.
		expect(totalCost).toBeCloseTo(0.01155, 12)
		expect(serviceTier).toMatchObject({
			requestedTier: "flex",
			notSentReason: "tier-not-offered",
			basis: "assumed-default",
		})
	})

	it("an unknown price adds nothing, and the usage chunk has the reason, not another model's price", async () => {
		const awsCustomArn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123"
		const settings = { apiModelId: "custom-arn", awsCustomArn, awsBedrockServiceTier: "FLEX" } as const
		const { totalCost, serviceTier } = await usageOf(settings)
		expect(sent[0]!.body.serviceTier).toEqual({ type: "flex" })
		expect(totalCost).toBe(0)
		expect(serviceTier.unpricedReason).toBe("model-unknown")
	})

	it("a profile without a known price is not priced as its base model", async () => {
		const awsCustomArn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.openai.gpt-oss-120b-1:0"
		const { totalCost, serviceTier } = await usageOf({ apiModelId: "custom-arn", awsCustomArn })
		expect(sent[0]!.path).toBe(`/model/${encodeURIComponent(awsCustomArn)}/converse-stream`)
		expect(totalCost).toBe(0)
		expect(serviceTier.unpricedReason).toBe("region-not-priced")
	})

	it("a prompt beyond the context window, which a beta allows at another price, is not priced", async () => {
		const claude = { apiModelId: CLAUDE, awsUseCrossRegionInference: true }
		reported = { usage: { inputTokens: 200_001, outputTokens: 500, totalTokens: 200_501 } }
		const { totalCost, serviceTier } = await usageOf(claude)
		expect(totalCost).toBe(0)
		expect(serviceTier.unpricedReason).toBe("input-price-unknown")
	})

	it("a model that only Roo Code's catalog lists keeps its own price", async () => {
		const { totalCost, serviceTier } = await usageOf({ apiModelId: "anthropic.claude-3-5-sonnet-20241022-v2:0" })
		expect(totalCost).toBeCloseTo(0.0105, 12)
		expect(serviceTier).toBeUndefined()
	})

	it("the model's description has the prices of the chosen tier", () => {
		const { info } = handler({ awsBedrockServiceTier: "PRIORITY" }).getModel()
		expect({ input: info.inputPrice, output: info.outputPrice }).toEqual({ input: 1.4, output: 5.6 })
	})
})

describe("a refused tier", () => {
	it("is reported with an error message that says what to do", async () => {
		refusal = "The provided service tier is not supported for this model."
		const message =
			"Amazon Bedrock refused the service tier Flex for Nova Pro in us-east-1. Choose Standard, or another tier, in " +
			`the provider settings and try again. AWS says: ${refusal}`
		await expect(chunksOf({ awsBedrockServiceTier: "FLEX" })).rejects.toThrow(message)
		await expect(handler({ awsBedrockServiceTier: "FLEX" }).completePrompt("Hi")).rejects.toThrow(message)
	})

	it("is thrown before any chunk, because after a chunk the task would retry the request at once", async () => {
		refusal = "The provided service tier is not supported for this model."
		const stream = handler({ awsBedrockServiceTier: "FLEX" }).createMessage("", [{ role: "user", content: "Hi" }])
		await expect(stream.next()).rejects.toMatchObject({ status: 400 })
		expect(sent).toHaveLength(1)
	})

	it("is not reported for another validation error", async () => {
		refusal = "The provided request is not valid."
		await expect(chunksOf({ awsBedrockServiceTier: "FLEX" })).rejects.not.toThrow(/service tier/)
	})
})

describe("keepServiceTier", () => {
	it("adds the tier to a chat row's text and preserves the other members", () => {
		const message = { text: '{"apiProtocol":"anthropic"}' }
		const serviceTier = {
			requestedTier: "flex",
			notSentReason: null,
			servedTier: "flex",
			billedTier: "flex",
			basis: "served",
			knownUsd: 0.0012,
			unpricedReason: null,
		} as const
		keepServiceTier(message, { serviceTier })
		expect(JSON.parse(message.text)).toEqual({ apiProtocol: "anthropic", serviceTier })
	})

	it("does not change a row when the chunk has no tier", () => {
		const message = { text: "as it was" }
		keepServiceTier(message, {})
		keepServiceTier(undefined, {})
		expect(message.text).toBe("as it was")
	})
})

/** Encodes one frame of an AWS event stream: lengths and checksums around headers and a JSON payload. */
function frame(event: string, payload: unknown): Buffer {
	const header = (name: string, value: string) => {
		const bytes = Buffer.alloc(2)
		bytes.writeUInt16BE(value.length)
		return Buffer.concat([
			Buffer.from([name.length]),
			Buffer.from(name),
			Buffer.from([7]),
			bytes,
			Buffer.from(value),
		])
	}
	const headers = Buffer.concat([
		header(":event-type", event),
		header(":content-type", "application/json"),
		header(":message-type", "event"),
	])
	const body = Buffer.from(JSON.stringify(payload))
	const prelude = Buffer.alloc(8)
	prelude.writeUInt32BE(16 + headers.length + body.length, 0)
	prelude.writeUInt32BE(headers.length, 4)
	const start = Buffer.concat([prelude, checksum(prelude), headers, body])
	return Buffer.concat([start, checksum(start)])
}

/** CRC-32, as four bytes in big-endian order. */
function checksum(bytes: Buffer): Buffer {
	let crc = ~0
	for (const byte of bytes) {
		crc ^= byte
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
	}
	const word = Buffer.alloc(4)
	word.writeUInt32BE(~crc >>> 0)
	return word
}
