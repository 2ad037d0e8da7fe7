import { once } from "node:events"
import { get, type IncomingMessage } from "node:http"
import { connect } from "node:net"
import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime"
import { afterEach, describe, expect, it } from "vitest"
import { SCENARIOS, startEmulator, type Emulator, type EmulatorOptions } from "./index"
import { converseInput, CREDENTIALS, GPT_OSS, HTTP_VERSIONS, realClient, stream } from "./testing/real-client"

// This suite cannot prove that AWS responds in the same way. Messages and formats are AWS's as far as they are known.

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
const CONTROL = { "x-emulator-control": "1" }
const HELLO = { messages: [{ role: "user", content: [{ text: "Hello" }] }] }

describe.each(HTTP_VERSIONS)("the AWS SDK client over HTTP/%s", (httpVersion) => {
	it.each(["bearer", "sigv4"] as const)("streams an answer with %s credentials", async (kind) => {
		const emulator = await start({ answer: "All is well with the emulator." })

		const outcome = await stream(realClient(emulator.url, httpVersion, CREDENTIALS[kind]), converseInput("flex"))

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

	it.each(["default", "flex", "priority"] as const)("receives the served tier %s from Converse", async (tier) => {
		const emulator = await start({ answer: "Hi", usage: { inputTokens: 7, outputTokens: 3 } })

		const response = await realClient(emulator.url, httpVersion).send(new ConverseCommand(converseInput(tier)))

		expect(response.serviceTier).toEqual({ type: tier })
		expect(response.output?.message).toEqual({ role: "assistant", content: [{ text: "Hi" }] })
		expect(response.usage).toMatchObject({ inputTokens: 7, outputTokens: 3, totalTokens: 10 })
		expect(response.stopReason).toBe("end_turn")
		expect(response.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
	})

	it("sends no tier when none is requested, and is served as default", async () => {
		const emulator = await start()

		const outcome = await stream(realClient(emulator.url, httpVersion), converseInput())

		expect(outcome.events.at(-1)?.metadata?.serviceTier).toEqual({ type: "default" })
		expect(emulator.requests[0]).toMatchObject({ requestedTier: null })
		expect(emulator.requests[0]?.body).toBe('{"messages":[{"role":"user","content":[{"text":"Hello there"}]}]}')
	})

	it("receives a ValidationException for a tier that the model does not support", async () => {
		const emulator = await start()
		const input = converseInput("priority", "us.anthropic.claude-sonnet-4-5-20250929-v1:0")

		const { error } = await stream(realClient(emulator.url, httpVersion), input)

		expect(error?.name).toBe("ValidationException")
		expect(error?.message).toBe("The provided service tier is not supported for this model.")
		expect(emulator.requests[0]).toMatchObject({ requestedTier: "priority", servedTier: null, status: 400 })
	})

	it("can call a model by its ARN", async () => {
		const emulator = await start()
		const arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0"

		const { error } = await stream(realClient(emulator.url, httpVersion), converseInput("flex", arn))

		expect(error).toBeNull()
		expect(emulator.requests[0]?.modelId).toBe(arn)
	})

	it("cancels the emulator's stream by disconnecting", async () => {
		const emulator = await start({ pace: "real" })
		const controller = new AbortController()
		const input = {
			...converseInput("priority"),
			messages: [{ role: "user" as const, content: [{ text: "Long, please" }] }],
		}

		await stream(
			realClient(emulator.url, httpVersion),
			input,
			(event) => event.contentBlockDelta && controller.abort(),
			controller.signal,
		)

		await expect.poll(() => emulator.report()).toMatchObject({ open: 0, cancelled: 1 })
	})
})

describe("the port of the emulator", () => {
	it("serves HTTP/2 and HTTP/1.1 at the same time", async () => {
		const emulator = await start()

		await Promise.all(HTTP_VERSIONS.map((version) => stream(realClient(emulator.url, version), converseInput())))

		expect(emulator.requests.map((request) => request.httpVersion).sort()).toEqual(["1.1", "2"])
	})

	it("accepts a client whose first bytes arrive one at a time", async () => {
		const emulator = await start()
		const socket = connect(emulator.port, "127.0.0.1").setNoDelay()
		const text = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
		for (const letter of text) await new Promise((resolve) => socket.write(letter, () => setImmediate(resolve)))

		const chunks: Buffer[] = []
		for await (const chunk of socket) chunks.push(chunk as Buffer)

		expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 404 /)
	})

	it("is reported as EADDRINUSE when it is already in use", async () => {
		const emulator = await start()

		await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({ code: "EADDRINUSE" })
	})

	it("is free again after close, which does not wait for open streams", async () => {
		const emulator = await start({ scenario: "stall" })
		const outcome = stream(realClient(emulator.url, "2"), converseInput())
		await expect.poll(() => emulator.report().open).toBe(1)

		await emulator.close()
		await outcome

		const next = await start({ port: emulator.port })
		expect(next.port).toBe(emulator.port)
	})
})

describe("a plain HTTP request", () => {
	it("with the unknown member service_tier succeeds, and the report counts the dropped member", async () => {
		const emulator = await start()

		const response = await post(emulator, `/model/${GPT_OSS}/converse`, { ...HELLO, service_tier: "flex" })

		expect(response.status).toBe(200)
		expect(await response.json()).toMatchObject({ serviceTier: { type: "default" } })
		expect(emulator.requests[0]).toMatchObject({ requestedTier: null, unknownMembers: ["service_tier"] })
		expect(emulator.report().unknownMembers).toEqual({ service_tier: 1 })
	})

	it("is recorded byte for byte", async () => {
		const emulator = await start()
		const body = '{ "messages":[{"role":"user","content":[{"text":"größer 🎈"}]}]\n}'

		await fetch(`${emulator.url}/model/${GPT_OSS}/converse`, { method: "POST", headers: BEARER, body })

		expect(emulator.requests[0]?.body).toBe(body)
	})

	it("without credentials is refused in AWS's error format", async () => {
		const emulator = await start()

		const response = await post(emulator, `/model/${GPT_OSS}/converse`, HELLO, {})

		expect(response.status).toBe(403)
		expect(response.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException")
		expect(await response.json()).toEqual({ message: "Missing Authentication Token" })
	})

	it.each([
		["to another path", "/model/x/chat", 404, "UnknownOperationException"],
		["to the root", "/", 404, "UnknownOperationException"],
		["with a malformed model id", "/model/%E0%A4%A/converse", 400, "ValidationException"],
	])("%s is refused", async (_, path, status, name) => {
		const emulator = await start()

		const response = await post(emulator, path, HELLO)

		expect([response.status, response.headers.get("x-amzn-errortype")]).toEqual([status, name])
		expect(emulator.requests[0]).toMatchObject({ operation: path.endsWith("converse") ? "Converse" : null, status })
	})

	it("with a body over Bedrock's limit is refused with status 413", async () => {
		const emulator = await start()

		const response = await post(emulator, `/model/${GPT_OSS}/converse`, "x".repeat(20_000_001))

		expect(response.status).toBe(413)
	})

	it("with a bearer token uses the Region of the emulator's options", async () => {
		const emulator = await start({ region: "eu-west-2" })

		const response = await post(emulator, "/model/anthropic.claude-sonnet-4-6/converse", HELLO)

		expect(response.status).toBe(200)
	})

	it("gets an answer that ends at maxTokens", async () => {
		const emulator = await start({ answer: "0123456789" })

		const response = await post(emulator, `/model/${GPT_OSS}/converse`, {
			...HELLO,
			inferenceConfig: { maxTokens: 2 },
		})

		expect(await response.json()).toMatchObject({
			output: { message: { content: [{ text: "01234567" }] } },
			stopReason: "max_tokens",
			usage: { inputTokens: 2, outputTokens: 2, totalTokens: 4 },
		})
	})
})

describe("the control endpoints", () => {
	it("need no credentials, are not recorded, and report the request counts", async () => {
		const emulator = await start()
		const client = realClient(emulator.url, "2")
		await stream(client, converseInput("flex"))
		await stream(client, converseInput())
		await stream(client, converseInput("reserved"))

		const response = await fetch(`${emulator.url}/_emulator/report`, { headers: CONTROL })

		expect(await response.json()).toEqual({
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

	it("list the scenarios and select one", async () => {
		const emulator = await start()

		const list = await fetch(`${emulator.url}/_emulator/scenarios`, { headers: CONTROL })
		expect(await list.json()).toEqual({
			current: "served-as-asked",
			scenarios: SCENARIOS.map(({ name, description }) => ({ name, description })),
		})

		const selected = await post(emulator, "/_emulator/scenario", { name: "throttled" }, CONTROL)
		expect(selected.status).toBe(200)
		expect(emulator.scenario).toBe("throttled")
	})

	it("respond to an unknown scenario with status 400 and the known names", async () => {
		const emulator = await start()

		const response = await post(emulator, "/_emulator/scenario", { name: "sunshine" }, CONTROL)

		expect(response.status).toBe(400)
		expect(await response.json()).toEqual({
			message: "Unknown scenario: sunshine",
			known: SCENARIOS.map(({ name }) => name),
		})
		expect(emulator.scenario).toBe("served-as-asked")
	})

	it.each(["", "null", "{"])("respond to the invalid scenario body %j with status 400", async (body) => {
		const emulator = await start()

		const response = await fetch(`${emulator.url}/_emulator/scenario`, { method: "POST", headers: CONTROL, body })

		expect(response.status).toBe(400)
	})

	it("refuse a request without the header, and one of a page whose host name was rebound", async () => {
		const emulator = await start()

		const simple = await post(
			emulator,
			"/_emulator/scenario",
			{ name: "throttled" },
			{ "content-type": "text/plain" },
		)
		const preflight = await fetch(`${emulator.url}/_emulator/scenario`, {
			method: "OPTIONS",
			headers: { origin: "http://evil.example", "access-control-request-headers": "x-emulator-control" },
		})
		const rebound = await sendWithHost(emulator, "/_emulator/report", `evil.example:${emulator.port}`)

		expect([simple.status, preflight.status, rebound]).toEqual([403, 403, 403])
		expect(preflight.headers.get("access-control-allow-headers")).toBeNull()
		expect(await sendWithHost(emulator, "/_emulator/report", `localhost:${emulator.port}`)).toBe(200)
		expect(emulator.scenario).toBe("served-as-asked")
	})
})

/** Status of a GET request with this Host, which `fetch` does not let a caller choose. */
async function sendWithHost({ port }: Emulator, path: string, host: string): Promise<number | undefined> {
	const request = get({ host: "127.0.0.1", port, path, headers: { ...CONTROL, host } })
	const [response] = (await once(request, "response")) as [IncomingMessage]
	response.resume()
	return response.statusCode
}
