import { execFile } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { fileKey, servePriceLists, type PriceListServer } from "@bedrock-tiers/test-kit/servers/price-list-server"
import { priceListText, type MadeProduct } from "@bedrock-tiers/test-kit/samples/price-list-text"

/** Runs the built CLI with a copy of the checkout's catalog files against made-up price lists. */

const ROOT = join(import.meta.dirname, "../..")
const BIN = join(ROOT, "dist/cli.js")
const CARDS = [
	{ usageType: "USE1-gpt-oss-120b-input-tokens", usd: "0.0001800000" },
	{ usageType: "USE1-gpt-oss-120b-output-tokens", usd: "0.0006000000" },
	{ usageType: "USE1-gpt-oss-120b-input-tokens-thinking", usd: "0.0001" },
] as const satisfies readonly MadeProduct[]

let server: PriceListServer
let checkout: string
beforeEach(async () => {
	server = await servePriceLists()
	serve(CARDS)
	checkout = mkdtempSync(join(tmpdir(), "prices-command-"))
	mkdirSync(join(checkout, "packages/core"), { recursive: true })
	cpSync(join(ROOT, "packages/core/data"), join(checkout, "packages/core/data"), { recursive: true })
})
afterEach(async () => {
	rmSync(checkout, { recursive: true })
	await server.close()
})

function serve(products: readonly MadeProduct[]): void {
	server.files.set(fileKey("AmazonBedrock", "us-east-1"), priceListText({ offer: "AmazonBedrock", products }))
}

type Run = { code: number; stdout: string; stderr: string }

function run(cwd: string, ...args: string[]): Promise<Run> {
	return new Promise((resolve) => {
		const env = { PATH: process.env.PATH, HOME: "/nonexistent" }
		execFile(process.execPath, [BIN, "prices", ...args], { env, cwd, maxBuffer: 1e8 }, (error, stdout, stderr) => {
			resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr })
		})
	})
}

function update(...args: string[]): Promise<Run> {
	return run(join(checkout, "packages"), "update", "--region", "us-east-1", "--from", server.url, ...args)
}

