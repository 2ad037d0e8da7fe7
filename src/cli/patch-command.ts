import { existsSync, readFileSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import type { FileReport, PatchReport, Payload } from "@bedrock-tiers/roo-patch"
import { Command, InvalidArgumentError } from "commander"
import { visibleLine } from "../app/visible-text"
import { note, printJson, printLine, table } from "./output"

type PatchOptions = { check?: boolean; revert?: boolean; force?: boolean; json?: boolean }

/** Exit code of `--check` when the checkout does not have the patch as this version would apply it. */
const NOT_APPLIED = 1
/** Exit code when a write failed after others; they were undone. */
const ROLLED_BACK = 1
/** Exit code when the checkout is refused; nothing was written. */
const REFUSED = 3

export function patchCommand(): Command {
	return new Command("patch")
		.description("Put service tiers into a Roo Code (or Zoo Code) checkout, and take them out again")
		.argument("<checkout>", "the folder of the checkout", readFolder)
		.option("--check", "say what would be changed; write nothing")
		.option("--revert", "take the patch out again")
		.option("--force", "go on in a tree with other changes, or without git")
		.option("--json", "print one JSON object")
		.addHelpText(
			"after",
			"\nExit 0 = done, 1 = --check found it not applied, or a write failed and all was undone, " +
				"2 = the arguments are wrong, 3 = refused, nothing written.",
		)
		.action(runPatch)
}

function readFolder(text: string): string {
	const folder = resolve(text)
	if (!existsSync(folder) || !statSync(folder).isDirectory())
		throw new InvalidArgumentError("There is no such folder.")
	return folder
}

async function runPatch(checkout: string, { check, revert, force = false, json }: PatchOptions): Promise<void> {
	if (check && revert) {
		note("error: --check and --revert exclude each other.")
		process.exitCode = 2
		return
	}
	// Loaded on demand, because it includes the TypeScript compiler, which no other command needs.
	const { AnchorMiss, applyPatch, checkPatch, Refusal, revertPatch, RolledBack } =
		await import("@bedrock-tiers/roo-patch")
	const payload = JSON.parse(readFileSync(join(__dirname, "roo-payload.json"), "utf8")) as Payload
	try {
		const report = check
			? checkPatch(checkout, payload)
			: revert
				? revertPatch(checkout, payload, { force })
				: applyPatch(checkout, payload, { force })
		if (json) printJson(report)
		else printReport(report)
		if (report.status === "would-apply") process.exitCode = NOT_APPLIED
	} catch (error) {
		if (error instanceof RolledBack) {
			process.exitCode = ROLLED_BACK
			const { message, notRestored } = error
			const status = notRestored.length === 0 ? "rolled-back" : "incomplete"
			if (json) printJson({ status, message, notRestored })
			else note(visibleLine(`error: ${message}`))
		} else if (error instanceof AnchorMiss || error instanceof Refusal) {
			process.exitCode = REFUSED
			const { message } = error
			const place =
				error instanceof AnchorMiss ? { file: error.file, anchor: error.anchor, found: error.found } : {}
			if (json) printJson({ status: "refused", message, ...place })
			else note(visibleLine(`refused, nothing was written: ${message}`))
		} else throw error
	}
}

const STATUS: Readonly<Record<PatchReport["status"], string>> = {
	applied: "The patch is applied.",
	"already-applied": "The patch is applied already; nothing was changed.",
	"would-apply": "The patch can be applied; nothing was written.",
	reverted: "The patch is taken out.",
	"not-applied": "There is no patch to take out; nothing was changed.",
}

const ACTIONS = { create: "new file", restore: "put back", remove: "removed" } as const

function printReport({ status, product, files, generation, needsForce, sdk }: PatchReport): void {
	if (product.name !== null) printLine(productLine(product))
	const rows = status === "already-applied" ? [] : fileRows(files)
	if (rows.length > 0) printLine(`${table([["FILE", "FOUND", "CHANGE"], ...rows])}\n`)
	if (generation === "with-upstream-tiers" && rows.length > 0)
		printLine("The checkout has upstream's own tier feature: its faulty parts are replaced.")
	printLine(STATUS[status])
	for (const reason of needsForce) printLine(visibleLine(`Needs --force: ${reason}`))
	if (status === "reverted" || status === "not-applied") return
	if (sdk.needsInstall) printLine(installHint(sdk))
}

function productLine({ name, version, isTested }: PatchReport["product"]): string {
	const recognized = `Recognized ${name}${version === null ? "" : ` ${version}`}`
	return isTested ? `${recognized}.` : `${recognized}. The patch is not tested with it.`
}

/** One row per change. Files in a grouped folder get one common row, because their changes are the same. */
function fileRows(files: readonly FileReport[]): string[][] {
	const rows: string[][] = []
	const groups = new Map<string, FileReport[]>()
	for (const file of files) {
		const folder = GROUPED_FOLDERS.find((prefix) => file.path.startsWith(prefix))
		if (folder) groups.set(folder, [...(groups.get(folder) ?? []), file])
		else rows.push(...changeRows(file, file.path))
	}
	for (const [folder, groupFiles] of groups) {
		const [first] = groupFiles
		if (first) rows.push(...changeRows(first, `${folder}… (${groupFiles.length} files)`))
	}
	return rows
}

const GROUPED_FOLDERS = ["webview-ui/src/i18n/locales/", "packages/types/src/bedrock-tiers/core/"]

function changeRows({ action, changes, exact }: FileReport, path: string): string[][] {
	if (action !== "edit") return [[path, ACTIONS[action], exact ? "" : "your own changes are kept"]]
	return changes.map(({ found, change }, index) => [index === 0 ? path : "", found, change])
}

function installHint({ installed, range }: PatchReport["sdk"]): string {
	const state = installed === null ? "is not installed" : `in node_modules is ${installed}, which drops service tiers`
	return `Now install: the AWS SDK ${state}, and src/package.json asks for ${range}. Run: pnpm install --no-frozen-lockfile`
}
