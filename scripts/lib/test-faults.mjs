import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { arch, cpus, platform, release, tmpdir, totalmem } from "node:os"
import { join } from "node:path"
import { faultTable, readRows } from "./fault-table.mjs"
import { rootDir } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { run } from "./run.mjs"
import { countResults, resultLine } from "./test-results.mjs"

const DOCUMENT = join(rootDir, "docs", "reliability.md")
const BEGIN = "<!-- the table of npm run test:faults -->"
const END = "<!-- its end -->"

/** `npm run test:faults`: the table, and what passed. With --write the table in the document is made new. Resolves to the exit code. */
export async function testFaults(options) {
	const write = options.includes("--write")
	if (options.some((option) => option !== "--write")) throw new PlainFailure("The only option is --write.")
	const folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-faults-"))
	try {
		const jsonPath = join(folder, "results.json")
		const started = performance.now()
		const { code } = await run(
			process.execPath,
			[
				join(rootDir, "node_modules", "vitest", "vitest.mjs"),
				...["run", "--project", "faults", "--reporter=dot", "--reporter=json", `--outputFile.json=${jsonPath}`],
			],
			{ cwd: rootDir, env: process.env, show: true },
		)
		const counts = countResults(jsonPath, code)
		const seconds = Math.round((performance.now() - started) / 1000)
		const table = code === 0 || counts.passed > 0 ? faultTable(readRows(jsonPath)) : ""
		console.log(`\n${table}\n\n${machine()}; ${seconds} seconds.\n`)
		const failed = counts.failed > 0 || counts.passed === 0
		if (write && failed) console.log("The document was not written, since not all passed.")
		else if (write) await writeDocument(`${table}\n\n${resultLine(counts)} on ${today()}. ${machine()}.`)
		console.log(resultLine(counts))
		return failed ? 1 : 0
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
}

async function writeDocument(table) {
	const { format, resolveConfig } = await import("prettier")
	const text = readFileSync(DOCUMENT, "utf8")
	const [before, rest] = text.split(BEGIN)
	const after = rest?.split(END)[1]
	if (after === undefined) throw new PlainFailure(`${DOCUMENT} has no place for the table.`)
	const renewed = `${before}${BEGIN}\n\n${table}\n\n${END}${after}`
	writeFileSync(DOCUMENT, await format(renewed, { ...(await resolveConfig(DOCUMENT)), parser: "markdown" }))
}

function machine() {
	const sdk = JSON.parse(
		readFileSync(join(rootDir, "node_modules/@aws-sdk/client-bedrock-runtime/package.json"), "utf8"),
	)
	const processor = cpus()[0]?.model.trim() ?? "unknown processor"
	const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
	return `${platform()} ${release()} ${arch()}, ${cpus().length} × ${processor}, ${memory}; Node ${process.version}, AWS SDK ${sdk.version}`
}

function today() {
	return new Date().toISOString().slice(0, 10)
}
