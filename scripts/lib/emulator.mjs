import { join } from "node:path"
import { startSupervised } from "./supervised-process.mjs"
import { lastLines } from "./npm.mjs"
import { rootDir } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"

/** Starts the built emulator on a free port and waits for the address that it prints. */
export async function startEmulator({ scenario } = {}) {
	const args = [join(rootDir, "dist", "cli.js"), "emulator", "--port", "0"]
	if (scenario !== undefined) args.push("--scenario", scenario)
	let text = ""
	let found
	const url = new Promise((resolve) => (found = resolve))
	const kept = startSupervised(process.execPath, args, {
		cwd: rootDir,
		env: process.env,
		onText: (part) => {
			if (text.length < 10_000) text += part
			const match = /http:\/\/127\.0\.0\.1:\d+/.exec(text)
			if (match) found(match[0])
		},
	})
	const timeout = setTimeout(() => found(undefined), 20_000)
	const answer = await Promise.race([url, kept.exited.then(() => undefined)])
	clearTimeout(timeout)
	if (answer === undefined) {
		await kept.stop()
		throw new PlainFailure(text.trim() ? lastLines(text) : "The Bedrock emulator did not start and said nothing.")
	}
	return { url: answer, ...kept }
}
