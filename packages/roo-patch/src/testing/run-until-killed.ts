import fs from "node:fs"
import { applyPatch, revertPatch } from "../patch"
import type { Payload } from "../payload"
import { withDiskFaults } from "./disk-faults"

/**
 * The program of a child process: applies or reverts the patch, and kills its own process immediately before one change
 * of the disk, or in the middle of it when content is written. Prints the number of changes if it was not killed.
 * Arguments: the folder, `apply` or `revert`, the payload as JSON, and the number of the change.
 */
const [root = "", action, payload = "", killAt] = process.argv.slice(2)
let count = 0

Object.assign(
	fs,
	withDiskFaults({ ...fs }, ({ writeHalf }) => {
		if (++count !== Number(killAt)) return
		writeHalf()
		process.kill(process.pid, "SIGKILL")
	}),
)
const run = action === "revert" ? revertPatch : applyPatch
run(root, JSON.parse(payload) as Payload)
process.stdout.write(String(count))
