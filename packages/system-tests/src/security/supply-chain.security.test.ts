import { spawn } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, expect, it } from "vitest"
import { report } from "./testing/report"

/** What the product is built from: actions of the workflows, packages of the bundles. */

const ROOT = join(import.meta.dirname, "../../../..")
const WORKFLOWS = join(ROOT, ".github/workflows")
const workflows = readdirSync(WORKFLOWS).map((name) => ({ name, text: readFileSync(join(WORKFLOWS, name), "utf8") }))
const readJson = (path: string) => JSON.parse(readFileSync(join(ROOT, path), "utf8")) as unknown
const bundled = readJson("dist/bundled-packages.json") as { folder: string; name: string; version: string }[]

const servers: Server[] = []
/** npm also caches advisories. */
const cache = mkdtempSync(join(tmpdir(), "bedrock-tiers-npm-"))
afterAll(() => rmSync(cache, { recursive: true, force: true }))
afterEach(() => {
	for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** Starts an npm registry that knows these advisories, by package name. */
async function startRegistry(advisories: object, status = 200): Promise<string> {
	const server = createServer((request, response) => {
		const isBulk = request.url === "/-/npm/v1/security/advisories/bulk"
		response.writeHead(isBulk ? status : 404, { "content-type": "application/json" })
		request.on("end", () => response.end(JSON.stringify(isBulk ? advisories : {}))).resume()
	})
	servers.push(server)
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function runScript(name: string, registry = "http://127.0.0.1:9"): Promise<{ code: number | null; output: string }> {
	const env = { ...process.env, npm_config_registry: registry, npm_config_cache: cache }
	const child = spawn(process.execPath, [join(ROOT, "scripts", name)], { cwd: ROOT, env })
	let output = ""
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += String(data)))
	return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })))
}

const advisory = (id: number, severity: string) => ({
	id,
	severity,
	url: `https://advisories.example/${id}`,
	title: `Advisory ${id}`,
	vulnerable_versions: "*",
})

it("Workflows use actions by commit, and no job with write access runs code of the project", (context) => {
	report(context, {
		area: "packages",
		tried: "an action's tag is moved to other code; a dependency runs code in a workflow",
		holds: "actions are pinned by hash; tokens can only read, except in jobs that run no code of the project",
	})
	expect(workflows.map(({ name }) => name)).toContain("release.yml")
	for (const { name, text } of workflows) {
		const uses = text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line))
		expect([name, uses.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))]).toEqual([
			name,
			[],
		])
		const [head = "", body = ""] = text.split(/^jobs:$/m)
		expect([name, /^permissions:\n((?: .*\n)+)/m.exec(head)?.[1]]).toEqual([name, "  contents: read\n"])
		for (const job of body.split(/^ {2}(?=[\w-]+:$)/m)) {
			if (/: write\b|write-all/.test(job))
				expect([name, job]).not.toEqual([name, expect.stringMatching(/(^|\s)(npm|npx|node|\.ci\/run)\b/)])
			else if (job.includes("actions/checkout"))
				expect([name, job]).toEqual([name, expect.stringContaining("persist-credentials: false")])
		}
		// An expression in a script would be code of whoever chooses its value; in `env` it is data.
		const expressions = text.split("\n").filter((line) => line.includes("${{"))
		expect([
			name,
			expressions.filter((line) => !/^\s+(- )?[\w-]+: \$\{\{ [\w.]+ \}\}$/.test(line) || /run:/.test(line)),
		]).toEqual([name, []])
	}
})

it("The audit fails for a vulnerable package that is bundled, and for no other", async (context) => {
	report(context, {
		area: "packages",
		tried: "advisories for a bundled package, which is a development dependency to npm, and for a build tool; a registry that fails",
		holds: "the audit names the bundled package only and fails; it also fails when the registry does not answer",
	})
	const commander = { commander: [advisory(1, "high")] }
	const tools = { prettier: [advisory(2, "critical")], "@ai-sdk/openai": [advisory(3, "critical")] }
	const both = await runScript("audit.mjs", await startRegistry({ ...commander, ...tools }))
	expect(both).toEqual({
		code: 1,
		output: expect.stringMatching(/^high: commander: Advisory 1 .*\n.* 1 known/) as string,
	})
	const tool = await runScript("audit.mjs", await startRegistry(tools))
	expect(tool).toEqual({ code: 0, output: `${bundled.length} bundled packages, 0 known vulnerabilities\n` })
	const failing = await runScript("audit.mjs", await startRegistry({}, 405))
	expect(failing).toEqual({ code: 1, output: expect.stringContaining("npm audit failed:") as string })
})

it("The bill of materials lists every bundled package in the version that is bundled", async (context) => {
	report(context, {
		area: "packages",
		tried: "packages in the bundles, also nested ones in another version, compared with the bill of materials and the notices",
		holds: "each is listed with its version, license and hash, and nothing else is",
	})
	expect(await runScript("sbom.mjs")).toEqual({ code: 0, output: expect.stringContaining("Listed ") as string })
	type Component = { name: string; version: string; licenses?: unknown[]; hashes?: unknown[] }
	const { components } = readJson("dist/bedrock-tiers.cdx.json") as { components: Component[] }
	const refs = (list: readonly { name: string; version: string }[]) =>
		[...new Set(list.map(({ name, version }) => `${name}@${version}`))].sort()
	const lock = readJson("package-lock.json") as { packages: Record<string, { version: string }> }
	for (const { folder, version } of bundled)
		expect([folder, lock.packages[folder]?.version]).toEqual([folder, version])
	const typescript = { name: "typescript", version: lock.packages["node_modules/typescript"]?.version ?? "" }
	expect(refs(components)).toEqual(refs([...bundled, typescript]))
	expect(components.filter(({ licenses, hashes }) => !licenses?.length || !hashes?.length)).toEqual([])
	const notices = readFileSync(join(ROOT, "dist/THIRD_PARTY_NOTICES.md"), "utf8")
	for (const { name, version } of bundled) expect(notices).toContain(`- ${name} ${version}: `)
	// The emulator in the terminal command has its own version of this package.
	expect(refs(bundled)).toContain("@smithy/core@3.40.0")
})
