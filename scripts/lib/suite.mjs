import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { findChromium } from "./chromium.mjs"
import { rootDir } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { run } from "./run.mjs"
import { SUITE_REPORTS, writeSuiteReport } from "./suite-report.mjs"
import { countResults, resultLine } from "./test-results.mjs"

/** `npm run test:faults`, `npm run test:security`: runs one suite and writes its table. Resolves to the exit code. */
export async function runSuite([suite, ...others]) {
	if (!SUITE_REPORTS.includes(suite) || others.length > 0)
		throw new PlainFailure(`Usage: node scripts/suite.mjs ${SUITE_REPORTS.join("|")}`)
	const chromium = findChromium()
	if (!chromium) console.log("Tests that need Chromium are skipped: set CHROMIUM_PATH.")
	mkdirSync(join(rootDir, "test-results"), { recursive: true })
	const jsonPath = join(rootDir, "test-results", `vitest-${suite}.json`)
	const { code } = await run(
		process.execPath,
		[
			join(rootDir, "node_modules", "vitest", "vitest.mjs"),
			...["run", "--project", suite, "--reporter=default", "--reporter=json"],
			`--outputFile.json=${jsonPath}`,
		],
		{ cwd: rootDir, env: { ...process.env, ...(chromium && { CHROMIUM_PATH: chromium }) }, show: true },
	)
	const counts = countResults(jsonPath, code)
	console.log(`Table: ${writeSuiteReport(suite, jsonPath)}`)
	console.log(resultLine(counts))
	return counts.failed > 0 || counts.passed === 0 ? 1 : 0
}
