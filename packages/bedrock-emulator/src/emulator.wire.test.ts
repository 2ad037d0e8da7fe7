import { connect } from "node:net"
import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime"
import { afterEach, describe, expect, it } from "vitest"
import { SCENARIOS, startEmulator, type Emulator, type EmulatorOptions } from "./index"
import { ask, CREDENTIALS, GPT_OSS, HTTP_VERSIONS, realClient, stream } from "./testing/real-client"

// What this suite cannot prove: that AWS answers the same. The texts and shapes are AWS's as far as they are known.

const running: Emulator[] = []
const start = async (options: EmulatorOptions = {}) => {
	const emulator = await startEmulator({ pace: "instant", ...options })
	running.push(emulator)
	return emulator
}
afterEach(async () => {
	await Promise.all(running.splice(0).map((emulator) => emulator.close()))
})

const BEARER = { authorization: "Bearer emulator-key", "content-type": "application/json" }
const post = (emulator: Emulator, path: string, body: unknown, headers: Record<string, string> = BEARER) =>
	fetch(emulator.url + path, { method: "POST", headers, body: JSON.stringify(body) })
const HELLO = { messages: [{ role: "user", content: [{ text: "Hello" }] }] }

describe.each(HTTP_VERSIONS)("the SDK's client over HTTP/%s", (httpVersion) => {
	it.each(["bearer", "sigv4"] as const)("streams an answer with %s credentials", async (kind) => {
		const emulator = await start({ answer: "All is well with the emulator." })

		const outcome = await stream(realClient(emulator.url, httpVersion, CREDENTIALS[kind]), ask("flex"))

		expect(outcome).toMatchObject({
			error: null,
			httpStatus: 200,
			text: "All is well with the emulator.",
			order: ["messageStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata"],
		})
		expect(outcome.events.at(-1)?.metadata?.serviceTier).toEqual({ type: "flex" })
		expect(emulator.requests).toHaveLength(1)
		expect(emulator.requests[0]).toMatchObject({
			method: "POST",
			path: "/model/openai.gpt-oss-20b-1%3A0/converse-stream",
			httpVersion,
			operation: "ConverseStream",
			modelId: GPT_OSS,
			requestedTier: "flex",
			servedTier: "flex",
			unknownMembers: [],
			status: 200,
		})
		expect(emulator.requests[0]?.headers["authorization"]).toMatch(kind === "bearer" ? /^Bearer / : /^AWS4-/)
	})

	it.each(["default", "flex", "priority"] as const)("gets the tier %s back from Converse", async (tier) => {
		const emulator = await start({ answer: "Hi", usage: { inputTokens: 7, outputTokens: 3 } })

		const answer = await realClient(emulator.url, httpVersion).send(new ConverseCommand(ask(tier)))

		expect(answer.serviceTier).toEqual({ type: tier })
		expect(answer.output?.message).toEqual({ role: "assistant", content: [{ text: "Hi" }] })
		expect(answer.usage).toMatchObject({ inputTokens: 7, outputTokens: 3, totalTokens: 10 })
		expect(answer.stopReason).toBe("end_turn")
		expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
	})

	it("sends no tier when none is asked, and is served as default", async () => {
		const emulator = await start()

		const outcome = await stream(realClient(emulator.url, httpVersion), ask())

		expect(outcome.events.at(-1)?.metadata?.serviceTier).toEqual({ type: "default" })
		expect(emulator.requests[0]).toMatchObject({ requestedTier: null })
		expect(emulator.requests[0]?.body).toBe('{"messages":[{"role":"user","content":[{"text":"Hello there"}]}]}')
	})

	it("is refused a tier that the model does not take", async () => {
		const emulator = await start()
		const input = ask("priority", "us.anthropic.claude-sonnet-4-5-20250929-v1:0")

		const { error } = await stream(realClient(emulator.url, httpVersion), input)

		expect(error?.name).toBe("ValidationException")
		expect(error?.message).toBe("The provided service tier is not supported for this model.")
		expect(emulator.requests[0]).toMatchObject({ requestedTier: "priority", servedTier: null, status: 400 })
	})

	it("may name the model by an ARN", async () => {
		const emulator = await start()
		const arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0"

		const { error } = await stream(realClient(emulator.url, httpVersion), ask("flex", arn))

		expect(error).toBeNull()
		expect(emulator.requests[0]?.modelId).toBe(arn)
	})

	it("stops the emulator's work by leaving", async () => {
		const emulator = await start({ pace: "real" })
		const gone = new AbortController()
		const input = { ...ask("priority"), messages: [{ role: "user" as const, content: [{ text: "Long, please" }] }] }

		await stream(
			realClient(emulator.url, httpVersion),
			input,
			(event) => event.contentBlockDelta && gone.abort(),
			gone.signal,
		)

		await expect.poll(() => emulator.report()).toMatchObject({ open: 0, cancelled: 1 })
	})
})

describe("one port", () => {
	it("serves HTTP/2 and HTTP/1.1 at the same time", async () => {
		const emulator = await start()

		await Promise.all(HTTP_VERSIONS.map((version) => stream(realClient(emulator.url, version), ask())))

		expect(emulator.requests.map((request) => request.httpVersion).sort()).toEqual(["1.1", "2"])
	})

	it("understands a client whose first bytes come one by one", async () => {
		const emulator = await start()
		const socket = connect(emulator.port, "127.0.0.1").setNoDelay()
		const text = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
		for (const letter of text) await new Promise((resolve) => socket.write(letter, () => setImmediate(resolve)))

		const chunks: Buffer[] = []
		for await (const chunk of socket) chunks.push(chunk as Buffer)

		expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 404 /)
	})

	it("that is taken is said to be taken", async () => {
		const emulator = await start()

		await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({ code: "EADDRINUSE" })
	})

	it("is free again after close, which does not wait for open streams", async () => {
		const emulator = await start({ scenario: "stall" })
		const outcome = stream(realClient(emulator.url, "2"), ask())
		await expect.poll(() => emulator.report().open).toBe(1)

		await emulator.close()
		await outcome

		const next = await start({ port: emulator.port })
		expect(next.port).toBe(emulator.port)
	})
})

