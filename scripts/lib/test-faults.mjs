import { join } from "node:path"
import { faultTable, readRows } from "./fault-table.mjs"
import { rootDir } from "./paths.mjs"
import { suiteWithTable } from "./suite-with-table.mjs"

/** `npm run test:faults`: the table, and what passed. With --write the table in the document is made new. Resolves to the exit code. */
export async function testFaults(options) {
	const document = join(rootDir, "docs", "reliability.md")
	return suiteWithTable({ project: "faults", document, table: (jsonPath) => faultTable(readRows(jsonPath)) }, options)
}
