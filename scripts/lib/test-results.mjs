import { readFileSync } from "node:fs"

/** Counts the results in Vitest's JSON report. A run with a nonzero exit code or without a report counts as failed. */
export function countResults(jsonPath, exitCode) {
	const counts = { passed: 0, failed: 0, skipped: 0 }
	let report
	try {
		report = JSON.parse(readFileSync(jsonPath, "utf8"))
	} catch {
		return { ...counts, failed: 1 }
	}
	for (const suite of report.testResults ?? []) {
		const tests = suite.assertionResults ?? []
		for (const { status } of tests) {
			if (status === "passed") counts.passed++
			else if (status === "failed") counts.failed++
			else counts.skipped++
		}
		// A file that could not be loaded, or whose hooks failed, contains no failed test.
		if (suite.status === "failed" && !tests.some(({ status }) => status === "failed")) counts.failed++
	}
	if (exitCode !== 0 && counts.failed === 0) counts.failed = 1
	return counts
}

export const addCounts = (one, other) => ({
	passed: one.passed + other.passed,
	failed: one.failed + other.failed,
	skipped: one.skipped + other.skipped,
})

export function resultLine({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`
}
