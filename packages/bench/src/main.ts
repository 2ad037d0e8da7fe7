import { loadavg } from "node:os"
import { join } from "node:path"
import { writeTable } from "../../../scripts/lib/document-table.mjs"
import { machine, today } from "../../../scripts/lib/machine.mjs"
import { measureExtension } from "./extension"
import { measureFirstToken } from "./first-token"
import { measureLedger } from "./ledger"
import { measureLookups } from "./lookups"
import { measurePatch } from "./patch"
import { toMarkdown, type Section } from "./report"
import { measureStreamPath } from "./stream-path"
import { measureWebview } from "./webview"

/* eslint-disable no-console -- the purpose of this program is to print a report */

const root = process.cwd()
const [, , ...args] = process.argv
const write = args.includes("--write")
const selected = args.filter((arg) => arg !== "--write")
const checkout = process.env.ROO_CHECKOUT

const MEASUREMENTS: Readonly<Record<string, () => Section | Promise<Section>>> = {
	stream: () => measureStreamPath({ rounds: 60 }),
	"first-token": () => measureFirstToken({ rounds: 60 }),
	ledger: () => measureLedger({ rounds: 20 }),
	lookups: () => measureLookups({ rounds: 20 }),
	extension: () => measureExtension(root, { rounds: 20 }),
	webview: () => measureWebview({ rounds: 20 }),
	...(checkout ? { patch: () => measurePatch(root, checkout, { rounds: 5 }) } : {}),
}

const unknown = selected.filter((name) => !(name in MEASUREMENTS))
if (unknown.length > 0 || (write && selected.length > 0)) {
	console.error(
		`What can be measured: ${Object.keys(MEASUREMENTS).join(", ")}; patch with ROO_CHECKOUT. --write alone, for all.`,
	)
	process.exit(2)
}

const sections: Section[] = []
for (const [name, measure] of Object.entries(MEASUREMENTS)) {
	if (selected.length > 0 && !selected.includes(name)) continue
	const section = await measure()
	sections.push(section)
	console.log(`\n${toMarkdown(section)}`)
}
const environment = `${today()}; ${machine("@aws-sdk/client-bedrock-runtime", "@ai-sdk/amazon-bedrock")}; load ${loadavg()[0]?.toFixed(1)} at the end`
console.log(`\n${environment}`)
if (!checkout && selected.length === 0)
	console.log("The patch was not measured: set ROO_CHECKOUT to a checkout of Roo Code.")
if (write) {
	const tables = [...sections.map(toMarkdown), `Measured: ${environment}.`].join("\n\n")
	await writeTable(join(root, "docs/benchmarks.md"), "bench", tables)
}
const missed = sections.flatMap(({ verdicts }) => verdicts).filter(({ met }) => !met)
console.log(missed.length === 0 ? "All targets are met." : `Missed: ${missed.map(({ target }) => target).join("; ")}.`)
