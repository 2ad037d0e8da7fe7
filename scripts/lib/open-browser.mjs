import { spawn } from "node:child_process"

/** Opens an address where there is a screen; a convenience that never fails a start. */
export function openBrowser(url) {
	if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return
	const child = spawn("xdg-open", [url], { stdio: "ignore", detached: true })
	child.on("error", () => {})
	child.unref()
}
