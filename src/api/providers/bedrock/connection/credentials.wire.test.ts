import { createHash } from "node:crypto"
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type IncomingHttpHeaders } from "node:http2"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inspect } from "node:util"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { ProviderFailure } from "../../../provider-failure"
import { AwsBedrockHandler } from "../bedrock-handler"
import type { BedrockCredentials } from "../handler-options"

/** Each kind of credentials as it arrives. The keys are AWS's documented examples and made-up values. */

let emulator: Emulator
let folder: string
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant" })
})
beforeEach(() => {
	emulator.requests.length = 0
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-aws-"))
	for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined)
	// Isolates the tests from this machine: no shared files, no instance role.
	vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"))
	vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"))
	vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true")
})
afterEach(() => {
	vi.unstubAllEnvs()
	rmSync(folder, { recursive: true, force: true })
})
afterAll(() => emulator.close())

async function send(credentials: BedrockCredentials, endpoint = emulator.url): Promise<Record<string, string>> {
	const handler = new AwsBedrockHandler({
		region: "eu-west-2",
		modelId: "openai.gpt-oss-20b-1:0",
		route: "auto",
		serviceTier: "default",
		api: "converse",
		credentials,
		endpoint,
		applicationId: "credentials-test",
	})
	try {
		await handler.completePrompt("Hello")
	} finally {
		handler.dispose()
	}
	return emulator.requests.at(-1)?.headers ?? {}
}

async function authorization(credentials: BedrockCredentials): Promise<string> {
	return (await send(credentials)).authorization ?? ""
}

async function failureOf(request: Promise<unknown>): Promise<ProviderFailure> {
	const failure: unknown = await request.catch((error: unknown) => error)
	if (!ProviderFailure.is(failure)) throw new Error("The request did not fail.")
	return failure
}

function writeProfiles(...profiles: readonly (readonly [name: string, accessKeyId: string])[]): void {
	const entries = profiles.map(
		([name, id]) => `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = canary-secret\n`,
	)
	writeFileSync(join(folder, "credentials"), entries.join(""))
}

const API_KEY = { method: "api-key", apiKey: "canary-key" } as const
const KEYS = { method: "static-keys", accessKeyId: "AKIDTYPED", secretAccessKey: "canary-secret" } as const
const TEMPORARY_KEYS = { ...KEYS, sessionToken: "canary-token" } as const
const WORK = { method: "profile", profile: "work" } as const

