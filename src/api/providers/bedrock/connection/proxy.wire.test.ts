import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { HTTP_PROTOCOLS } from "@bedrock-tiers/protocol"
import { startProxy, type ProxyOptions } from "@bedrock-tiers/test-kit/servers/proxy"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest"
import type { FailedAttempt } from "../../../provider-contract"
import { AwsBedrockHandler } from "../bedrock-handler"
import type { BedrockHandlerOptions } from "../handler-options"

/** Requests to AWS's own host names, which only the proxy resolves: without it nothing here could be reached. */

const RUNTIME = "bedrock-runtime.us-east-1.amazonaws.com"
const CONTROL_PLANE = "bedrock.us-east-1.amazonaws.com"
const HOST_PROXY = { enabled: true, url: null, noProxy: null, authorization: null, checksCertificate: true } as const

const START = "https://example.awsapps.com/start"
const PROFILES = `[profile base]
aws_access_key_id = AKIDBASE
aws_secret_access_key = example
[profile STS]
role_arn = arn:aws:iam::123456789012:role/dev
source_profile = base
[profile SSO]
sso_start_url = ${START}
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = dev
`
const ASSUMED_ROLE = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>AKIDSIGNEDIN</AccessKeyId><SecretAccessKey>example</SecretAccessKey>
<SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>`
const ROLE_CREDENTIALS = JSON.stringify({
	roleCredentials: {
		accessKeyId: "AKIDSIGNEDIN",
		secretAccessKey: "example",
		sessionToken: "token",
		expiration: Date.parse("2099-01-01T00:00:00Z"),
	},
})

let emulator: Emulator
let folder: string
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi." })
})
beforeEach(() => {
	emulator.requests.length = 0
	folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-proxy-"))
	for (const name of Object.keys(process.env)) if (/^AWS_|_PROXY$/i.test(name)) vi.stubEnv(name, undefined)
	vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"))
	vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"))
	vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true")
	vi.stubEnv("AWS_MAX_ATTEMPTS", "1")
	vi.stubEnv("HOME", folder)
})
afterEach(() => {
	vi.unstubAllEnvs()
	rmSync(folder, { recursive: true, force: true })
})
afterAll(() => emulator.close())

async function proxyTo(options: Partial<ProxyOptions> = {}) {
	const port = Number(new URL(emulator.url).port)
	const proxy = await startProxy({ upstreams: { [RUNTIME]: port, [CONTROL_PLANE]: port }, ...options })
	onTestFinished(() => proxy.close())
	writeFileSync(join(folder, "ca.pem"), proxy.certificate)
	vi.stubEnv("AWS_CA_BUNDLE", join(folder, "ca.pem"))
	return proxy
}

async function send(options: Partial<BedrockHandlerOptions> = {}) {
	const handler = new AwsBedrockHandler({
		region: "us-east-1",
		modelId: "openai.gpt-oss-20b-1:0",
		route: "auto",
		serviceTier: "flex",
		api: "converse",
		credentials: { method: "api-key", apiKey: "proxy-test-key" },
		endpoint: null,
		applicationId: "proxy-test",
		...options,
	})
	const failed: FailedAttempt[] = []
	try {
		const onAttemptFailed = (attempt: FailedAttempt) => failed.push(attempt)
		return { text: await handler.completePrompt("Hello", { onAttemptFailed }), failed }
	} catch (failure) {
		return { failure: failure as Error & { code: string }, failed }
	} finally {
		handler.dispose()
	}
}

describe.each(HTTP_PROTOCOLS.map((http) => [http] as const))("A request over %s", (http) => {
	it.each(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"])(
		"goes through the proxy of %s",
		async (name) => {
			const proxy = await proxyTo()
			vi.stubEnv(name, `http://${proxy.host}`)
			expect(await send({ http })).toEqual({ text: "Hi.", failed: [] })
			expect(emulator.requests).toMatchObject([
				{ httpVersion: http === "http2" ? "2" : "1.1", requestedTier: "flex" },
			])
			await expect.poll(() => proxy.connects).toEqual([{ target: `${RUNTIME}:443`, authorization: null }])
		},
	)

	it("is authenticated with the user name and password of the proxy's address", async () => {
		const proxy = await proxyTo({ authorization: `Basic ${Buffer.from("ada:p@ss").toString("base64")}` })
		vi.stubEnv("HTTPS_PROXY", `http://ada:p%40ss@${proxy.host}`)
		expect(await send({ http })).toEqual({ text: "Hi.", failed: [] })
	})

	it("says what to do when the proxy requires a password, and counts as not sent", async () => {
		const proxy = await proxyTo({ authorization: "Basic eDp5" })
		vi.stubEnv("HTTPS_PROXY", `http://ada:canary@${proxy.host}`)
		const { failure, failed } = await send({ http })
		expect(failure).toMatchObject({
			code: "network",
			message: `The proxy ${proxy.host} requires a user name and password. Add them to its address: http://USER:PASSWORD@${proxy.host}.`,
		})
		expect([failed, emulator.requests]).toEqual([[], []])
	})

	it("says that the proxy refused the connection", async () => {
		const proxy = await proxyTo({ refusal: 403 })
		vi.stubEnv("HTTPS_PROXY", `http://${proxy.host}`)
		const { failure } = await send({ http })
		expect(failure?.message).toBe(
			`The proxy ${proxy.host} refused the connection (HTTP 403). Check whether it allows this endpoint.`,
		)
	})

	it("says that the proxy cannot be reached", async () => {
		vi.stubEnv("HTTPS_PROXY", "http://ada:canary@127.0.0.1:9")
		const { failure, failed } = await send({ http })
		expect(failure).toMatchObject({
			code: "network",
			message:
				"Could not connect to the proxy 127.0.0.1:9 (ECONNREFUSED). Check the proxy settings (VS Code: http.proxy; environment: HTTPS_PROXY).",
		})
		expect(failed).toEqual([])
	})

	it("says that the certificate behind the proxy is not trusted", async () => {
		const proxy = await proxyTo()
		vi.stubEnv("AWS_CA_BUNDLE", undefined)
		vi.stubEnv("HTTPS_PROXY", `http://${proxy.host}`)
		const { failure, failed } = await send({ http })
		expect(failure).toMatchObject({
			code: "network",
			message:
				"The server's certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT). If your network inspects connections, set NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE to the file with its CA certificate.",
		})
		expect([failed, emulator.requests]).toEqual([[], []])
	})

	it("says that AWS_CA_BUNDLE cannot be read", async () => {
		vi.stubEnv("AWS_CA_BUNDLE", join(folder, "no.pem"))
		const { failure, failed } = await send({ http, endpoint: emulator.url })
		expect(failure?.message).toBe(`Could not read the CA certificates in ${join(folder, "no.pem")} (ENOENT).`)
		expect(failed).toEqual([])
	})

	it("to this machine never goes through a proxy", async () => {
		vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:9")
		vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:9")
		expect(await send({ http, endpoint: emulator.url })).toEqual({ text: "Hi.", failed: [] })
	})

	it("to a host of NO_PROXY does not go through the proxy", async () => {
		const proxy = await proxyTo({ upstreams: { "gateway.invalid": Number(new URL(emulator.url).port) } })
		vi.stubEnv("HTTPS_PROXY", `http://${proxy.host}`)
		vi.stubEnv("NO_PROXY", "example.com,.invalid")
		const { failure } = await send({ http, endpoint: "https://gateway.invalid" })
		expect(failure?.message).toMatch(/^The connection to Bedrock failed \((ENOTFOUND|EAI_AGAIN)\)/)
		expect([proxy.connects, emulator.requests]).toEqual([[], []])
	})

	it("goes through the host's proxy rather than the environment's, with the host's authorization", async () => {
		const proxy = await proxyTo({ authorization: "Basic aG9zdA==" })
		vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:9")
		const settings = { ...HOST_PROXY, url: `http://${proxy.host}`, authorization: "Basic aG9zdA==" }
		expect(await send({ http, proxy: settings })).toEqual({ text: "Hi.", failed: [] })
	})

	it.each([
		[true, undefined],
		[false, "Hi."],
	])("checks the certificate of an https proxy: %s", async (checksCertificate, text) => {
		const proxy = await proxyTo({ isSecure: true })
		// The name of this proxy is not the one in its certificate, which is trusted.
		const settings = { ...HOST_PROXY, url: `https://${proxy.host}`, checksCertificate }
		expect((await send({ http, proxy: settings })).text).toBe(text)
	})
})

