import { spawn } from "node:child_process"

/** Opens a URL in the browser if there is a display. Best effort: errors are ignored. */
export function openBrowser(url) {
	if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return
	const child = spawn("xdg-open", [url], { stdio: "ignore", detached: true })
	child.on("error", () => {})
	child.unref()
}