describe("Credentials on the wire", () => {
	it("a Bedrock API key is sent as a bearer token, even if AWS keys are in the environment", async () => {
		vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
		vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example")
		expect(await authorization({ method: "api-key", apiKey: "made-up-key" })).toBe("Bearer made-up-key")
	})

	it("the default chain signs with the environment's keys for the called region", async () => {
		vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
		vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example")
		expect(await authorization({ method: "default-chain" })).toMatch(
			/^AWS4-HMAC-SHA256 Credential=AKIDENVIRONMENT\/\d{8}\/eu-west-2\/bedrock\/aws4_request, /,
		)
	})

	it("a named profile signs with the keys of that profile", async () => {
		writeProfiles(["default", "AKIDDEFAULT"], ["work", "AKIDWORK"])
		expect(await authorization(WORK)).toContain("Credential=AKIDWORK/")
	})

	it.each([
		["work", WORK],
		["default", { method: "default-chain" }],
	] as const)(
		"the keys of the profile %s are read again for each handler, so that a renewed profile works at once",
		async (name, credentials) => {
			writeProfiles([name, "AKIDBEFORE"])
			expect(await authorization(credentials)).toContain("Credential=AKIDBEFORE/")
			writeProfiles([name, "AKIDAFTER"])
			expect(await authorization(credentials)).toContain("Credential=AKIDAFTER/")
		},
	)

	it("a profile's session token is sent and signed", async () => {
		writeProfiles(["work", "AKIDWORK"])
		appendFileSync(join(folder, "credentials"), "aws_session_token = token-of-work\n")
		const headers = await send(WORK)
		expect(headers["x-amz-security-token"]).toBe("token-of-work")
		expect(headers.authorization).toMatch(/SignedHeaders=[^,]*x-amz-security-token/)
	})

	it("access keys sign the request, with a session token if there is one", async () => {
		const temporary = await send(TEMPORARY_KEYS)
		expect(temporary.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDTYPED\//)
		expect(temporary.authorization).toMatch(/SignedHeaders=[^,]*x-amz-security-token/)
		expect(temporary["x-amz-security-token"]).toBe("canary-token")
		expect(await send(KEYS)).not.toHaveProperty("x-amz-security-token")
	})

	it("a bearer token in the environment is sent only by the default chain", async () => {
		vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", "key-of-the-environment")
		writeProfiles(["work", "AKIDWORK"])
		expect(await authorization(WORK)).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDWORK\//)
		expect(await authorization(KEYS)).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDTYPED\//)
		expect(await authorization(API_KEY)).toBe("Bearer canary-key")
		expect(await authorization({ method: "default-chain" })).toBe("Bearer key-of-the-environment")
	})
})

describe("Missing credentials", () => {
	it.each([
		[{ method: "default-chain" }, /^No AWS credentials were found on this machine\. Set .* aws sso login\.$/],
		[WORK, /^There is no AWS profile "work" in the shared AWS files\.$/],
	] as const)("fail with credentials-missing before anything is sent: %j", async (credentials, message) => {
		const failure = await failureOf(send(credentials))
		expect(failure).toMatchObject({ code: "credentials-missing", message: expect.stringMatching(message) })
		expect(emulator.requests).toEqual([])
	})

	it("of a named profile are not replaced by the default profile or the environment", async () => {
		writeProfiles(["default", "AKIDDEFAULT"])
		vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
		vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example")
		expect((await failureOf(send(WORK))).code).toBe("credentials-missing")
		expect(emulator.requests).toEqual([])
	})

	it("are reported without the output of the profile's credential process", async () => {
		writeFileSync(join(folder, "config"), "[profile work]\ncredential_process = sh -c 'echo canary >&2; exit 1'\n")
		expect((await failureOf(send(WORK))).message).not.toContain("canary")
	})
})

describe("Expired credentials", () => {
	beforeEach(() => {
		writeProfiles(["work", "AKIDWORK"])
		vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
		vi.stubEnv("AWS_SECRET_ACCESS_KEY", "canary-secret")
		emulator.setScenario("credentials-expired")
		return () => emulator.setScenario("served-as-asked")
	})

	it.each([
		[{ method: "default-chain" }, /^The AWS credentials have expired\. Renew them/],
		[WORK, /^The credentials of the AWS profile "work" have expired\. .*aws sso login --profile work/],
		[API_KEY, /^The Bedrock API key has expired\. Create a new one/],
		[TEMPORARY_KEYS, /^The stored access keys have expired\. Enter new ones/],
	] as const)("fail with credentials-expired, without a secret in the failure: %j", async (credentials, message) => {
		const failure = await failureOf(send(credentials))
		expect(failure).toMatchObject({ code: "credentials-expired", message: expect.stringMatching(message) })
		expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain("canary")
	})

	it("fail with credentials-expired for an expired single sign-on session", async () => {
		vi.stubEnv("HOME", folder)
		const session = "https://example.awsapps.com/start"
		writeFileSync(
			join(folder, "config"),
			`[profile sso]\nsso_start_url = ${session}\nsso_region = us-east-1\n` +
				"sso_account_id = 123456789012\nsso_role_name = developer\n",
		)
		mkdirSync(join(folder, ".aws/sso/cache"), { recursive: true })
		const name = createHash("sha1").update(session).digest("hex")
		const token = { startUrl: session, accessToken: "canary-token", expiresAt: "2020-01-01T00:00:00Z" }
		writeFileSync(join(folder, ".aws/sso/cache", `${name}.json`), JSON.stringify(token))
		const failure = await failureOf(send({ method: "profile", profile: "sso" }))
		expect(failure).toMatchObject({
			code: "credentials-expired",
			message: expect.stringContaining("--profile sso"),
		})
		expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain("canary")
	})
})

describe("Credentials that AWS rejects", () => {
	/** AWS's response to a wrong signature quotes the signed content. */
	const quoting = (headers: IncomingHttpHeaders) =>
		`The request signature we calculated does not match. The Canonical String for this request should have been ` +
		`'POST\nx-amz-security-token:${String(headers["x-amz-security-token"])}'`

	it.each([
		["InvalidSignatureException", quoting, TEMPORARY_KEYS, /^AWS does not know the stored access keys\. Enter all/],
		["UnrecognizedClientException", () => "The security token is invalid.", WORK, /keys of the AWS profile "work"/],
		[
			"AccessDeniedException",
			() => "Authentication failed: Please make sure your API Key is valid.",
			API_KEY,
			/^AWS does not know the Bedrock API key\./,
		],
	] as const)(
		"fail with access-denied after %s, without a secret in the failure",
		async (name, awsMessage, credentials, message) => {
			writeProfiles(["work", "AKIDWORK"])
			const server = createServer((request, response) => {
				response.writeHead(403, { "x-amzn-errortype": name, "content-type": "application/json" })
				response.end(JSON.stringify({ message: awsMessage(request.headers) }))
			})
			await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
			const { port } = server.address() as AddressInfo
			const failure = await failureOf(send(credentials, `http://127.0.0.1:${port}`))
			server.close()
			expect(failure).toMatchObject({
				code: "access-denied",
				status: 403,
				message: expect.stringMatching(message),
			})
			expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain("canary")
		},
	)
})

describe("The user agent", () => {
	it("contains the application id", async () => {
		await authorization({ method: "api-key", apiKey: "made-up-key" })
		expect(emulator.requests[0]?.headers["user-agent"]).toContain("app/credentials-test")
	})
})
