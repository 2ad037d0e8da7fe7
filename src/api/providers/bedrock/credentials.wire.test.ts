import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { ProviderFailure } from "../../provider-failure"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { BedrockCredentials } from "./handler-options"

/** How each kind of credentials looks when it arrives. The keys are AWS's documented examples and made-up words. */

let emulator: Emulator
let folder: string
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant" })
})
beforeEach(() => {
	emulator.requests.length = 0
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-aws-"))
	for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined)
	// Nothing of this machine's own: no shared files, no instance role.
	vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"))
	vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"))
	vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true")
})
afterEach(() => {
	vi.unstubAllEnvs()
	rmSync(folder, { recursive: true, force: true })
})
afterAll(() => emulator.close())

async function authorization(credentials: BedrockCredentials): Promise<string> {
	const handler = new AwsBedrockHandler({
		region: "eu-west-2",
		modelId: "openai.gpt-oss-20b-1:0",
		route: "auto",
		serviceTier: "default",
		api: "converse",
		credentials,
		endpoint: emulator.url,
		applicationId: "credentials-test",
	})
	try {
		await handler.completePrompt("Hello")
	} finally {
		handler.dispose()
	}
	return emulator.requests[0]?.headers.authorization ?? ""
}

describe("Credentials on the wire", () => {
	it("a Bedrock API key goes as a bearer token, also where AWS keys are in the environment", async () => {
		vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
		vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example")
		expect(await authorization({ method: "api-key", apiKey: "made-up-key" })).toBe("Bearer made-up-key")
	})

	it("the default chain signs with the environment's keys, for the region that is called", async () => {
		vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
		vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example")
		expect(await authorization({ method: "default-chain" })).toMatch(
			/^AWS4-HMAC-SHA256 Credential=AKIDENVIRONMENT\/\d{8}\/eu-west-2\/bedrock\/aws4_request, /,
		)
	})

	it("a named profile signs with the keys of that profile", async () => {
		writeFileSync(
			join(folder, "credentials"),
			"[default]\naws_access_key_id = AKIDDEFAULT\naws_secret_access_key = example\n" +
				"[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = example\n",
		)
		expect(await authorization({ method: "profile", profile: "work" })).toContain("Credential=AKIDWORK/")
	})

	it.each([
		["no credentials at all", { method: "default-chain" }],
		["a profile that does not exist", { method: "profile", profile: "nobody" }],
	] as const)("%s: credentials-missing, and nothing is sent", async (_, credentials) => {
		const failure: unknown = await authorization(credentials).catch((error: unknown) => error)
		expect(ProviderFailure.is(failure) && failure.code).toBe("credentials-missing")
		expect(emulator.requests).toEqual([])
	})
})

describe("The user agent", () => {
	it("names the application", async () => {
		await authorization({ method: "api-key", apiKey: "made-up-key" })
		expect(emulator.requests[0]?.headers["user-agent"]).toContain("app/credentials-test")
	})
})
