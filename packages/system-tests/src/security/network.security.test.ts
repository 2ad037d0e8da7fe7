import { readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { startEmulator } from "@bedrock-tiers/bedrock-emulator"
import { expect, it } from "vitest"
import {
	closedServerUrl,
	startRawServer,
	startSelfSignedServer,
	startServer,
} from "@bedrock-tiers/test-kit/servers/fault-servers"
import { servePriceLists } from "@bedrock-tiers/test-kit/servers/price-list-server"
import { serveWebview } from "./testing/webview-server"
import { report } from "./testing/report"
import { openTerminal } from "./testing/terminal"

/** Every server listens on the loopback address only. The lint rule `bedrock-tiers/loopback-only` checks the sources. */

/** @returns the local addresses that listen on a port, in hexadecimal, as Linux lists them in /proc/net */
function listeningAddresses(port: number): string[] {
	const portInHex = port.toString(16).toUpperCase().padStart(4, "0")
	return ["tcp", "tcp6"].flatMap((protocol) => {
		const lines = readFileSync(`/proc/net/${protocol}`, "utf8").trim().split("\n").slice(1)
		return lines
			.map((line) => line.trim().split(/\s+/))
			.flatMap(([, local = "", , state]) =>
				state === "0A" && local.endsWith(`:${portInHex}`) ? [local.slice(0, -5)] : [],
			)
	})
}

/** 127.0.0.1 in /proc/net. */
const LOOPBACK_IN_HEX = "0100007F"
const portOf = (url: string) => Number(new URL(url).port)

it.skipIf(process.platform !== "linux")("Servers listen on 127.0.0.1 only while they run", async (context) => {
	report(context, {
		area: "network",
		tried: "the sockets of the emulator, of the webview server and of every test server, as listed by the kernel",
		holds: "127.0.0.1 and no other address; a server on all addresses would be detected",
	})
	const emulator = await startEmulator()
	const prices = await servePriceLists()
	const webview = await serveWebview()
	const urls = [
		emulator.url,
		prices.url,
		webview.url,
		await startServer("http1", () => undefined),
		await startServer("http2", () => undefined),
		await startRawServer(() => undefined),
		await startSelfSignedServer(),
	]
	try {
		for (const url of urls) expect([url, listeningAddresses(portOf(url))]).toEqual([url, [LOOPBACK_IN_HEX]])
	} finally {
		await Promise.all([emulator.close(), prices.close(), webview.close()])
	}
	expect(listeningAddresses(emulator.port)).toEqual([])
	expect(listeningAddresses(portOf(await closedServerUrl()))).toEqual([])
	const open = createServer()
	// eslint-disable-next-line bedrock-tiers/loopback-only -- shows that this test detects a server on all interfaces
	await new Promise<void>((resolve) => open.listen(0, () => resolve()))
	const { port } = open.address() as { port: number }
	expect(listeningAddresses(port)).not.toEqual([LOOPBACK_IN_HEX])
	await new Promise((resolve) => open.close(resolve))
})

it.skipIf(process.platform !== "linux")(
	"Terminal command sends no key in clear text to a host that AWS's settings choose",
	async (context) => {
		report(context, {
			area: "network",
			tried: "terminal: http on another host in AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_BEDROCK_RUNTIME and endpoint_url, with an API key",
			holds: "bad-input before anything is signed; nothing arrives, also not at the control plane",
		})
		const emulator = await startEmulator({ pace: "instant" })
		const terminal = openTerminal()
		const config = join(terminal.folder, "config")
		// Linux connects to this machine for 0.0.0.0, so that a request in clear text would arrive.
		// eslint-disable-next-line bedrock-tiers/loopback-only -- a client's address, which only loopback serves
		const url = `http://0.0.0.0:${emulator.port}`
		writeFileSync(config, `[default]\nendpoint_url = ${url}\n`)
		const profile = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc"
		try {
			const places: Record<string, string>[] = [
				{ AWS_ENDPOINT_URL: url },
				{ AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url, AWS_ENDPOINT_URL_BEDROCK: url },
				{ AWS_CONFIG_FILE: config },
			]
			for (const settings of places)
				for (const command of [
					["chat", "Hi"],
					["verify", "--yes"],
				]) {
					const args = [...command, "--region", "us-east-1", "--model", profile]
					const env = { AWS_BEARER_TOKEN_BEDROCK: "canary-key-0123456789", ...settings }
					const { code, stderr } = await terminal.run(args, env)
					expect([code, stderr]).toEqual([1, expect.stringContaining("bad-input: AWS's own settings")])
				}
			expect(emulator.requests).toEqual([])
		} finally {
			terminal.close()
			await emulator.close()
		}
	},
)