describe("a request without the SDK", () => {
	it("with service_tier is answered, and the lost member is counted", async () => {
		const emulator = await start()

		const answer = await post(emulator, `/model/${GPT_OSS}/converse`, { ...HELLO, service_tier: "flex" })

		expect(answer.status).toBe(200)
		expect(await answer.json()).toMatchObject({ serviceTier: { type: "default" } })
		expect(emulator.requests[0]).toMatchObject({ requestedTier: null, unknownMembers: ["service_tier"] })
		expect(emulator.report().unknownMembers).toEqual({ service_tier: 1 })
	})

	it("is kept byte for byte", async () => {
		const emulator = await start()
		const body = '{ "messages":[{"role":"user","content":[{"text":"größer 🎈"}]}]\n}'

		await fetch(`${emulator.url}/model/${GPT_OSS}/converse`, { method: "POST", headers: BEARER, body })

		expect(emulator.requests[0]?.body).toBe(body)
	})

	it("is refused in AWS's shape", async () => {
		const emulator = await start()

		const answer = await post(emulator, `/model/${GPT_OSS}/converse`, HELLO, {})

		expect(answer.status).toBe(403)
		expect(answer.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException")
		expect(await answer.json()).toEqual({ message: "Missing Authentication Token" })
	})

	it.each([
		["to another path", "/model/x/chat", 404, "UnknownOperationException"],
		["to the root", "/", 404, "UnknownOperationException"],
		["with a broken model id", "/model/%E0%A4%A/converse", 400, "ValidationException"],
	])("%s is refused", async (_, path, status, name) => {
		const emulator = await start()

		const answer = await post(emulator, path, HELLO)

		expect([answer.status, answer.headers.get("x-amzn-errortype")]).toEqual([status, name])
		expect(emulator.requests[0]).toMatchObject({ operation: path.endsWith("converse") ? "Converse" : null, status })
	})

	it("larger than Bedrock takes is refused", async () => {
		const emulator = await start()

		const answer = await post(emulator, `/model/${GPT_OSS}/converse`, "x".repeat(20_000_001))

		expect(answer.status).toBe(413)
	})

	it("with a bearer token arrives in the Region that the emulator stands for", async () => {
		const emulator = await start({ region: "eu-west-2" })

		const answer = await post(emulator, "/model/anthropic.claude-sonnet-4-6/converse", HELLO)

		expect(answer.status).toBe(200)
	})

	it("ends at maxTokens", async () => {
		const emulator = await start({ answer: "0123456789" })

		const answer = await post(emulator, `/model/${GPT_OSS}/converse`, {
			...HELLO,
			inferenceConfig: { maxTokens: 2 },
		})

		expect(await answer.json()).toMatchObject({
			output: { message: { content: [{ text: "01234567" }] } },
			stopReason: "max_tokens",
			usage: { inputTokens: 2, outputTokens: 2, totalTokens: 4 },
		})
	})
})

describe("the control endpoints", () => {
	it("need no credentials, are not recorded, and report what happened", async () => {
		const emulator = await start()
		const client = realClient(emulator.url, "2")
		await stream(client, ask("flex"))
		await stream(client, ask())
		await stream(client, ask("reserved"))

		const answer = await fetch(`${emulator.url}/_emulator/report`)

		expect(await answer.json()).toEqual({
			scenario: "served-as-asked",
			requests: 3,
			open: 0,
			cancelled: 0,
			byOperation: { ConverseStream: 3 },
			byRequestedTier: { flex: 1, none: 1, reserved: 1 },
			byServedTier: { flex: 1, default: 1 },
			byStatus: { 200: 2, 400: 1 },
			unknownMembers: {},
			signaturesVerified: false,
		})
		expect(emulator.requests).toHaveLength(3)
	})

	it("list the scenarios and choose one", async () => {
		const emulator = await start()

		const list = await fetch(`${emulator.url}/_emulator/scenarios`)
		expect(await list.json()).toEqual({
			current: "served-as-asked",
			scenarios: SCENARIOS.map(({ name, description }) => ({ name, description })),
		})

		const chosen = await post(emulator, "/_emulator/scenario", { name: "throttled" })
		expect(chosen.status).toBe(200)
		expect(emulator.scenario).toBe("throttled")
	})

	it("answer an unknown scenario with the known ones", async () => {
		const emulator = await start()

		const answer = await post(emulator, "/_emulator/scenario", { name: "sunshine" })

		expect(answer.status).toBe(400)
		expect(await answer.json()).toEqual({
			message: "Unknown scenario: sunshine",
			known: SCENARIOS.map(({ name }) => name),
		})
		expect(emulator.scenario).toBe("served-as-asked")
	})

	it.each(["", "null", "{"])("answer %j for a scenario with what to send", async (body) => {
		const emulator = await start()

		const answer = await fetch(`${emulator.url}/_emulator/scenario`, { method: "POST", body })

		expect(answer.status).toBe(400)
	})
})
