import type { FileReport, NextSteps, PatchReport } from "@bedrock-tiers/roo-patch"
import { visibleLine } from "../app/visible-text"
import { printLine, table } from "./output"

const STATUS: Readonly<Record<PatchReport["status"], string>> = {
	applied: "The patch is applied.",
	"already-applied": "The patch is applied already; nothing was changed.",
	"would-apply": "The patch can be applied; nothing was written.",
	reverted: "The patch is taken out.",
	"not-applied": "There is no patch to take out; nothing was changed.",
}

const ACTIONS = { create: "new file", restore: "put back", remove: "removed" } as const

/** Prints a report as text. */
export function printReport({ status, product, files, generation, needsForce, sdk }: PatchReport): void {
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
	return `Now install: the AWS SDK ${state}, and src/package.json asks for ${range}.`
}

/** Prints the project's own commands that follow. */
export function printNextSteps({ commands, node, packageManager }: NextSteps, checkout: string): void {
	if (commands.length === 0) return
	printLine()
	const tools = [node && `Node.js ${node}`, packageManager && `${packageManager.name} ${packageManager.version}`]
	printLine(visibleLine(`Next, in ${checkout}, with ${tools.filter(Boolean).join(" and ")}:`))
	for (const command of commands) printLine(visibleLine(`  ${command}`))
	printLine("The option --build runs the first two of them.")
}
