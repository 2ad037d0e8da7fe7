const needed = [20, 19]

/** Ends the process with a clear sentence on a Node.js that is too old. Must not import anything newer than that. */
export function requireNode() {
	const [major, minor] = process.versions.node.split(".").map(Number)
	if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return
	console.error(`Node.js ${needed.join(".")} or newer is needed; this is ${process.versions.node}.`)
	process.exit(1)
}
