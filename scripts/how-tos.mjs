// `npm run how-tos [-- --run]`: checks the sample change of every page in docs/contributing.
import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { rootDir } from "./lib/paths.mjs"

const folder = join(rootDir, "docs", "contributing")
const run = process.argv.includes("--run")

const pages = readdirSync(folder)
	.filter((name) => name.endsWith(".md") && name !== "README.md")
	.map(readPage)
const problems = pages.flatMap(checkPage)
if (run && problems.length === 0) for (const page of pages) problems.push(...runPage(page))
for (const problem of problems) console.error(problem)
if (problems.length === 0)
	console.log(pages.map(({ name, files, max }) => `${name}: ${files.length} of ${max} files`).join("\n"))
process.exitCode = problems.length === 0 ? 0 : 1

/** A page, with what it claims and the files that its sample touches. */
function readPage(fileName) {
	const name = basename(fileName, ".md")
	const text = readFileSync(join(folder, fileName), "utf8")
	const patchPath = join(folder, "samples", `${name}.patch`)
	const files = [...readFileSync(patchPath, "utf8").matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, path]) => path)
	return {
		name,
		patchPath,
		files,
		max: Number(/\*\*At most (\d+) files/.exec(text)?.[1]),
		listed: [...text.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, pattern]) => pattern),
		tests: /^Tests: `(.+)`$/m.exec(text)?.[1]?.split(" ") ?? [],
	}
}

function checkPage({ name, patchPath, files, max, listed, tests }) {
	const found = []
	if (!(files.length > 0 && files.length <= max))
		found.push(`${name}: the sample touches ${files.length} files, the page allows ${max}.`)
	for (const file of files) {
		if (!listed.some((pattern) => globToRegExp(pattern).test(file)))
			found.push(`${name}: ${file} is not listed on the page.`)
	}
	if (tests.length === 0) found.push(`${name}: the page names no tests.`)
	const { status, stderr } = spawnSync("git", ["apply", "--check", patchPath], { cwd: rootDir, encoding: "utf8" })
	if (status !== 0) found.push(`${name}: the sample does not apply.\n${stderr}`)
	return found
}

/** `*` matches within a folder, `**` across folders. */
function globToRegExp(pattern) {
	const parts = pattern
		.split(/(\*+)/)
		.map((part) => (part === "**" ? ".*" : part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")))
	return new RegExp(`^${parts.join("")}$`)
}

/** Applies a sample to a copy of the tree and runs the catalog's build, the type check and the page's tests there. */
function runPage({ name, patchPath, tests }) {
	const copy = mkdtempSync(join(tmpdir(), "bedrock-tiers-how-to-"))
	try {
		copyTree(copy)
		const bin = (command) => join(copy, "node_modules", ".bin", command)
		const steps = [
			["git", "apply", patchPath],
			[bin("tsx"), "packages/core/build/write-catalog.ts"],
			[bin("vitest"), "run", "--project", "node", "--project", "patch", ...tests],
		]
		for (const [command, ...args] of steps) {
			const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: "utf8" })
			if (status !== 0) return [`${name}: ${basename(command)} failed.\n${stdout}${stderr}`]
		}
		console.log(`ok   ${name}`)
		return []
	} finally {
		rmSync(copy, { recursive: true, force: true })
	}
}

function copyTree(copy) {
	const listed = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"], {
		cwd: rootDir,
		encoding: "utf8",
	})
	for (const file of listed.stdout.split("\0").filter(Boolean)) {
		mkdirSync(dirname(join(copy, file)), { recursive: true })
		cpSync(join(rootDir, file), join(copy, file), { force: true, recursive: true, verbatimSymlinks: true })
	}
	const modules = join(rootDir, "node_modules")
	mkdirSync(join(copy, "node_modules", "@bedrock-tiers"), { recursive: true })
	for (const name of readdirSync(modules).filter((name) => name !== "@bedrock-tiers" && name !== ".cache"))
		symlinkSync(join(modules, name), join(copy, "node_modules", name))
	// The workspaces' own packages, so that the copy imports itself.
	for (const name of readdirSync(join(modules, "@bedrock-tiers"))) {
		const target = name === "webview-ui" ? "../../webview-ui" : `../../packages/${name}`
		symlinkSync(target, join(copy, "node_modules", "@bedrock-tiers", name))
	}
}
