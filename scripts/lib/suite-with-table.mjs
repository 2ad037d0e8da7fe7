import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { arch, cpus, platform, release, tmpdir, totalmem } from "node:os"
import { join } from "node:path"
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
		const lines = code === 0 || counts.passed > 0 ? table(jsonPath) : ""
		console.log(`\n${lines}\n\n${machine()}; ${seconds} seconds.\n`)
		const failed = counts.failed > 0 || counts.passed === 0
		if (write && failed) console.log("The document was not written, since not all passed.")
		else if (write)
			await writeDocument(document, project, `${lines}\n\n${resultLine(counts)} on ${today()}. ${machine()}.`)
		const differences = failed ? [] : compare(jsonPath)
		for (const difference of differences) console.log(difference)
		const all = { ...counts, failed: counts.failed + differences.length }
		console.log(resultLine(all))
		return failed || differences.length > 0 ? 1 : 0
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
}

/** What stands in the document between the two comments. */
export function tableIn(document, project) {
	return parts(document, project).table
}

function parts(document, project) {
	const begin = `<!-- the table of npm run test:${project} -->`
	const end = "<!-- its end -->"
	const [before, rest] = readFileSync(document, "utf8").split(begin)
	const [table, after] = rest?.split(end) ?? []
	if (after === undefined) throw new PlainFailure(`${document} has no place for the table.`)
	return { before: `${before}${begin}`, table, after: `${end}${after}` }
}

async function writeDocument(document, project, table) {
	const { format, resolveConfig } = await import("prettier")
	const { before, after } = parts(document, project)
	const renewed = `${before}\n\n${table}\n\n${after}`
	writeFileSync(document, await format(renewed, { ...(await resolveConfig(document)), parser: "markdown" }))
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