describe("The proxy", () => {
	it.each(["socks5://127.0.0.1:1080", "http://", "http://ada:canary@exa mple:1"])(
		"%s is rejected without quoting it",
		async (url) => {
			vi.stubEnv("HTTPS_PROXY", url)
			const { failure, failed } = await send()
			expect(failure).toMatchObject({
				code: "bad-input",
				message: "The proxy's address is not valid. Use an address such as http://proxy.example.com:8080.",
			})
			expect(failed).toEqual([])
		},
	)

	it("may be given without http://", async () => {
		const proxy = await proxyTo()
		vi.stubEnv("HTTPS_PROXY", proxy.host)
		expect(await send()).toEqual({ text: "Hi.", failed: [] })
	})

	it("carries the lookups in the control plane", async () => {
		const proxy = await proxyTo()
		vi.stubEnv("HTTPS_PROXY", `http://${proxy.host}`)
		await send({ modelId: "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123" })
		await expect.poll(() => proxy.connects.map(({ target }) => target)).toContain(`${CONTROL_PLANE}:443`)
		expect(emulator.requests[0]?.path).toMatch(/^\/inference-profiles\//)
	})

	it.each([
		["STS", "sts.us-east-1.amazonaws.com", "text/xml", ASSUMED_ROLE],
		["SSO", "sso.us-east-1.amazonaws.com", "application/json", ROLE_CREDENTIALS],
	])("carries the sign-in by %s", async (profile, host, contentType, answer) => {
		const server = createServer((request, response) => {
			request.resume()
			response.writeHead(200, { "content-type": contentType }).end(answer)
		})
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
		onTestFinished(() => void server.close())
		const { port } = server.address() as AddressInfo
		const proxy = await proxyTo({ upstreams: { [host]: port, [RUNTIME]: Number(new URL(emulator.url).port) } })
		vi.stubEnv("HTTPS_PROXY", `http://${proxy.host}`)
		// SSO's own host name is not covered by the proxy's certificate.
		vi.stubEnv("AWS_ENDPOINT_URL_SSO", "https://sso.us-east-1.amazonaws.com")
		writeFileSync(join(folder, "config"), PROFILES)
		mkdirSync(join(folder, ".aws/sso/cache"), { recursive: true })
		const token = JSON.stringify({ accessToken: "token", expiresAt: "2099-01-01T00:00:00Z" })
		writeFileSync(join(folder, ".aws/sso/cache", `${createHash("sha1").update(START).digest("hex")}.json`), token)
		expect(await send({ credentials: { method: "profile", profile } })).toEqual({ text: "Hi.", failed: [] })
		expect(emulator.requests[0]?.headers.authorization).toContain("Credential=AKIDSIGNEDIN/")
		await expect.poll(() => proxy.connects.map(({ target }) => target)).toEqual([`${host}:443`, `${RUNTIME}:443`])
	})
})
