import { existsSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { basename, join, resolve } from "node:path"
import type { BuildReport, BuildStep, Payload } from "@bedrock-tiers/roo-patch"
import { InvalidArgumentError, Option, type Command } from "commander"
import { visibleLine } from "../app/visible-text"
import { canConfirm, confirm, note, printJson, printLine } from "./output"

export type RooPatch = typeof import("@bedrock-tiers/roo-patch")

export type PatchBuildOptions = {
	repo?: string
	tag?: string
	folder?: string
	node?: string
	replace?: Record<string, string>
	yes?: boolean
	force?: boolean
	json?: boolean
}

/** Options that have an effect with `--build` only. */
export const BUILD_OPTIONS = ["repo", "tag", "folder", "node", "replace", "yes"] as const

export function addBuildOptions(command: Command): Command {
	return command
		.option("--repo <repository>", "--build: what to clone, a URL or a path, instead of a checkout", readRepository)
		.option("--tag <tag>", "--build: the tag or branch to clone (default: the default branch)", readTag)
		.option("--folder <folder>", "--build: where the clone and the log are (default: in ~/bedrock-tiers-build)")
		.option("--node <path>", "--build: the Node.js to use (default: the one in the PATH)", readNode)
		.addOption(
			new Option(
				"--replace <package>=<folder or version>",
				"--build: installs another package in place of a dependency; repeat for several",
			).argParser(addReplacement),
		)
		.option("--yes", "--build: run without asking")
}

export function readFolder(text: string): string {
	const folder = resolve(text)
	if (!existsSync(folder) || !statSync(folder).isDirectory())
		throw new InvalidArgumentError("There is no such folder.")
	return folder
}

function readRepository(text: string): string {
	if (existsSync(text)) return resolve(text)
	if (/^(?:(?:https|ssh|git|file):\/\/|[\w.-]+@[\w.-]+:)/.test(text)) return text
	throw new InvalidArgumentError("It is neither a path nor a URL (https, ssh, git or file).")
}

function readTag(text: string): string {
	if (/^[\w@][^\s~^:?*[\\]*$/.test(text)) return text
	throw new InvalidArgumentError("It cannot be a tag.")
}

function readNode(text: string): string {
	if (existsSync(text)) return resolve(text)
	throw new InvalidArgumentError("There is no such program or folder.")
}

function addReplacement(text: string, previous: Record<string, string> = {}): Record<string, string> {
	const [, name, specifier] = /^((?:@[\w.~-]+\/)?[\w.~-]+)=(.+)$/.exec(text) ?? []
	if (name === undefined || specifier === undefined)
		throw new InvalidArgumentError("It is not <package>=<folder or version>.")
	return { ...previous, [name]: specifier }
}

/** Runs `patch --build`, after the user has agreed. @throws as `buildVsix` */
export async function runBuild(
	{ buildVsix, Refusal }: RooPatch,
	payload: Payload,
	checkout: string | undefined,
	{ repo, tag, folder, node, replace = {}, yes, force = false, json }: PatchBuildOptions,
): Promise<void> {
	const source = checkout ?? { url: repo ?? "", tag: tag ?? null }
	const name = checkout ?? repo ?? ""
	const warning =
		`This runs programs of ${name} and of the npm packages that it names, with your rights: ` +
		`their install scripts and the build.`
	if (!yes) {
		if (!canConfirm()) throw new Refusal(`${warning} Pass --yes if you agree.`)
		if (!(await confirm(visibleLine(`${warning} Continue?`)))) throw new Refusal("You did not agree to the build.")
	}
	const target = resolve(folder ?? join(homedir(), "bedrock-tiers-build", folderName(name, tag)))
	note(visibleLine(`The output of all steps is in ${join(target, "build.log")}.`))
	const onStep = ({ title }: BuildStep, number: number, total: number) =>
		note(visibleLine(`${number}/${total} ${title}`))
	const options = { source, folder: target, node: node ?? null, replacements: replace, force, onStep }
	const report = await buildVsix(payload, options)
	if (json) printJson(report)
	else printBuild(report)
}

function folderName(source: string, tag: string | undefined): string {
	const name = [basename(source).replace(/\.git$/, ""), ...(tag === undefined ? [] : [tag])].join("-")
	return name.replaceAll(/[^\w.-]+/g, "-")
}

function printBuild({ patch, vsix, installCommand, tools, replacements }: BuildReport): void {
	const { name, version } = patch.product
	const product = name === null ? "the extension" : [name, version].filter(Boolean).join(" ")
	printLine(visibleLine(`Built ${product} with Node.js ${tools.node} and ${tools.packageManager}: ${vsix}`))
	for (const [dependency, replacement] of Object.entries(replacements))
		printLine(visibleLine(`Its dependency ${dependency} is replaced by ${replacement}.`))
	printLine(visibleLine(`Install it: ${installCommand}`))
}
