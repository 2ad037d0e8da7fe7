import { InvokeModelCommand, InvokeModelWithResponseStreamCommand } from "@aws-sdk/client-bedrock-runtime"
import { afterEach, describe, expect, it } from "vitest"
import { startEmulator, type Emulator } from "../start-emulator"
import { HTTP_VERSIONS, realClient } from "../testing/real-client"

/** The real AWS SDK, without changes for the emulator, accepts the emulator's responses. */
const GPT_OSS = "openai.gpt-oss-20b-1:0"
const CLAUDE = "us.anthropic.claude-sonnet-4-6"
const NOVA = "us.amazon.nova-2-lite-v1:0"

const BODIES: Record<string, object> = {
	[GPT_OSS]: { messages: [{ role: "user", content: "Hello" }] },
	[CLAUDE]: {
		anthropic_version: "bedrock-2023-05-31",
		max_tokens: 100,
		messages: [{ role: "user", content: "Hello" }],
	},
	[NOVA]: { messages: [{ role: "user", content: [{ text: "Hello" }] }] },
}

let emulator: Emulator | undefined
afterEach(() => emulator?.close())
const start = async () => (emulator = await startEmulator({ pace: "instant", answer: "Hi." }))

const decode = (bytes: Uint8Array | undefined) => JSON.parse(Buffer.from(bytes ?? []).toString()) as unknown

describe.each(HTTP_VERSIONS)("InvokeModel over HTTP/%s", (httpVersion) => {
	const invoke = (url: string, modelId: string, body: object, serviceTier?: "flex") =>
		realClient(url, httpVersion).send(
			new InvokeModelCommand({ modelId, body: JSON.stringify(body), ...(serviceTier && { serviceTier }) }),
		)

	it.each([
		[
			GPT_OSS,
			{ choices: [{ message: { content: "Hi." }, finish_reason: "stop" }], usage: { completion_tokens: 1 } },
		],
		[CLAUDE, { content: [{ type: "text", text: "Hi." }], stop_reason: "end_turn", usage: { output_tokens: 1 } }],
		[
			NOVA,
			{ output: { message: { content: [{ text: "Hi." }] } }, stopReason: "end_turn", usage: { outputTokens: 1 } },
		],
	])("returns a response in the wire format of %s", async (modelId, expected) => {
		const { url, requests } = await start()
		const response = await invoke(url, modelId, BODIES[modelId] ?? {})
		expect(decode(response.body)).toMatchObject(expected)
		expect(response.serviceTier).toBe("default")
		expect(requests[0]).toMatchObject({ operation: "InvokeModel", requestedTier: null, status: 200 })
	})

	it("reads the tier from a request header and returns the served tier in a response header", async () => {
		const { url, requests } = await start()
		expect((await invoke(url, GPT_OSS, BODIES[GPT_OSS] ?? {}, "flex")).serviceTier).toBe("flex")
		expect(requests[0]).toMatchObject({ requestedTier: "flex", servedTier: "flex", unknownMembers: [] })
	})

	it.each(Object.keys(BODIES))(
		"streams %s as JSON chunks, the last one with Bedrock's token counts",
		async (modelId) => {
			const { url } = await start()
			const command = new InvokeModelWithResponseStreamCommand({ modelId, body: JSON.stringify(BODIES[modelId]) })
			const response = await realClient(url, httpVersion).send(command)
			const chunks: unknown[] = []
			for await (const event of response.body ?? []) chunks.push(decode(event.chunk?.bytes))
			expect(response).toMatchObject({ serviceTier: "default", contentType: "application/json" })
			expect(JSON.stringify(chunks)).toContain("Hi.")
			expect(chunks.at(-1)).toMatchObject({ "amazon-bedrock-invocationMetrics": { outputTokenCount: 1 } })
		},
	)

	it.each([
		[
			"a tier that the model does not support",
			CLAUDE,
			BODIES[CLAUDE] ?? {},
			"flex",
			"service tier is not supported",
		],
		[
			"a Claude body without anthropic_version",
			CLAUDE,
			{ ...BODIES[CLAUDE], anthropic_version: undefined },
			undefined,
			"version",
		],
		["a member that Claude does not know", CLAUDE, { ...BODIES[CLAUDE], stream: true }, undefined, "stream"],
		[
			"a body in Converse's format",
			GPT_OSS,
			{ messages: [{ role: "user", content: [{ text: "Hi" }] }] },
			undefined,
			"Malformed",
		],
	] as const)("refuses %s with a ValidationException", async (_, modelId, body, tier, message) => {
		const { url } = await start()
		await expect(invoke(url, modelId, body, tier)).rejects.toMatchObject({
			name: "ValidationException",
			message: expect.stringContaining(message) as string,
		})
	})

	it("records a tier in the body as an unknown member and serves default", async () => {
		const { url, requests } = await start()
		await invoke(url, GPT_OSS, { ...BODIES[GPT_OSS], service_tier: "flex" })
		expect(requests[0]).toMatchObject({
			requestedTier: null,
			servedTier: "default",
			unknownMembers: ["service_tier"],
		})
	})
})
