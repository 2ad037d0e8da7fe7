import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { writeTable } from "./document-table.mjs"
import { machine, today } from "./machine.mjs"
import { rootDir } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { run } from "./run.mjs"
import { countResults, resultLine } from "./test-results.mjs"

/**
 * Runs a suite whose tests are the lines of a table, and prints that: the last line is what passed. With --write the table in
 * the document is made new.
 * @param suite `project` of vitest, `document` with a place for the table between two comments, `table` made of vitest's
 *   record, and `compare`, where the document is held against the suite: what differs, a sentence each
 * @returns the exit code
 */
export async function suiteWithTable({ project, document, table, compare = () => [] }, options) {
	const write = options.includes("--write")
	if (options.some((option) => option !== "--write")) throw new PlainFailure("The only option is --write.")
	const folder = mkdtempSync(join(tmpdir(), `bedrock-tiers-${project}-`))
	try {
		const jsonPath = join(folder, "results.json")
		const started = performance.now()
		const { code } = await run(
			process.execPath,
			[
				join(rootDir, "node_modules", "vitest", "vitest.mjs"),
				...["run", "--project", project, "--reporter=dot", "--reporter=json"],
				`--outputFile.json=${jsonPath}`,
			],
			{ cwd: rootDir, env: process.env, show: true },
		)
		const counts = countResults(jsonPath, code)
		const seconds = Math.round((performance.now() - started) / 1000)
		const taken = machine("@aws-sdk/client-bedrock-runtime")
		const lines = code === 0 || counts.passed > 0 ? table(jsonPath) : ""
		console.log(`\n${lines}\n\n${taken}; ${seconds} seconds.\n`)
		const failed = counts.failed > 0 || counts.passed === 0
		if (write && failed) console.log("The document was not written, since not all passed.")
		else if (write)
			await writeTable(document, `test:${project}`, `${lines}\n\n${resultLine(counts)} on ${today()}. ${taken}.`)
		const differences = failed ? [] : compare(jsonPath)
		for (const difference of differences) console.log(difference)
		const all = { ...counts, failed: counts.failed + differences.length }
		console.log(resultLine(all))
		return failed || differences.length > 0 ? 1 : 0
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
}
