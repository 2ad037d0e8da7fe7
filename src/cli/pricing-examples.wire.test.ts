import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"

/** Checks that the examples in docs/pricing.md match the output of the built CLI. */

const ROOT = join(import.meta.dirname, "../..")
const EXAMPLE = /```console\n\$ npx bedrock-tiers (.+)\n([\s\S]*?)```/g
const examples = [...readFileSync(join(ROOT, "docs/pricing.md"), "utf8").matchAll(EXAMPLE)].map(
	([, command = "", output = ""]) => ({ command, output }),
)

describe("The examples in docs/pricing.md", () => {
	it("include at least five commands", () => {
		expect(examples.length).toBeGreaterThanOrEqual(5)
	})

	it.each(examples)("match the output of `$command`", async ({ command, output }) => {
		const args = [join(ROOT, "dist/cli.js"), ...command.split(" ")]
		// A cost without any price has an exit code of its own.
		const { stdout } = await promisify(execFile)(process.execPath, args).catch((error: { stdout: string }) => error)
		expect(stdout).toBe(output)
	})
})
