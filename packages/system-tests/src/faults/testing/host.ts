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

/** An extension host in a separate process. */
export type Host = {
	readonly posted: ToWebview[]
	readonly problems: string[]
	/** Usage in the last posted message. */
	lastUsage(): TaskUsage
	ready(): Promise<void>
	ask(text: string): void
	answered(text: string): Promise<void>
	/** Sends SIGKILL, so that the host runs no cleanup. */
	kill(): Promise<void>
}

let bundle = ""
const running = new Set<ChildProcess>()

/** Registers hooks for a test file: builds the host before the tests and kills running hosts after each. */
export function setUpHosts(): void {
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

/** @param maxFileKb maximum size of a file that the host writes, in KB; `null` for no limit */
export function startHost(folder: string, endpoint: string, maxFileKb: number | null = null): Host {
	// `ulimit -f` counts in blocks of 512 bytes.
	const limit = maxFileKb === null ? "" : `ulimit -f ${maxFileKb * 2}; `
	const child = spawn("sh", ["-c", `${limit}exec "$@"`, "sh", process.execPath, bundle, folder, endpoint], {
		stdio: ["pipe", "pipe", "inherit"],
	})
	running.add(child)
	const lines: Line[] = []
	createInterface({ input: child.stdout }).on("line", (line) => lines.push(JSON.parse(line) as Line))
	const waitForLine = (matches: (line: Line) => unknown) => expect.poll(() => lines.some(matches)).toBe(true)
	return {
		get posted() {
			return lines.flatMap(({ message }) => message ?? [])
		},
		get problems() {
			return lines.flatMap(({ problem }) => problem ?? [])
		},
		// `exec` replaces the shell, so its process id is the host's.
		lastUsage() {
			const last = this.posted.findLast((message) => message.type === "message")
			if (last?.type !== "message") throw new Error("no message was posted")
			return last.usage
		},
		ready: () => waitForLine(({ ready }) => ready),
		ask: (text) => void child.stdin.write(`${text}\n`),
		answered: (text) => waitForLine(({ answered }) => answered === text),
		async kill() {
			const exited = once(child, "exit")
			child.kill("SIGKILL")
			await exited
			running.delete(child)
		},
	}
}
