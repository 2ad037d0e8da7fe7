import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inspect } from "node:util"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { startErrorServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest"
import { ProviderFailure } from "../../../provider-failure"
import { AwsBedrockHandler } from "../bedrock-handler"
import type { BedrockCredentials } from "../handler-options"

/** Credentials as users have them: pasted, misspelt, expired. The keys are made up. */

let emulator: Emulator
let folder: string
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi." })
})
beforeEach(() => {
	emulator.requests.length = 0
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-sign-in-"))
	for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined)
	vi.stubEnv("HOME", folder)
	vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"))
	vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"))
	vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true")
})
afterEach(() => {
	vi.unstubAllEnvs()
	rmSync(folder, { recursive: true, force: true })
})
afterAll(() => emulator.close())

const DEFAULT_CHAIN = { method: "default-chain" } as const
const profileOf = (profile: string) => ({ method: "profile", profile }) as const

function openHandler(credentials: BedrockCredentials, endpoint = emulator.url) {
	const handler = new AwsBedrockHandler({
		region: "eu-west-2",
		modelId: "openai.gpt-oss-20b-1:0",
		route: "auto",
		serviceTier: "default",
		api: "converse",
		credentials,
		endpoint,
		applicationId: "sign-in-test",
	})
	onTestFinished(() => handler.dispose())
	return handler
}

async function authorization(credentials: BedrockCredentials): Promise<string> {
	await openHandler(credentials).completePrompt("Hello")
	return emulator.requests.at(-1)?.headers.authorization ?? ""
}

async function failureOf(credentials: BedrockCredentials, endpoint?: string): Promise<ProviderFailure> {
	const failure: unknown = await openHandler(credentials, endpoint)
		.completePrompt("Hello")
		.catch((error: unknown) => error)
	if (!ProviderFailure.is(failure)) throw new Error(`Not a failure: ${inspect(failure)}`)
	expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain("canary")
	return failure
}

function writeConfig(text: string): void {
	writeFileSync(join(folder, "config"), text)
}

function writeToken(name: string, expiresAt: string): void {
	mkdirSync(join(folder, ".aws/sso/cache"), { recursive: true })
	const file = `${createHash("sha1").update(name).digest("hex")}.json`
	writeFileSync(join(folder, ".aws/sso/cache", file), JSON.stringify({ accessToken: "canary-token", expiresAt }))
}

const START = "https://example.awsapps.com/start"
const ACCOUNT = "sso_account_id = 123456789012\nsso_role_name = dev\n"
const LEGACY_SSO = `[profile sso]\nsso_start_url = ${START}\nsso_region = us-east-1\n${ACCOUNT}`
const SESSION_SSO = `[profile sso]\nsso_session = corp\n${ACCOUNT}[sso-session corp]\nsso_start_url = ${START}\nsso_region = us-east-1\n`

describe("White space around credentials", () => {
	it.each(["", " ", "\n", "\t\r\n"])("AWS_BEARER_TOKEN_BEDROCK counts as not set when it is %j", async (blank) => {
		vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", blank)
		vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
		vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example")
		expect(await authorization(DEFAULT_CHAIN)).toContain("Credential=AKIDENVIRONMENT/")
	})

	it("is removed from AWS_BEARER_TOKEN_BEDROCK and from a stored API key", async () => {
		vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", " environment-key\r\n")
		expect(await authorization(DEFAULT_CHAIN)).toBe("Bearer environment-key")
		expect(await authorization({ method: "api-key", apiKey: "stored-key\n" })).toBe("Bearer stored-key")
	})

	it("is removed from access keys of the environment and from stored ones", async () => {
		vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT\n")
		vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example\r\n")
		vi.stubEnv("AWS_SESSION_TOKEN", "token\n")
		expect(await authorization(DEFAULT_CHAIN)).toContain("Credential=AKIDENVIRONMENT/")
		expect(emulator.requests[0]?.headers["x-amz-security-token"]).toBe("token")
		const keys = { accessKeyId: " AKIDSTORED\n", secretAccessKey: "example\n", sessionToken: "token\n" }
		expect(await authorization({ method: "static-keys", ...keys })).toContain("Credential=AKIDSTORED/")
		expect(emulator.requests[1]?.headers["x-amz-security-token"]).toBe("token")
	})
})

