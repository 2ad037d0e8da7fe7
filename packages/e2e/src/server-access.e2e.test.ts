import { execFile } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { promisify } from "node:util"
import { chromium, type Page } from "playwright"
import { expect, test } from "vitest"
import { chromiumOptions } from "./vscode-host"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * Only the user who started a VS Code server reads anything from it: no other user of the machine does, and no page of
 * another origin in the user's own browser, in which the user is signed in.
 */

const vscode = workbenchUnderTest({})

const OTHER_UID = 65534
const isRoot = process.getuid?.() === 0

test.runIf(isRoot)(
	"Another user of the machine cannot read the server's files, environment, socket or pages",
	async () => {
		const { dataDir, pid, url } = vscode.host
		const { port } = new URL(url)
		const pids = processTree(pid)
		const [runDir = ""] = pids.flatMap((one) => /^TMPDIR=(.*)$/m.exec(environment(one))?.slice(1) ?? [])
		expect(readdirSync(runDir)).toContain("vscode.sock")

		const script = `
		const fs = require("node:fs"), http = require("node:http"), seen = {}
		const attempt = (name, read) => { try { seen[name] = String(read()).length } catch (error) { seen[name] = error.code } }
		attempt("data folder", () => fs.readdirSync(${JSON.stringify(dataDir)}))
		attempt("folder of the sockets", () => fs.readdirSync(${JSON.stringify(runDir)}))
		for (const pid of ${JSON.stringify(pids)}) attempt("environment", () => fs.readFileSync("/proc/" + pid + "/environ"))
		const get = (name, options) => new Promise((resolve) => http.get(options, (response) => {
			seen[name] = response.statusCode
			response.resume().on("end", resolve)
		}).on("error", (error) => { seen[name] = error.code; resolve() }))
		get("socket", { socketPath: ${JSON.stringify(join(runDir, "vscode.sock"))}, path: "/" })
			.then(() => get("page", { host: "127.0.0.1", port: ${port}, path: "/" }))
			.then(() => console.log(JSON.stringify(seen)))`
		const otherUser = { uid: OTHER_UID, gid: OTHER_UID, cwd: "/", env: {} }
		const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], otherUser)
		expect(JSON.parse(stdout)).toEqual({
			"data folder": "EACCES",
			"folder of the sockets": "EACCES",
			environment: "EACCES",
			socket: "EACCES",
			page: 403,
		})
	},
)

test("The command lines of all processes contain no token, and the server's environment no variable of AWS", () => {
	const { pid, url } = vscode.host
	const token = new URL(url).searchParams.get("token") ?? ""
	expect(token).toHaveLength(32)
	const commandLines = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? commandLine(Number(name)) : []))
	expect(commandLines.filter((line) => line.includes("code-server")).length).toBeGreaterThan(0)
	expect(commandLines.filter((line) => line.includes(token))).toEqual([])
	const names = processTree(pid).flatMap((one) => environment(one).split("\n"))
	expect(names.filter((line) => line.startsWith("PATH=")).length).toBeGreaterThan(0)
	expect(names.filter((line) => line.startsWith("AWS_"))).toEqual([])
})

test("A page of another origin reads nothing from the server, in a browser that is signed in", async () => {
	const { port } = new URL(vscode.host.url)
	const elsewhere = createServer((_request, response) =>
		response.setHeader("content-type", "text/html").end("<p>page"),
	)
	await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve))
	const { port: otherPort } = elsewhere.address() as AddressInfo
	const rule = "--host-resolver-rules=MAP evil.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
	const browser = await chromium.launch(chromiumOptions([rule]))
	try {
		const context = await browser.newContext()
		const page = await context.newPage()
		await page.goto(vscode.host.url)
		await page.locator(".monaco-workbench").waitFor()
		const own = `http://127.0.0.1:${port}`
		expect(await readFrom(page, own), "its own page").toEqual({ fetch: 200, script: true, socket: true })

		const denied = { fetch: "TypeError", script: false, socket: false }
		await page.goto(`http://evil.example:${otherPort}/`)
		expect(await readFrom(page, own), "a page of another site").toEqual(denied)
		await page.goto(`http://127.0.0.1:${otherPort}/`)
		expect(await readFrom(page, own), "a page on another port").toEqual(denied)
		const rebound = await page.goto(`http://evil.example:${port}/`)
		expect(rebound?.status(), "a page whose name was rebound to the server").toBe(403)
		expect(await readFrom(page, `http://evil.example:${port}`)).toEqual({
			fetch: 403,
			script: false,
			socket: false,
		})
	} finally {
		await browser.close()
		elsewhere.close()
	}
})

/** Tries from within a page to read from the server: a fetch with cookies, a script and a WebSocket. */
function readFrom(page: Page, origin: string) {
	return page.evaluate(async (target) => {
		const fetched = await fetch(`${target}/`, { credentials: "include" }).then(
			(response) => response.status,
			(error: Error) => error.name,
		)
		const script = document.createElement("script")
		const loaded = new Promise<boolean>((resolve) => {
			script.addEventListener("load", () => resolve(true))
			script.addEventListener("error", () => resolve(false))
		})
		script.src = `${target}/_static/out/browser/serviceWorker.js`
		document.head.append(script)
		const socket = new WebSocket(`${target.replace("http", "ws")}/?reconnectionToken=1`)
		const opened = new Promise<boolean>((resolve) => {
			socket.addEventListener("open", () => resolve(true))
			socket.addEventListener("error", () => resolve(false))
		})
		return { fetch: fetched, script: await loaded, socket: await opened }
	}, origin)
}

const read = (path: string) => {
	try {
		return readFileSync(path, "utf8")
	} catch {
		return ""
	}
}
const environment = (pid: number) => read(`/proc/${pid}/environ`).replaceAll("\0", "\n")
const commandLine = (pid: number) => read(`/proc/${pid}/cmdline`).replaceAll("\0", " ")

/** The process and its descendants. */
function processTree(root: number): number[] {
	const children = read(`/proc/${root}/task/${root}/children`).trim().split(" ").filter(Boolean).map(Number)
	return [root, ...children.flatMap(processTree)]
}
