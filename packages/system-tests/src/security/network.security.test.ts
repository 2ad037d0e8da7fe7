import { readFileSync } from "node:fs"
import { createServer } from "node:net"
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
