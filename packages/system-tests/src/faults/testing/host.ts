import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import type { TaskUsage, ToWebview } from "@bedrock-tiers/protocol"
import { build } from "esbuild"
import { afterAll, afterEach, beforeAll, expect } from "vitest"

type Line = { message?: ToWebview; problem?: string; ready?: true; answered?: string }

/** An extension host in a process of its own. */
export type Host = {
	readonly posted: ToWebview[]
	readonly problems: string[]
	readonly pid: number | undefined
	/** As it was posted with the last message. */
	lastUsage(): TaskUsage
	ready(): Promise<void>
	ask(text: string): void
	answered(text: string): Promise<void>
	/** SIGKILL: nothing is tidied up. */
	kill(): Promise<void>
}

let bundle = ""
const running = new Set<ChildProcess>()

/** For the tests of a file: hosts are built before them and ended after each. */
export function hosts(): void {
	let folder = ""
	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-host-"))
		bundle = join(folder, "host.cjs")
		await build({
			entryPoints: [join(import.meta.dirname, "host-process.ts")],
			bundle: true,
			platform: "node",
			target: "node20",
			outfile: bundle,
			logLevel: "error",
		})
	})
	afterEach(() => {
		for (const child of running) child.kill("SIGKILL")
		running.clear()
	})
	afterAll(() => rmSync(folder, { recursive: true, force: true }))
}

/** @param mostFileKb what a file may hold, in KB; null = what the disk holds */
export function startHost(folder: string, endpoint: string, maxFileKb: number | null = null): Host {
	// A shell counts in blocks of 512 bytes.
	const limit = maxFileKb === null ? "" : `ulimit -f ${maxFileKb * 2}; `
	const child = spawn("sh", ["-c", `${limit}exec "$@"`, "sh", process.execPath, bundle, folder, endpoint], {
		stdio: ["pipe", "pipe", "inherit"],
	})
	running.add(child)
	const lines: Line[] = []
	createInterface({ input: child.stdout }).on("line", (line) => lines.push(JSON.parse(line) as Line))
	const seen = (fits: (line: Line) => unknown) => expect.poll(() => lines.some(fits), { timeout: 10_000 }).toBe(true)
	return {
		get posted() {
			return lines.flatMap(({ message }) => message ?? [])
		},
		get problems() {
			return lines.flatMap(({ problem }) => problem ?? [])
		},
		// The shell has become the host.
		pid: child.pid,
		lastUsage() {
			const last = this.posted.findLast((each) => each.type === "message")
			if (last?.type !== "message") throw new Error("no message was posted")
			return last.usage
		},
		ready: () => seen(({ ready }) => ready),
		ask: (text) => void child.stdin.write(`${text}\n`),
		answered: (text) => seen(({ answered }) => answered === text),
		async kill() {
			const gone = once(child, "exit")
			child.kill("SIGKILL")
			await gone
			running.delete(child)
		},
	}
}
