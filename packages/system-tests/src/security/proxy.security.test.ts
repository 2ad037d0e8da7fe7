import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { HTTP_PROTOCOLS, type HttpProtocol } from "@bedrock-tiers/protocol"
import { startProxy, type ProxyOptions } from "@bedrock-tiers/test-kit/servers/proxy"
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from "vitest"
import { CANARY } from "./testing/canaries"
import { setUpExtensionHosts, startExtension } from "./testing/extension-host"
import { userChoices } from "./testing/fake-vscode"
import { report } from "./testing/report"

/** VS Code's proxy settings in the extension, with a proxy in a process of its own. */

vi.mock("vscode", () => import("./testing/fake-vscode"))
setUpExtensionHosts()

const RUNTIME = "bedrock-runtime.us-east-1.amazonaws.com"
const AUTHORIZATION = `Basic ${Buffer.from(`ada:${CANARY.proxyPassword}`).toString("base64")}`

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi." })
})
beforeEach(() => {
	emulator.requests.length = 0
})
afterAll(() => emulator.close())

async function ask(http: HttpProtocol, settings: (host: string) => object, options: Partial<ProxyOptions> = {}) {
	const proxy = await startProxy({ upstreams: { [RUNTIME]: Number(new URL(emulator.url).port) }, ...options })
	onTestFinished(() => proxy.close())
	const host = await startExtension()
	const certificate = join(host.folder, "planted", "ca.pem")
	writeFileSync(certificate, proxy.certificate)
	vi.stubEnv("AWS_CA_BUNDLE", certificate)
	userChoices.configuration = settings(proxy.host) as Record<string, unknown>
	await host.save(
		{ http, region: "us-east-1", modelId: "openai.gpt-oss-20b-1:0", credentials: { method: "api-key" } },
		{ apiKey: CANARY.apiKey },
	)
	await host.do({ type: "send", text: "Hello" })
	expect(host.findCanaries()).toEqual([])
	const answer = host.view()?.chat.messages.at(-1)
	return { proxy, answer }
}

it.each(HTTP_PROTOCOLS)("Extension sends %s requests through VS Code's http.proxy", async (http) => {
	const { answer, proxy } = await ask(
		http,
		(host) => ({ "http.proxy": `http://ada:${CANARY.proxyPassword}@${host}` }),
		{ authorization: AUTHORIZATION },
	)
	expect(answer).toMatchObject({ status: "complete" })
	await expect.poll(() => proxy.connects).toEqual([{ target: `${RUNTIME}:443`, authorization: AUTHORIZATION }])
})

it.each(HTTP_PROTOCOLS)("Extension sends VS Code's http.proxyAuthorization to the proxy (%s)", async (http) => {
	const { answer } = await ask(
		http,
		(host) => ({ "http.proxy": `http://${host}`, "http.proxyAuthorization": AUTHORIZATION }),
		{ authorization: AUTHORIZATION },
	)
	expect(answer).toMatchObject({ status: "complete" })
})

it.each([
	[false, "complete"],
	[true, "failed"],
])("Extension checks the certificate of an https proxy when http.proxyStrictSSL is %s", async (strict, status) => {
	const { answer } = await ask(
		"http2",
		(host) => ({ "http.proxy": `https://${host}`, "http.proxyStrictSSL": strict }),
		{ isSecure: true },
	)
	expect(answer).toMatchObject({ status })
})

it("Extension shows the host of a proxy that requires a password, and never the password", async (context) => {
	report(context, {
		area: "secrets",
		tried: "a proxy with a password in VS Code's settings, which the proxy does not accept",
		holds: "the failure names the proxy's host and says what to do; the password is nowhere",
	})
	const { answer, proxy } = await ask(
		"http2",
		(host) => ({ "http.proxy": `http://ada:${CANARY.proxyPassword}@${host}` }),
		{ authorization: "Basic eDp5" },
	)
	expect(answer).toMatchObject({
		status: "failed",
		error: { code: "network", details: [{ code: "request.proxy-authentication", params: { proxy: proxy.host } }] },
	})
})
