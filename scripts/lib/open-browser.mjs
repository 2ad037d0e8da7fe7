import { spawn } from "node:child_process"
import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/**
 * Opens a URL in the browser if there is a display. Best effort: errors are ignored. Other users of the machine can read
 * the arguments of a process, so the browser is given a file in `dir` that only this user can read, not the URL.
 */
export function openBrowser(url, dir) {
	if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return
	const path = join(dir, "open.html")
	rmSync(path, { force: true })
	const target = url.replaceAll("&", "&amp;")
	writeFileSync(path, `<!doctype html><meta http-equiv="refresh" content="0;url=${target}">`, {
		mode: 0o600,
		flag: "wx",
	})
	const child = spawn("xdg-open", [path], { stdio: "ignore", detached: true })
	child.on("error", () => {})
	child.unref()
}