describe("A profile without credentials", () => {
	const inBothWays = async (profile: string, check: (failure: ProviderFailure) => void) => {
		check(await failureOf(profileOf(profile)))
		vi.stubEnv("AWS_PROFILE", profile)
		check(await failureOf(DEFAULT_CHAIN))
		expect(emulator.requests).toEqual([])
	}

	it("is reported as unknown, with the nearest name, when its name is misspelt", async () => {
		writeConfig("[profile work]\nregion = us-east-1\n[profile personal]\nregion = us-east-1\n")
		await inBothWays("wrok", ({ code, message }) => {
			expect(code).toBe("credentials-missing")
			expect(message).toBe('There is no AWS profile "wrok" in the shared AWS files. Did you mean "work"?')
		})
	})

	it("is reported as unknown, without a name, when none is similar", async () => {
		writeConfig("[profile work]\nregion = us-east-1\n[sso-session zebra]\nsso_region = us-east-1\n")
		await inBothWays("zebra1", ({ message }) => {
			expect(message).toBe('There is no AWS profile "zebra1" in the shared AWS files.')
		})
	})

	it("is reported by the name of its source profile when that one does not exist", async () => {
		writeConfig(
			"[profile work]\nrole_arn = arn:aws:iam::123456789012:role/dev\nsource_profile = bsae\n[profile base]\nregion = us-east-1\n",
		)
		const { message } = await failureOf(profileOf("work"))
		expect(message).toBe('There is no AWS profile "bsae" in the shared AWS files. Did you mean "base"?')
	})

	it.each([
		["a legacy configuration", LEGACY_SSO],
		["an sso-session", SESSION_SSO],
	])("says how to sign in without a sign-in by SSO: %s", async (_, config) => {
		writeConfig(config)
		await inBothWays("sso", ({ code, message }) => {
			expect(code).toBe("credentials-missing")
			expect(message).toBe(
				'You are not signed in for the AWS profile "sso". Sign in with: aws sso login --profile sso',
			)
		})
	})

	it.each([
		["a legacy configuration", LEGACY_SSO, START],
		["an sso-session", SESSION_SSO, "corp"],
	])("says that the sign-in by SSO has expired: %s", async (_, config, name) => {
		writeConfig(config)
		writeToken(name, "2020-01-01T00:00:00Z")
		await inBothWays("sso", ({ code, message }) => {
			expect(code).toBe("credentials-expired")
			expect(message).toMatch(
				/^The credentials of the AWS profile "sso" have expired\. .*aws sso login --profile sso/,
			)
		})
	})

	it.each([
		["ends with an error", "sh -c 'echo canary >&2; exit 1'"],
		["prints no JSON", "echo canary"],
	])("says that its credential_process failed when it %s", async (_, command) => {
		writeConfig(`[profile work]\ncredential_process = ${command}\n`)
		await inBothWays("work", ({ code, message }) => {
			expect(code).toBe("credentials-missing")
			expect(message).toBe(
				'The credential_process of the AWS profile "work" failed. Run its command in a terminal to see why.',
			)
		})
	})

	it("says that its credential_process returned expired credentials", async () => {
		writeProcess("2020-01-01T00:00:00Z")
		await inBothWays("work", ({ code, message }) => {
			expect(code).toBe("credentials-expired")
			expect(message).toBe(
				'The credential_process of the AWS profile "work" returned expired credentials. Run its command in a terminal, and sign in again where it says so.',
			)
		})
	})
})

/** A credential_process that returns another access key at each call: AKID1, AKID2, … */
function writeProcess(expiration: string): void {
	const count = join(folder, "count")
	writeFileSync(count, "")
	const script = join(folder, "process.sh")
	const answer = { Version: 1, AccessKeyId: "AKID%s", SecretAccessKey: "canary", Expiration: expiration }
	writeFileSync(script, `echo >> ${count}\nprintf '${JSON.stringify(answer)}' $(grep -c '' ${count})\n`)
	writeConfig(`[profile work]\ncredential_process = sh ${script}\n`)
}

