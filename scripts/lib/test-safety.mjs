import { compareSafetyDocument, SAFETY_DOCUMENT, safetyTable } from "./safety-table.mjs"
import { findChromium } from "./chromium.mjs"
import { suiteWithTable } from "./suite-with-table.mjs"

/** `npm run test:safety`: the table, and what passed. With --write the table in the document is made new. Resolves to the exit code. */
export async function testSafety(options) {
	const chromium = findChromium()
	if (chromium) process.env.CHROMIUM_PATH = chromium
	else console.log("No Chromium was found (set CHROMIUM_PATH to one): what needs it is skipped.")
	return suiteWithTable(
		{ project: "safety", document: SAFETY_DOCUMENT, table: safetyTable, compare: compareSafetyDocument },
		options,
	)
}
