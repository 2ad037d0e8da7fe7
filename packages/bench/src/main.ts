import { loadavg } from "node:os"
import { join } from "node:path"
import { writeTable } from "../../../scripts/lib/document-table.mjs"
import { machine, today } from "../../../scripts/lib/machine.mjs"
import { extension } from "./extension"
import { firstToken } from "./first-token"
import { ledger } from "./ledger"
import { lookups } from "./lookups"
import { patch } from "./patch"
import { inMarkdown, type Section } from "./report"
import { streamPath } from "./stream-path"
import { webview } from "./webview"

/* eslint-disable no-console -- what it prints is what it is for */

const root = process.cwd()
const [, , ...words] = process.argv
const write = words.includes("--write")
const wanted = words.filter((word) => word !== "--write")
const checkout = process.env.ROO_CHECKOUT

const MEASUREMENTS: Readonly<Record<string, () => Section | Promise<Section>>> = {
	stream: () => streamPath({ rounds: 60 }),
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
const taken = `${today()}; ${machine("@aws-sdk/client-bedrock-runtime", "@ai-sdk/amazon-bedrock")}; load ${loadavg()[0]?.toFixed(1)} at the end`
console.log(`\n${taken}`)
if (!checkout && wanted.length === 0)
	console.log("The patch was not measured: set ROO_CHECKOUT to a checkout of Roo Code.")
if (write) {
	const tables = [...sections.map(inMarkdown), `Measured: ${taken}.`].join("\n\n")
	await writeTable(join(root, "docs/benchmarks.md"), "bench", tables)
}
const missed = sections.flatMap(({ verdicts }) => verdicts).filter(({ met }) => !met)
console.log(missed.length === 0 ? "All targets are met." : `Missed: ${missed.map(({ target }) => target).join("; ")}.`)