describe("A long chat", () => {
	const keyIds = () =>
		emulator.requests.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? "")?.[1])
	const soon = () => new Date(Date.now() + 60_000).toISOString()

	it.each([["profile"], ["AWS_PROFILE"]])(
		"asks credential_process again before its credentials expire (%s)",
		async (by) => {
			writeProcess(soon())
			if (by === "AWS_PROFILE") vi.stubEnv("AWS_PROFILE", "work")
			const handler = openHandler(by === "profile" ? profileOf("work") : DEFAULT_CHAIN)
			await handler.completePrompt("Hello")
			// The chain uses the old ones while it asks for new ones.
			const nextKeyId = async () => {
				await handler.completePrompt("Hello")
				return keyIds().at(-1)
			}
			await expect.poll(nextKeyId, { timeout: 30_000 }).not.toBe(keyIds()[0])
		},
	)

	it("asks credential_process only once when its credentials are valid for long", async () => {
		writeProcess("2099-01-01T00:00:00Z")
		const handler = openHandler(profileOf("work"))
		for (let request = 0; request < 3; request++) await handler.completePrompt("Hello")
		expect(new Set(keyIds()).size).toBe(1)
	})

	it("asks credential_process again after AWS has refused its credentials as expired", async () => {
		writeProcess("2099-01-01T00:00:00Z")
		const handler = openHandler(profileOf("work"))
		emulator.setScenario("credentials-expired")
		await handler.completePrompt("Hello").catch(() => undefined)
		emulator.setScenario("served-as-asked")
		await handler.completePrompt("Hello")
		expect(keyIds()[0]).not.toBe(keyIds()[1])
	})

	it("asks SSO again before the credentials of its role expire", async () => {
		let calls = 0
		const sso = createServer((_, response) => {
			const roleCredentials = {
				accessKeyId: `AKIDSSO${++calls}`,
				secretAccessKey: "canary",
				sessionToken: "canary",
				expiration: Date.parse(soon()),
			}
			response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ roleCredentials }))
		})
		await new Promise<void>((resolve) => sso.listen(0, "127.0.0.1", resolve))
		onTestFinished(() => void sso.close())
		vi.stubEnv("AWS_ENDPOINT_URL_SSO", `http://127.0.0.1:${(sso.address() as AddressInfo).port}`)
		writeConfig(SESSION_SSO)
		writeToken("corp", "2099-01-01T00:00:00Z")
		const handler = openHandler(profileOf("sso"))
		for (let request = 0; request < 3; request++) await handler.completePrompt("Hello")
		expect(new Set(keyIds()).size).toBe(3)
	})

	it("reports a failed connection to SSO as such, not as missing credentials", async () => {
		vi.stubEnv("AWS_ENDPOINT_URL_SSO", "http://127.0.0.1:9")
		writeConfig(SESSION_SSO)
		writeToken("corp", "2099-01-01T00:00:00Z")
		expect(await failureOf(profileOf("sso"))).toMatchObject({
			code: "network",
			message: expect.stringContaining("ECONNREFUSED"),
		})
	})
})

describe("A Bedrock API key that AWS refuses", () => {
	/** A short-term key as AWS's token generators encode it. */
	function shortTermKey(region: string, date: string): string {
		const address = `bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDcanary%2F${date.slice(0, 8)}%2F${region}%2Fbedrock%2Faws4_request&X-Amz-Date=${date}&X-Amz-Expires=43200&X-Amz-Signature=canary&Version=1`
		return `bedrock-api-key-${Buffer.from(address).toString("base64")}`
	}

	const refuse = (message: string) => startErrorServer("http2", 403, "AccessDeniedException", message)

	const UNKNOWN = "Authentication failed: Please make sure your API Key is valid."
	const FOREIGN = shortTermKey("us-east-1", "20990101T000000Z")
	const EXPIRED = shortTermKey("eu-west-2", "20200101T000000Z")
	const LONG_TERM = "ABSKcanary"

	it.each([
		[
			"for another region",
			FOREIGN,
			UNKNOWN,
			"access-denied",
			/^The Bedrock API key is for us-east-1 only, and the request goes to eu-west-2\. /,
		],
		["with a date in the past", EXPIRED, UNKNOWN, "credentials-expired", /^The Bedrock API key has expired\./],
		[
			"that AWS calls expired",
			LONG_TERM,
			"Bearer Token has expired",
			"credentials-expired",
			/^The Bedrock API key has expired\./,
		],
		["that AWS does not know", LONG_TERM, UNKNOWN, "access-denied", /^AWS does not know the Bedrock API key\./],
	] as const)("has its own message: %s", async (_, apiKey, awsMessage, code, message) => {
		const endpoint = await refuse(awsMessage)
		expect(await failureOf({ method: "api-key", apiKey }, endpoint)).toMatchObject({
			code,
			message: expect.stringMatching(message),
		})
	})

	it.each([
		["for another region", FOREIGN, /^The Bedrock API key is for us-east-1 only/],
		["with a date in the past", EXPIRED, /^The Bedrock API key in AWS_BEARER_TOKEN_BEDROCK has expired\./],
		["that AWS does not know", LONG_TERM, /^AWS does not know the Bedrock API key in AWS_BEARER_TOKEN_BEDROCK\./],
	] as const)("has its own message in AWS_BEARER_TOKEN_BEDROCK: %s", async (_, apiKey, message) => {
		vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", apiKey)
		expect((await failureOf(DEFAULT_CHAIN, await refuse(UNKNOWN))).message).toMatch(message)
	})
})
