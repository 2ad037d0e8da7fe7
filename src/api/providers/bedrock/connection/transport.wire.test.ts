import { execFile } from "node:child_process"
import { createServer, request as sendTo, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { promisify } from "node:util"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { HTTP_PROTOCOLS, type HttpProtocol } from "@bedrock-tiers/protocol"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ApiStreamChunk } from "../../../provider-contract"
import { ProviderFailure } from "../../../provider-failure"
import { AwsBedrockHandler } from "../bedrock-handler"
import type { BedrockHandlerOptions } from "../handler-options"

/**
 * The same request over HTTP/2 and over HTTP/1.1. No test here proves that VS Code's own proxy and certificate settings
 * reach HTTP/1.1: VS Code changes Node's `https` module in its extension host, and never for this machine's addresses.
 */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", usage: { inputTokens: 1000, outputTokens: 100 } })
})
beforeEach(() => {
	emulator.requests.length = 0
	emulator.setScenario("served-as-asked")
})
afterAll(() => emulator.close())

function handlerOf(options: Partial<BedrockHandlerOptions>) {
	return new AwsBedrockHandler({
		region: "us-east-1",
		modelId: "openai.gpt-oss-120b-1:0",
		route: "auto",
		serviceTier: "flex",
		api: "converse",
		credentials: { method: "api-key", apiKey: "canary-key-0123456789" },
		endpoint: emulator.url,
		applicationId: "transport-test",
		...options,
	})
}

async function run(http: HttpProtocol, onText?: (controller: AbortController) => void) {
	const handler = handlerOf({ http })
	const stop = new AbortController()
	const chunks: ApiStreamChunk[] = []
	let failure: unknown
	try {
		const messages = [{ role: "user", content: "Hello, long please" }] as const
		for await (const chunk of handler.createMessage("", messages, { signal: stop.signal })) {
			chunks.push(chunk)
			if (chunk.type === "text") onText?.(stop)
		}
	} catch (error) {
		failure = error
	} finally {
		handler.dispose()
	}
	const usages = chunks.flatMap((chunk) => (chunk.type === "usage" ? [chunk.record] : []))
	return { usages, code: ProviderFailure.is(failure) ? failure.code : failure }
}

describe.each(HTTP_PROTOCOLS.map((http) => [http] as const))("A request over %s", (http) => {
	it("carries the tier, and its answer reports the served tier", async () => {
		const { usages, code } = await run(http)
		expect(code).toBeUndefined()
		// 1000 × 0.075 + 100 × 0.30 USD per million, half the Standard prices.
		expect(usages).toMatchObject([{ servedTier: "flex", totalUsd: expect.closeTo(0.000105, 12) }])
		const [request] = emulator.requests
		expect(request).toMatchObject({ httpVersion: http === "http2" ? "2" : "1.1", requestedTier: "flex" })
		expect(request?.path).toBe("/model/openai.gpt-oss-120b-1%3A0/converse-stream")
		expect(request?.headers["user-agent"]).toContain("app/transport-test")
	})

	it("ends at once when it is cancelled", async () => {
		emulator.setScenario("stall")
		const { usages, code } = await run(http, (controller) => controller.abort())
		expect(code).toBe("cancelled")
		expect(usages).toMatchObject([{ usage: null, totalUsd: null }])
		await expect.poll(() => emulator.report().open).toBe(0)
	})

	it("closes its connection when the reader leaves the stream", async () => {
		emulator.setScenario("stall")
		const handler = handlerOf({ http })
		for await (const chunk of handler.createMessage("", [{ role: "user", content: "Hello" }]))
			if (chunk.type === "text") break
		await expect.poll(() => emulator.report().open).toBe(0)
		handler.dispose()
	})

	it.each([
		["no-message-stop"],
		["cut-mid-frame"],
		["connection-dropped"],
		["reset-mid-stream"],
		["bad-checksum"],
	] as const)(
		"fails with stream-incomplete and one usage chunk without token counts in the scenario %s",
		async (scenario) => {
			emulator.setScenario(scenario)
			const { usages, code } = await run(http)
			expect(code).toBe("stream-incomplete")
			expect(usages).toMatchObject([{ usage: null, totalUsd: null, unpricedReason: "usage-not-reported" }])
		},
	)

	it("fails with network when no server listens on the endpoint", async () => {
		const handler = handlerOf({ http, endpoint: "http://127.0.0.1:9" })
		const failure: unknown = await handler.completePrompt("Hi").catch((error: unknown) => error)
		handler.dispose()
		expect(failure).toMatchObject({ code: "network", message: expect.stringContaining("ECONNREFUSED") })
	})
})

describe("An invalid endpoint", () => {
	it.each([
		["http://bedrock.example.com"],
		["https://user:canary-password@gateway.example.com"],
		["ftp://127.0.0.1"],
		["gateway.example.com"],
		[""],
	])("is rejected before anything is sent: %j", async (endpoint) => {
		const failure: unknown = await handlerOf({ endpoint })
			.completePrompt("Hi")
			.catch((error: unknown) => error)
		expect(failure).toMatchObject({
			code: "bad-input",
			message: expect.stringMatching(/^The endpoint must be https/),
		})
		expect(String(failure)).not.toContain("canary")
	})
})

/**
 * Simulates what VS Code does to its extensions' `http` module: each request goes to a proxy, whatever its agent is.
 */
const BEHIND_A_PROXY = `
const http = require("node:http")
const direct = http.request
const [bundle, endpoint, protocol, port] = process.argv.slice(1)
http.request = (options, callback) => {
	const path = "http://" + options.host + ":" + options.port + options.path
	return direct({ ...options, host: "127.0.0.1", port, agent: undefined, path }, callback)
}
const { AwsBedrockHandler } = require(bundle)
const handler = new AwsBedrockHandler({
	region: "us-east-1", modelId: "openai.gpt-oss-120b-1:0", route: "auto", serviceTier: "flex", api: "converse",
	credentials: { method: "api-key", apiKey: "test-key" }, endpoint, http: protocol, applicationId: "proxy-test",
})
async function main() {
	for await (const chunk of handler.createMessage("", [{ role: "user", content: "Hi" }]))
		if (chunk.type === "usage") console.log(chunk.record.servedTier)
	handler.dispose()
}
main()
`

describe("In a host that changes Node's http module, as VS Code does", () => {
	let proxied: string[]
	let proxy: Server
	beforeEach(async () => {
		proxied = []
		proxy = createServer((request, response) => {
			proxied.push(request.url ?? "")
			const { method, headers } = request
			const forward = sendTo(new URL(request.url ?? ""), { method, headers }, (answer) => {
				response.writeHead(answer.statusCode ?? 502, answer.headers)
				answer.pipe(response)
			})
			request.pipe(forward)
		})
		await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve))
		return () => void proxy.close()
	})

	it.each([
		["http1", ["/model/openai.gpt-oss-120b-1%3A0/converse-stream"]],
		["http2", []],
	] as const)("the built provider sends these %s requests through the proxy: %j", async (http, paths) => {
		const bundle = join(import.meta.dirname, "../../../../../dist/bedrock.cjs")
		const { port } = proxy.address() as AddressInfo
		const args = [bundle, emulator.url, http, String(port)]
		const { stdout } = await promisify(execFile)(process.execPath, ["-e", BEHIND_A_PROXY, ...args])
		expect(stdout.trim()).toBe("flex")
		expect(proxied).toEqual(paths.map((path) => emulator.url + path))
	})
})
