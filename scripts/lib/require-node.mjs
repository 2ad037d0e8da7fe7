const minimum = [20, 19]

/** Exits with an error message if this Node.js is too old. Must not import a module that an old Node.js cannot load. */
export function requireNode() {
	const [major, minor] = process.versions.node.split(".").map(Number)
	if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) return
	console.error(`Node.js ${minimum.join(".")} or newer is needed; this is ${process.versions.node}.`)
	process.exit(1)
}
