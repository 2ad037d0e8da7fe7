import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Payload } from "@bedrock-tiers/roo-patch"
import { Command } from "commander"
import { visibleLine } from "../app/visible-text"
import { note, printJson } from "./output"
import {
	addBuildOptions,
	BUILD_OPTIONS,
	readFolder,
	runBuild,
	type PatchBuildOptions,
	type RooPatch,
} from "./patch-build"
import { printNextSteps, printReport } from "./patch-report"

type PatchOptions = PatchBuildOptions & { check?: boolean; revert?: boolean; build?: boolean }

/** Exit code of `--check` when the checkout does not have the patch as this version would apply it. */
const NOT_APPLIED = 1
/** Exit code when a write failed after others; they were undone. Also when a step of `--build` failed. */
const FAILED = 1
/** Exit code of invalid arguments. */
const INVALID = 2
/** Exit code when the checkout is refused; nothing was written. */
const REFUSED = 3

export function patchCommand(): Command {
	const command = new Command("patch")
		.description("Put service tiers into a Roo Code (or Zoo Code) checkout, and take them out again")
		.argument("[checkout]", "the folder of the checkout", readFolder)
		.option("--check", "say what would be changed; write nothing")
		.option("--revert", "take the patch out again")
		.option("--force", "go on in a tree with other changes, or without git")
		.option("--json", "print one JSON object")
		.option("--build", "patch, install the dependencies and build the .vsix; asks first")
	return addBuildOptions(command)
		.addHelpText(
			"after",
			"\nExit 0 = done, 1 = --check found it not applied, or a write failed and all was undone, " +
				"or a step of --build failed, 2 = the arguments are wrong, 3 = refused, nothing written.",
		)
		.action(runPatch)
}

async function runPatch(checkout: string | undefined, options: PatchOptions): Promise<void> {
	const invalid = invalidArguments(checkout, options)
	if (invalid !== null) {
		note(`error: ${invalid}`)
		process.exitCode = INVALID
		return
	}
	const { check, revert, build, force = false, json } = options
	// Loaded on demand, because it includes the TypeScript compiler, which no other command needs.
	const patch = await import("@bedrock-tiers/roo-patch")
	const payload = JSON.parse(readFileSync(join(__dirname, "roo-payload.json"), "utf8")) as Payload
	try {
		if (build) return await runBuild(patch, payload, checkout, options)
		if (checkout === undefined) return
		const report = check
			? patch.checkPatch(checkout, payload)
			: revert
				? patch.revertPatch(checkout, payload, { force })
				: patch.applyPatch(checkout, payload, { force })
		const isApplied = report.status === "applied" || report.status === "already-applied"
		const next = isApplied && !check ? patch.nextSteps(checkout) : null
		if (json) printJson(next ? { ...report, nextSteps: next } : report)
		else {
			printReport(report)
			if (next) printNextSteps(next, checkout)
		}
		if (report.status === "would-apply") process.exitCode = NOT_APPLIED
	} catch (error) {
		reportFailure(patch, error, json)
	}
}

function invalidArguments(checkout: string | undefined, options: PatchOptions): string | null {
	const { check, revert, build, repo } = options
	const [buildOption] = BUILD_OPTIONS.filter((name) => options[name] !== undefined)
	if (check && revert) return "--check and --revert exclude each other."
	if (!build && buildOption !== undefined) return `--${buildOption} needs --build.`
	if (build && (check || revert)) return "--build excludes --check and --revert."
	if (checkout === undefined && repo === undefined)
		return build ? "--build needs a checkout or --repo." : "missing required argument 'checkout'"
	if (checkout !== undefined && repo !== undefined) return "A checkout and --repo exclude each other."
	if (options.tag !== undefined && repo === undefined) return "--tag needs --repo."
	return null
}

function reportFailure(patch: RooPatch, error: unknown, json: boolean | undefined): void {
	const print = (fields: { message: string; [field: string]: unknown }, text: string) => {
		if (json) printJson(fields)
		else note(visibleLine(text))
	}
	if (error instanceof patch.RolledBack) {
		process.exitCode = FAILED
		const { message, notRestored } = error
		const status = notRestored.length === 0 ? "rolled-back" : "incomplete"
		print({ status, message, notRestored }, `error: ${message}`)
	} else if (error instanceof patch.BuildFailure) {
		process.exitCode = FAILED
		const { message, step, log } = error
		print({ status: "failed", message, step, log }, `error: ${message} The output of all steps is in ${log}.`)
	} else if (error instanceof patch.AnchorMiss || error instanceof patch.Refusal) {
		process.exitCode = REFUSED
		const { message } = error
		const place =
			error instanceof patch.AnchorMiss ? { file: error.file, anchor: error.anchor, found: error.found } : {}
		print({ status: "refused", message, ...place }, `refused, nothing was written: ${message}`)
	} else throw error
}
