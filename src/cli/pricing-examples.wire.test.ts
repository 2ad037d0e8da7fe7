import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"

/** The examples of docs/pricing.md are what the built command prints. */

const ROOT = join(import.meta.dirname, "../..")
const EXAMPLE = /```console\n\$ npx bedrock-tiers (.+)\n([\s\S]*?)```/g
const examples = [...readFileSync(join(ROOT, "docs/pricing.md"), "utf8").matchAll(EXAMPLE)].map(
	([, command = "", output = ""]) => ({ command, output }),
)

describe("docs/pricing.md", () => {
	it("has worked examples", () => {
		expect(examples.length).toBeGreaterThanOrEqual(5)
	})

	it.each(examples)("$command", async ({ command, output }) => {
		const { stdout } = await promisify(execFile)(process.execPath, [
			join(ROOT, "dist/cli.js"),
			...command.split(" "),
		])
		expect(stdout).toBe(output)
	})
})
