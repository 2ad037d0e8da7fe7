import { readdirSync, readFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { startEmulator } from "@bedrock-tiers/bedrock-emulator"
import ts from "typescript"
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

/** Every server listens on the loopback address only. */

const root = join(import.meta.dirname, "../../../..")
const LOOPBACK = "127.0.0.1"

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
	await new Promise<void>((resolve) => open.listen(0, () => resolve()))
	const { port } = open.address() as { port: number }
	expect(listeningAddresses(port)).not.toEqual([LOOPBACK_IN_HEX])
	await new Promise((resolve) => open.close(resolve))
})

/**
 * Allowed calls without a loopback host: Vite gets its host from its configuration, one test listens on a socket file,
 * and this file briefly listens on all addresses.
 */
const CALLS_WITHOUT_HOST = [
	"packages/system-tests/src/security/network.security.test.ts: 0, () => resolve()",
	"scripts/lib/take-gallery.mjs: ",
	'src/app/workspace-tools/outside.test.ts: join(inside, "socket")',
]

it("Every call of listen() and every server process option names 127.0.0.1", (context) => {
	report(context, {
		area: "network",
		tried: "every call of listen() in the sources, the scripts and the tests, and the options of every server process",
		holds: "each names 127.0.0.1",
	})
	const calls = listSources().flatMap((file) => findListenCalls(file).map((call) => ({ file, ...call })))
	expect(calls.length).toBeGreaterThan(12)
	const others = calls.filter(({ host }) => host !== LOOPBACK).map(({ file, text }) => `${file}: ${text}`)
	expect(others.sort()).toEqual(CALLS_WITHOUT_HOST)
	expect(readFileSync(join(root, "scripts/lib/take-gallery.mjs"), "utf8")).toContain('server: { host: "127.0.0.1"')
	const serverScript = readFileSync(join(root, "scripts/lib/vscode-server.mjs"), "utf8")
	expect(serverScript.match(/"--(bind-addr|host)", `?[^,\]]+/g)).toEqual(['"--bind-addr", `127.0.0.1:${port}`'])
	expect(
		listSources()
			.filter((file) => /0\.0\.0\.0|"::"|--host[" =](?!ed)/.test(readFileSync(join(root, file), "utf8")))
			.sort(),
	).toEqual(
		// The build scripts have an option "--host" that means the extension host; this file contains the pattern
		// itself.
		[
			"packages/system-tests/src/security/network.security.test.ts",
			"packages/test-kit/src/hosts/build-host.ts",
			"scripts/build.mjs",
		],
	)
})

function listSources(): string[] {
	return ["src", "packages", "scripts", "webview-ui"].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
			.filter((name) => /\.(ts|tsx|mjs|cjs)$/.test(name) && !/node_modules|dist\/|generated\//.test(name))
			.map((name) => `${folder}/${name}`),
	)
}

/** Finds calls of a method `listen` with arguments. `host` is `undefined` when the call names none. */
function findListenCalls(file: string): { readonly host: string | undefined; readonly text: string }[] {
	const text = readFileSync(join(root, file), "utf8")
	if (!text.includes(".listen(")) return []
	const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
	const constants = new Map(
		[...text.matchAll(/const (\w+) = "([\d.]+)"/g)].map(([, name = "", value = ""]) => [name, value]),
	)
	const found: { host: string | undefined; text: string }[] = []
	const valueOf = (node: ts.Node | undefined) =>
		node && ts.isStringLiteral(node)
			? node.text
			: node && ts.isIdentifier(node)
				? constants.get(node.text)
				: undefined
	const visit = (node: ts.Node): void => {
		if (
			ts.isCallExpression(node) &&
			ts.isPropertyAccessExpression(node.expression) &&
			node.expression.name.text === "listen"
		) {
			const [first, second] = node.arguments
			const argumentsText = node.arguments.map((argument) => argument.getText()).join(", ")
			const hostProperty =
				first && ts.isObjectLiteralExpression(first)
					? first.properties.find((property) => property.name?.getText() === "host")
					: undefined
			const host =
				hostProperty && ts.isShorthandPropertyAssignment(hostProperty)
					? valueOf(hostProperty.name)
					: hostProperty && ts.isPropertyAssignment(hostProperty)
						? valueOf(hostProperty.initializer)
						: valueOf(second)
			// The webview's message port has a `listen` method too, which takes a listener.
			if (!(node.arguments.length === 1 && first && (ts.isArrowFunction(first) || ts.isIdentifier(first))))
				found.push({ host, text: argumentsText })
		}
		ts.forEachChild(node, visit)
	}
	visit(tree)
	return found
}