function files(): string[] {
	const entries = readdirSync(checkout, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
	return entries.map(({ parentPath, name }) => `${name} ${readFileSync(join(parentPath, name), "utf8")}`).sort()
}

describe("`prices update`", () => {
	it("prints old and new prices with the change in percent and the skipped entries, and writes nothing", async () => {
		const before = files()
		const { code, stdout, stderr } = await update()
		expect(stdout).toMatch(
			/openai\.gpt-oss-120b-1:0 +in-region +us-east-1 +Standard +input +\$0\.15 +\$0\.18 +\+20\.0 %/,
		)
		expect(stdout).toContain("AWS price list of 2026-11-20, 1 region(s)")
		expect(stdout).toContain("Not published: AmazonBedrockFoundationModels in us-east-1")
		expect(stdout).toContain("1 unknown-form\n      USE1-gpt-oss-120b-input-tokens-thinking (us-east-1)")
		expect(stdout).toContain("Nothing was written")
		expect([code, stderr]).toEqual([0, ""])
		expect(files()).toEqual(before)
	})

	it("with --write changes the files and names the next command; a second run changes nothing", async () => {
		const first = await update("--write")
		expect(first.stdout).toContain("2 files written. Now run: npm run catalog")
		const written = files()
		const second = await update("--write", "--json")
		expect(JSON.parse(second.stdout)).toMatchObject({ changes: [], newRows: [], written: [], confirmed: 2 })
		expect([first.code, second.code]).toEqual([0, 0])
		expect(files()).toEqual(written)
	})

	it("with --write outside a checkout exits with 2 and sends no request", async () => {
		const { code, stderr } = await run(tmpdir(), "update", "--from", server.url, "--write")
		expect(stderr.trim()).toBe(
			"error: --write needs a checkout: there is no packages/core/data in this folder or above it.",
		)
		expect([code, server.asked]).toEqual([2, []])
	})

	it("outside a checkout compares with the built-in catalog", async () => {
		const { code, stdout } = await run(tmpdir(), "update", "--region", "us-east-1", "--from", server.url)
		expect(stdout).toMatch(/gpt-oss-120b-1:0 .* \$0\.18 +\+20\.0 %/)
		expect(code).toBe(0)
	})

	it("exits with 1 and an error message, and changes no file, when a price is off by a factor of ten", async () => {
		serve([{ ...CARDS[0], usd: "0.0015" }, CARDS[1]])
		const before = files()
		const { code, stdout, stderr } = await update("--write")
		expect([code, stdout]).toEqual([1, ""])
		expect(stderr).toContain("would go from $0.15 to $1.5 per million tokens. Nothing was changed.\n")
		expect(files()).toEqual(before)
	})

	it("exits with 1 and reports that nothing was changed when the server is unreachable", async () => {
		await server.close()
		const { code, stderr } = await update("--write")
		expect(stderr).toMatch(/^error: AWS's price list cannot be reached \(.+\)\. Nothing was changed\.\n$/)
		expect(code).toBe(1)
		server = await servePriceLists()
	})

	it.each([
		["an invalid region", ["--region", "nowhere"], "It cannot be an AWS region code."],
		["an unsafe URL", ["--from", "http://example.com"], "It must be https, or http on this machine."],
	])("exits with 2 for %s", async (_, args, message) => {
		const { code, stderr } = await run(checkout, "update", ...args)
		expect([code, stderr.includes(message), server.asked]).toEqual([2, true, []])
	})
})

describe("`prices explain`", () => {
	const explain = (...args: string[]) => run(tmpdir(), "explain", ...args)

	it("prints the price row with the reason, derived prices, source and age", async () => {
		const { code, stdout } = await explain("amazon.nova-2-lite-v1:0", "us-east-1", "flex")
		expect(stdout).toContain("Nova 2 Lite (amazon.nova-2-lite-v1:0) in us-east-1, Flex")
		expect(stdout).toContain("Called by a geographic profile (us.amazon.nova-2-lite-v1:0)")
		expect(stdout).toMatch(/input +\$0\.165 +printed by the source/)
		expect(stdout).toMatch(/cache read +≈\$0\.04125 +derived: 0\.5 × Standard's \$0\.0825/)
		expect(stdout).toMatch(/Dated 2026-\d\d-\d\d, \d+ days old/)
		expect(code).toBe(0)
	})

	it("prints the prices of every context band", async () => {
		const { stdout } = await explain("openai.gpt-6-astra", "us-east-1", "default", "--route", "global")
		expect(stdout).toMatch(/Prompts of fewer than 272,001 tokens:[\s\S]+input +\$10\.00[\s\S]+output +\$50\.00/)
		expect(stdout).toMatch(/Prompts of 272,001 tokens or more:[\s\S]+input +\$20\.00[\s\S]+output +\$75\.00/)
	})

	it("prints JSON with --json", async () => {
		const { stdout } = await explain("openai.gpt-oss-120b-1:0", "us-east-1", "priority", "--json")
		expect(JSON.parse(stdout)).toMatchObject({
			route: "in-region",
			miss: null,
			card: { inputUsdPerMTok: 0.2625, outputUsdPerMTok: 1.05 },
			source: expect.stringContaining("AWS Price List"),
			ageDays: expect.any(Number),
		})
	})

	it.each([
		["anthropic.claude-sonnet-4-6", "us-east-1", "flex", "tier-not-offered"],
		["anthropic.claude-sonnet-4-6", "sa-east-1", "default", "only-global"],
		["anthropic.claude-sonnet-4-6", "us-east-1", "reserved", "paid-by-reservation"],
		["openai.gpt-oss-120b-1:0", "ap-southeast-4", "default", "region-not-priced"],
		["acme.new-1:0", "us-east-1", "default", "model-unknown"],
	])("reports for %s in %s on tier %s that it has no price because of %s", async (model, region, tier, miss) => {
		const { stdout, code } = await explain(model, region, tier, "--json")
		expect(JSON.parse(stdout)).toMatchObject({
			card: null,
			miss,
			why: expect.arrayContaining([expect.any(String)]),
		})
		expect(code).toBe(0)
	})

	it.each([
		["no arguments", []],
		["an unknown tier", ["openai.gpt-oss-120b-1:0", "us-east-1", "standard"]],
		["an invalid region", ["openai.gpt-oss-120b-1:0", "nowhere", "flex"]],
		["an invalid model id", ["what?", "us-east-1", "flex"]],
		["an unknown route", ["openai.gpt-oss-120b-1:0", "us-east-1", "flex", "--route", "moon"]],
	])("exits with 2 for %s", async (_, args) => {
		const { code, stdout, stderr } = await explain(...args)
		expect([code, stdout]).toEqual([2, ""])
		expect(stderr).toMatch(/^error: /)
	})
})
