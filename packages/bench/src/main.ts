import { writeFileSync, readFileSync } from "node:fs"
import { arch, cpus, loadavg, platform, release, totalmem } from "node:os"
import { join } from "node:path"
import { extension } from "./extension"
import { firstToken } from "./first-token"
import { ledger } from "./ledger"
import { lookups } from "./lookups"
import { patch } from "./patch"
import { inMarkdown, type Section } from "./report"
import { streamPath } from "./stream-path"
import { webview } from "./webview"

/* eslint-disable no-console -- what it prints is what it is for */

const BEGIN = "<!-- the tables of npm run bench -->"
const END = "<!-- their end -->"

const root = process.cwd()
const [, , ...words] = process.argv
const write = words.includes("--write")
const wanted = words.filter((word) => word !== "--write")
const checkout = process.env.ROO_CHECKOUT

const MEASUREMENTS: Readonly<Record<string, () => Section | Promise<Section>>> = {
	stream: () => streamPath({ rounds: 20 }),
	"first-token": () => firstToken({ rounds: 60 }),
	ledger: () => ledger({ rounds: 20 }),
	lookups: () => lookups({ rounds: 20 }),
	extension: () => extension(root, { rounds: 20 }),
	webview: () => webview({ rounds: 20 }),
	...(checkout ? { patch: () => patch(root, checkout, { rounds: 5 }) } : {}),
}

const unknown = wanted.filter((word) => !(word in MEASUREMENTS))
if (unknown.length > 0 || (write && wanted.length > 0)) {
	console.error(
		`What can be measured: ${Object.keys(MEASUREMENTS).join(", ")}; patch with ROO_CHECKOUT. --write alone, for all.`,
	)
	process.exit(2)
}

const sections: Section[] = []
for (const [name, measure] of Object.entries(MEASUREMENTS)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue
	const section = await measure()
	sections.push(section)
	console.log(`\n${inMarkdown(section)}`)
}
console.log(`\n${machine()}`)
if (!checkout && wanted.length === 0)
	console.log("The patch was not measured: set ROO_CHECKOUT to a checkout of Roo Code.")
if (write) writeDocument()
const missed = sections.flatMap(({ verdicts }) => verdicts).filter(({ met }) => !met)
console.log(missed.length === 0 ? "All targets are met." : `Missed: ${missed.map(({ target }) => target).join("; ")}.`)

function machine(): string {
	const version = (path: string) =>
		(JSON.parse(readFileSync(join(root, path), "utf8")) as { version: string }).version
	const processor = cpus()[0]?.model.trim() ?? "unknown processor"
	const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
	return [
		`${new Date().toISOString().slice(0, 10)}; ${platform()} ${release()} ${arch()}, ${cpus().length} × ${processor}, ${memory}, load ${loadavg()[0]?.toFixed(1)} at the end`,
		`Node ${process.version}, AWS SDK ${version("node_modules/@aws-sdk/client-bedrock-runtime/package.json")}, @ai-sdk/amazon-bedrock ${version("node_modules/@ai-sdk/amazon-bedrock/package.json")}`,
	].join("; ")
}

function writeDocument(): void {
	const path = join(root, "docs/benchmarks.md")
	const [before, rest] = readFileSync(path, "utf8").split(BEGIN)
	const after = rest?.split(END)[1]
	if (after === undefined) throw new Error(`${path} has no place for the tables.`)
	const tables = [...sections.map(inMarkdown), `Measured: ${machine()}.`].join("\n\n")
	writeFileSync(path, `${before}${BEGIN}\n\n${tables}\n\n${END}${after}`)
}
