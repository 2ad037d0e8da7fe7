import { readdirSync, readFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { startEmulator } from "@bedrock-tiers/bedrock-emulator"
import ts from "typescript"
import { expect, it } from "vitest"
import { closedAddress, rawServer, selfSignedServer, server } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { servePriceLists } from "@bedrock-tiers/test-kit/servers/price-list-server"
import { servePage } from "./testing/page-server"
import { report } from "./testing/report"

/** Whatever listens, listens on this machine alone. */

const root = join(import.meta.dirname, "../../../..")
const LOOPBACK = "127.0.0.1"

/** The addresses on which this machine listens at a port, as Linux has them; what Node says elsewhere. */
function listeningOn(port: number): string[] {
	const inHex = port.toString(16).toUpperCase().padStart(4, "0")
	return ["tcp", "tcp6"].flatMap((protocol) => {
		const lines = readFileSync(`/proc/net/${protocol}`, "utf8").trim().split("\n").slice(1)
		return lines
			.map((line) => line.trim().split(/\s+/))
			.flatMap(([, local = "", , state]) =>
				state === "0A" && local.endsWith(`:${inHex}`) ? [local.slice(0, -5)] : [],
			)
	})
}
/** 127.0.0.1 as the kernel writes it. */
const LOOPBACK_IN_HEX = "0100007F"
const portOf = (url: string) => Number(new URL(url).port)

it.skipIf(process.platform !== "linux")("servers while they run", async (context) => {
	report(context, {
		area: "network",
		tried: "the emulator, the page's server and every server of the tests, asked of the kernel while they run",
		holds: "127.0.0.1 and no other address; a server on all addresses would be seen",
	})
	const emulator = await startEmulator()
	const prices = await servePriceLists()
	const page = await servePage()
	const urls = [
		emulator.url,
		prices.url,
		page.url,
		await server("http1", () => undefined),
		await server("http2", () => undefined),
		await rawServer(() => undefined),
		await selfSignedServer(),
	]
	try {
		for (const url of urls) expect([url, listeningOn(portOf(url))]).toEqual([url, [LOOPBACK_IN_HEX]])
	} finally {
		await Promise.all([emulator.close(), prices.close(), page.close()])
	}
	expect(listeningOn(emulator.port)).toEqual([])
	expect(listeningOn(portOf(await closedAddress()))).toEqual([])
	const open = createServer()
	await new Promise<void>((resolve) => open.listen(0, () => resolve()))
	const { port } = open.address() as { port: number }
	expect(listeningOn(port)).not.toEqual([LOOPBACK_IN_HEX])
	await new Promise((resolve) => open.close(resolve))
})

/** Vite is told its host before; a file that a test listens on is no port; this file listens on all addresses for a moment. */
const NO_HOST = [
	"packages/system-tests/src/security/network.security.test.ts: 0, () => resolve()",
	"scripts/lib/take-gallery.mjs: ",
	'src/app/workspace-tools/outside.test.ts: join(inside, "socket")',
]

it("every place where something listens", (context) => {
	report(context, {
		area: "network",
		tried: "every call of listen() in the sources, the scripts and the tests, and the options of every server process",
		holds: "each names 127.0.0.1",
	})
	const calls = sources().flatMap((file) => listenCalls(file).map((call) => ({ file, ...call })))
	expect(calls.length).toBeGreaterThan(12)
	const others = calls.filter(({ host }) => host !== LOOPBACK).map(({ file, text }) => `${file}: ${text}`)
	expect(others.sort()).toEqual(NO_HOST)
	expect(readFileSync(join(root, "scripts/lib/take-gallery.mjs"), "utf8")).toContain('server: { host: "127.0.0.1"')
	const started = readFileSync(join(root, "scripts/lib/vscode-server.mjs"), "utf8")
	expect(started.match(/"--(bind-addr|host)", `?[^,\]]+/g)).toEqual(['"--bind-addr", `127.0.0.1:${port}`'])
	expect(
		sources()
			.filter((file) => /0\.0\.0\.0|"::"|--host[" =](?!ed)/.test(readFileSync(join(root, file), "utf8")))
			.sort(),
	).toEqual(
		// The one says "only the host's files", the other is this look.
		[
			"packages/system-tests/src/security/network.security.test.ts",
			"packages/test-kit/src/hosts/build-host.ts",
			"scripts/build.mjs",
		],
	)
})

function sources(): string[] {
	return ["src", "packages", "scripts", "webview-ui"].flatMap((room) =>
		readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
			.filter((name) => /\.(ts|tsx|mjs|cjs)$/.test(name) && !/node_modules|dist\/|generated\//.test(name))
			.map((name) => `${room}/${name}`),
	)
}

/** The host of each call of a method `listen` that has arguments; undefined = it names none. */
function listenCalls(file: string): { readonly host: string | undefined; readonly text: string }[] {
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
			const written = node.arguments.map((argument) => argument.getText()).join(", ")
			const named =
				first && ts.isObjectLiteralExpression(first)
					? first.properties.find((one) => one.name?.getText() === "host")
					: undefined
			const host =
				named && ts.isShorthandPropertyAssignment(named)
					? valueOf(named.name)
					: named && ts.isPropertyAssignment(named)
						? valueOf(named.initializer)
						: valueOf(second)
			// The page's port has a method of that name, which takes a listener.
			if (!(node.arguments.length === 1 && first && (ts.isArrowFunction(first) || ts.isIdentifier(first))))
				found.push({ host, text: written })
		}
		ts.forEachChild(node, visit)
	}
	visit(tree)
	return found
}
