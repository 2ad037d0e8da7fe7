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
	let resolveUrl
	const printedUrl = new Promise((resolve) => (resolveUrl = resolve))
	const supervised = startSupervised(process.execPath, args, {
		cwd: rootDir,
		env: process.env,
		onText: (part) => {
			if (text.length < 10_000) text += part
			const match = /http:\/\/127\.0\.0\.1:\d+/.exec(text)
			if (match) resolveUrl(match[0])
		},
	})
	const timeout = setTimeout(() => resolveUrl(undefined), 20_000)
	const url = await Promise.race([printedUrl, supervised.exited.then(() => undefined)])
	clearTimeout(timeout)
	if (url === undefined) {
		await supervised.stop()
		throw new PlainFailure(text.trim() ? lastLines(text) : "The Bedrock emulator did not start and said nothing.")
	}
	return { url, ...supervised }
}
