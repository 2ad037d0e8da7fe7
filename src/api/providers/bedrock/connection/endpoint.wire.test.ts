import dns from "node:dns"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { HTTP_PROTOCOLS } from "@bedrock-tiers/protocol"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { AwsBedrockHandler } from "../bedrock-handler"
import type { BedrockHandlerOptions } from "../handler-options"

/**
 * Endpoints that AWS's own settings choose. The resolver of this process maps every name to 127.0.0.1, where the
 * emulator would receive what the SDK sends in clear text to another host.
 */

let emulator: Emulator
let folder: string
const lookedUp: string[] = []
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant" })
})
beforeEach(() => {
	emulator.requests.length = 0
	lookedUp.length = 0
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-endpoint-"))
	for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined)
	vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"))
	vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"))
	vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true")
	vi.spyOn(dns, "lookup").mockImplementation(((
		name: string,
		{ all }: { all?: boolean },
		callback: (error: null, ...address: unknown[]) => void,
	) => {
		lookedUp.push(name)
		if (all) callback(null, [{ address: "127.0.0.1", family: 4 }])
		else callback(null, "127.0.0.1", 4)
	}) as never)
})
afterEach(() => {
	vi.restoreAllMocks()
	vi.unstubAllEnvs()
	rmSync(folder, { recursive: true })
})
afterAll(() => emulator.close())

function handlerOf(options: Partial<BedrockHandlerOptions> = {}) {
	return new AwsBedrockHandler({
		region: "us-east-1",
		modelId: "openai.gpt-oss-120b-1:0",
		route: "auto",
		serviceTier: "default",
		api: "converse",
		credentials: { method: "api-key", apiKey: "canary-key-0123456789" },
		endpoint: null,
		applicationId: "endpoint-test",
		...options,
	})
}

/** The failure, or `null` when the request succeeded. */
async function send(options: Partial<BedrockHandlerOptions> = {}): Promise<unknown> {
	const handler = handlerOf(options)
	const failure: unknown = await handler.completePrompt("Hi").then(
		() => null,
		(error: unknown) => error,
	)
	handler.dispose()
	return failure
}

/** Places where AWS's tools and SDKs look for an endpoint, each with a function that sets it. */
const PLACES: Readonly<Record<string, (url: string) => void>> = {
	AWS_ENDPOINT_URL: (url) => vi.stubEnv("AWS_ENDPOINT_URL", url),
	AWS_ENDPOINT_URL_BEDROCK_RUNTIME: (url) => vi.stubEnv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", url),
	"endpoint_url of a profile": (url) => {
		writeFileSync(join(folder, "config"), `[profile other]\nendpoint_url = ${url}\n`)
		vi.stubEnv("AWS_PROFILE", "other")
	},
	"endpoint_url of a services section": (url) => {
		const sections = `[profile listed]\nservices = local\n[services local]\nbedrock_runtime =\n  endpoint_url = ${url}\n`
		writeFileSync(join(folder, "config"), sections)
		vi.stubEnv("AWS_PROFILE", "listed")
	},
}

describe.each(Object.entries(PLACES))("An endpoint from %s", (_, configure) => {
	it.each([
		["another host", (port: number) => `http://gateway.example.invalid:${port}`],
		["a name that begins like loopback", (port: number) => `http://127.0.0.1.example.invalid:${port}`],
		["user info like loopback", (port: number) => `http://127.0.0.1:canary@gateway.example.invalid:${port}`],
	])("is refused before a lookup and a connection when it is http with %s", async (_, url) => {
		configure(url(emulator.port))
		for (const http of HTTP_PROTOCOLS) {
			const failure = await send({ http })
			expect(failure).toMatchObject({
				code: "bad-input",
				message: expect.stringMatching(/^AWS's own settings .* must be https, or http on this machine/),
			})
			expect(String(failure)).not.toContain("canary")
		}
		await expect(handlerOf().endpoint()).rejects.toMatchObject({ code: "bad-input" })
		expect([lookedUp, emulator.requests]).toEqual([[], []])
	})

	it("is used and reported when it is on this machine", async () => {
		configure(emulator.url)
		expect(await handlerOf().endpoint()).toBe(emulator.url)
		expect(emulator.requests).toEqual([])
		expect(await send()).toBeNull()
		expect(emulator.requests).toHaveLength(1)
	})
})

describe("The endpoint of a handler", () => {
	it("is `null` when it is AWS's own, also with FIPS and dual stack, and needs no credentials", async () => {
		const credentials = { method: "default-chain" } as const
		expect(await handlerOf({ credentials }).endpoint()).toBeNull()
		vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true")
		vi.stubEnv("AWS_USE_DUALSTACK_ENDPOINT", "true")
		expect(await handlerOf({ credentials }).endpoint()).toBeNull()
		expect(lookedUp).toEqual([])
	})

	it("is another address of AWS as it is, because AWS's customers have host names below amazonaws.com", async () => {
		const endpoint = "https://bedrock-runtime.example.execute-api.us-east-1.amazonaws.com/stage?key=canary"
		expect(await handlerOf({ endpoint }).endpoint()).toBe(endpoint.slice(0, endpoint.indexOf("?")))
	})

	it("is the one of the options, which take precedence over AWS's settings", async () => {
		vi.stubEnv("AWS_ENDPOINT_URL", "http://gateway.example.invalid")
		expect(await handlerOf({ endpoint: emulator.url }).endpoint()).toBe(emulator.url)
		expect(await send({ endpoint: emulator.url })).toBeNull()
	})
})

describe("The endpoint of Bedrock's control plane", () => {
	const arn = (id: string) => `arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/${id}`

	it.each(["AWS_ENDPOINT_URL_BEDROCK", "AWS_ENDPOINT_URL"])(
		"from %s is refused before a lookup and a connection when it is http on another host",
		async (name) => {
			vi.stubEnv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", emulator.url)
			vi.stubEnv(name, `http://gateway.example.invalid:${emulator.port}`)
			await send({ modelId: arn(name.toLowerCase().replaceAll("_", "")) })
			expect(lookedUp).toEqual([])
			expect(emulator.requests.map(({ path }) => path).filter((path) => !path.startsWith("/model/"))).toEqual([])
		},
	)
})
