import { readFileSync } from "node:fs"
import { arch, cpus, platform, release, totalmem } from "node:os"
import { join } from "node:path"
import { rootDir } from "./paths.mjs"

/** Describes the environment of a measurement: the machine, Node.js, and the versions of the named packages. */
export function machine(...packages) {
	const processor = cpus()[0]?.model.trim() ?? "unknown processor"
	const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
	const hardware = `${platform()} ${release()} ${arch()}, ${cpus().length} × ${processor}, ${memory}`
	return `${hardware}; ${[`Node ${process.version}`, ...packages.map(withVersion)].join(", ")}`
}

function withVersion(name) {
	const { version } = JSON.parse(readFileSync(join(rootDir, "node_modules", name, "package.json"), "utf8"))
	return `${name === "@aws-sdk/client-bedrock-runtime" ? "AWS SDK" : name} ${version}`
}

export function today() {
	return new Date().toISOString().slice(0, 10)
}
