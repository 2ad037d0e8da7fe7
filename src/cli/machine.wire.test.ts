import { execFile } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { HTTP_PROTOCOLS } from "@bedrock-tiers/protocol"
import { startProxy, type ProxyOptions } from "@bedrock-tiers/test-kit/servers/proxy"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest"

/** The built terminal command on machines as they are: behind a proxy, with blank keys, without a sign-in. */

const BIN = join(import.meta.dirname, "../../dist/cli.js")
const RUNTIME = "bedrock-runtime.us-east-1.amazonaws.com"

let emulator: Emulator
let folder: string
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi." })
})
beforeEach(() => {
	emulator.requests.length = 0
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-machine-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
afterAll(() => emulator.close())

const KEYS = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" }

function chat(environment: Record<string, string>, ...args: string[]) {
	const env = {
		PATH: process.env.PATH,
		HOME: folder,
		AWS_CONFIG_FILE: join(folder, "config"),
		AWS_EC2_METADATA_DISABLED: "true",
		...environment,
	}
	const all = [BIN, "chat", "--model", "openai.gpt-oss-20b-1:0", "--region", "us-east-1", ...args, "Hello"]
	return new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
		execFile(process.execPath, all, { env }, (error, stdout, stderr) =>
			resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr: stderr.trim() }),
		)
	})
}

async function proxyTo(options: Partial<ProxyOptions> = {}) {
	const proxy = await startProxy({ upstreams: { [RUNTIME]: Number(new URL(emulator.url).port) }, ...options })
	onTestFinished(() => proxy.close())
	writeFileSync(join(folder, "ca.pem"), proxy.certificate)
	return proxy
}

describe.each(HTTP_PROTOCOLS.map((http) => [http] as const))("`chat --http %s` behind a proxy", (http) => {
	it.each(["NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE"])("answers, with the CA certificate in %s", async (variable) => {
		const proxy = await proxyTo({ authorization: `Basic ${Buffer.from("ada:secret").toString("base64")}` })
		const environment = { HTTPS_PROXY: `http://ada:secret@${proxy.host}`, [variable]: join(folder, "ca.pem") }
		const { code, stdout } = await chat({ ...KEYS, ...environment }, "--http", http)
		expect([code, stdout.split("\n")[0]]).toEqual([0, "Hi."])
		await expect.poll(() => proxy.connects.map(({ target }) => target)).toEqual([`${RUNTIME}:443`])
	})

	it("prints what to do when the proxy requires a password", async () => {
		const proxy = await proxyTo({ authorization: "Basic eDp5" })
		const { code, stderr } = await chat({ ...KEYS, HTTPS_PROXY: `http://${proxy.host}` }, "--http", http)
		expect(code).toBe(1)
		expect(stderr).toBe(
			`network: The proxy ${proxy.host} requires a user name and password. Add them to its address: http://USER:PASSWORD@${proxy.host}.`,
		)
	})
})

describe("`chat` with the environment's credentials", () => {
	it("treats a blank AWS_BEARER_TOKEN_BEDROCK as not set", async () => {
		const environment = { ...KEYS, AWS_BEARER_TOKEN_BEDROCK: " \n" }
		const { code, stdout } = await chat(environment, "--endpoint", emulator.url)
		expect([code, stdout.split("\n")[0]]).toEqual([0, "Hi."])
		expect(emulator.requests[0]?.headers.authorization).toContain("Credential=AKIDEXAMPLE/")
	})

	it.each([
		["wrok", 'credentials-missing: There is no AWS profile "wrok" in the shared AWS files. Did you mean "work"?'],
		[
			"sso",
			'credentials-missing: You are not signed in for the AWS profile "sso". Sign in with: aws sso login --profile sso',
		],
		[
			"work",
			'credentials-missing: The credential_process of the AWS profile "work" failed. Run its command in a terminal to see why.',
		],
	])("prints what to do for AWS_PROFILE=%s", async (profile, message) => {
		writeFileSync(
			join(folder, "config"),
			"[profile work]\ncredential_process = false\n" +
				"[profile sso]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n" +
				"sso_account_id = 123456789012\nsso_role_name = dev\n",
		)
		const { code, stderr } = await chat({ AWS_PROFILE: profile }, "--endpoint", emulator.url)
		expect([code, stderr]).toEqual([1, message])
	})
})

describe("`chat --model`", () => {
	it.each(["bedrock/openai.gpt-oss-20b-1:0", ' "openai.gpt-oss-20b-1:0"', "openai.gpt-oss-20b-1:0[1m]"])(
		"reads %j as it is pasted",
		async (pasted) => {
			const { code } = await chat(KEYS, "--endpoint", emulator.url, "--model", pasted)
			expect([code, emulator.requests[0]?.path]).toEqual([0, "/model/openai.gpt-oss-20b-1%3A0/converse-stream"])
		},
	)

	it("suggests the nearest id for another text", async () => {
		const { code, stderr } = await chat(KEYS, "--endpoint", emulator.url, "--model", "claude-sonnet-4-6")
		expect(code).toBe(2)
		// Arguments are not repeated, because they can contain a key.
		expect(stderr).toContain('is not a Bedrock model id or ARN. Did you mean "anthropic.claude-sonnet-4-6"?')
	})
})
