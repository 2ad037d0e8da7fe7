import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"

/**
 * Runs the `verify` command against the emulator: it announces its requests, sends exactly these, and reports the
 * results. The behaviour of AWS itself can only be tested by running the command with a real account.
 */

const BIN = join(import.meta.dirname, "../../dist/cli.js")
const GPT_OSS = "openai.gpt-oss-120b-1:0"
const SECRET = "canary-secret-0123456789"

let emulator: Emulator
let folder: string
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi.", usage: { inputTokens: 100, outputTokens: 10 } })
})
beforeEach(async () => {
	emulator.setScenario("served-as-asked")
	emulator.requests.length = 0
	folder = await mkdtemp(join(tmpdir(), "verify-"))
})
afterEach(() => rm(folder, { recursive: true }))
afterAll(() => emulator.close())

type Line = { type: string; [member: string]: unknown }

type Run = { code: number; stdout: string; stderr: string; lines: Line[] }

const run = (...args: string[]) => runIn({}, "--endpoint", emulator.url, ...args)

function runIn(settings: Readonly<Record<string, string>>, ...args: string[]): Promise<Run> {
	const env = {
		PATH: process.env.PATH,
		HOME: "/nonexistent",
		AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
		AWS_SECRET_ACCESS_KEY: SECRET,
		AWS_EC2_METADATA_DISABLED: "true",
		...settings,
	}
	const allArgs = ["verify", "--region", "us-east-1", ...args]
	return new Promise((resolve) => {
		execFile(process.execPath, [BIN, ...allArgs], { env }, (error, stdout, stderr) => {
			expect(stdout + stderr).not.toContain(SECRET)
			const code = typeof error?.code === "number" ? error.code : error ? -1 : 0
			const lines = stdout.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Line] : []))
			resolve({ code, stdout, stderr, lines })
		})
	})
}

/** Runs the command with --yes and returns a short text for each row. */
async function rows(...args: string[]) {
	const { code, lines } = await run("--yes", "--json", ...args)
	const linesOfType = (type: string) => lines.filter((line) => line.type === type)
	return {
		code,
		result: linesOfType("result")[0],
		rows: linesOfType("row").map(({ api, way, tier, outcome, surprise }) =>
			[api, way, tier, outcome, surprise].join(" "),
		),
	}
}

const receivedRequests = () =>
	emulator.requests.map(({ operation, requestedTier }) => `${operation} ${requestedTier ?? "no tier"}`)

describe("`verify` without --yes", () => {
	it("prints the planned requests and their maximum cost, and sends nothing", async () => {
		const { code, stdout, stderr } = await run("--model", GPT_OSS)
		expect(code).toBe(0)
		expect(stdout).toContain(`12 requests to ${GPT_OSS} in us-east-1: "Hi", at most 16 tokens each.`)
		// 8 × (500 × $0.15 + 16 × $0.60) per million, as Flex may be served as Standard; 4 × 1.75 times as much.
		expect(stdout).toContain("It costs at most $0.0013, if each prompt is below 500 tokens.")
		expect(stderr).toContain("Nothing was sent. Add --yes to send it.")
		expect(emulator.requests).toEqual([])
	})

	it("prints which tiers the model does not support and for how many requests no price is known", async () => {
		const model = ["--model", "anthropic.claude-sonnet-4-6", "--api", "converse"]
		const { stdout } = await run(...model, "--tiers", "default,flex,reserved")
		expect(stdout).toContain("4 requests to us.anthropic.claude-sonnet-4-6")
		expect(stdout).toMatch(/Converse {8}Flex {6}not sent: not taken here/)
		// 2 × (500 × $3.30 + 16 × $16.50) per million.
		expect(stdout).toContain("No price is known for 2 of them; the others cost at most $0.0038")
	})
})

describe("`verify` with --yes", () => {
	it("sends one minimal request per API, tier and response mode, and reports the result of each", async () => {
		const { code, lines } = await run("--yes", "--json", "--model", GPT_OSS)
		expect(code).toBe(0)
		expect(receivedRequests()).toEqual([
			"ConverseStream no tier",
			"Converse no tier",
			"ConverseStream flex",
			"Converse flex",
			"ConverseStream priority",
			"Converse priority",
			"InvokeModelWithResponseStream no tier",
			"InvokeModel no tier",
			"InvokeModelWithResponseStream flex",
			"InvokeModel flex",
			"InvokeModelWithResponseStream priority",
			"InvokeModel priority",
		])
		expect(JSON.parse(emulator.requests[2]?.body ?? "")).toEqual({
			messages: [{ role: "user", content: [{ text: "Hi" }] }],
			inferenceConfig: { maxTokens: 16 },
			serviceTier: { type: "flex" },
		})
		expect(emulator.requests[9]?.body).toBe(
			'{"messages":[{"role":"user","content":"Hi"}],"max_completion_tokens":16}',
		)
		expect(lines.filter(({ type }) => type === "row")[2]).toEqual({
			type: "row",
			api: "converse",
			way: "stream",
			tier: "flex",
			outcome: "accepted",
			surprise: null,
			code: null,
			message: null,
			servedTier: "flex",
			inputTokens: 100,
			outputTokens: 10,
			// 100 × $0.075 + 10 × $0.30 per million.
			totalUsd: expect.closeTo(0.0000105, 12) as number,
			requestMs: expect.any(Number) as number,
		})
		// Four requests at $0.000021, four at half of it, four at 1.75 times as much.
		expect(lines.at(-1)).toEqual({
			type: "result",
			asExpected: true,
			totalUsd: expect.closeTo(0.000273, 12) as number,
		})
	})

	it("prints a table with AWS's message for a refusal when --json is not given", async () => {
		emulator.setScenario("tier-refused")
		const { code, stdout } = await run("--yes", "--model", GPT_OSS, "--api", "converse", "--tiers", "default,flex")
		expect(code).toBe(1)
		expect(stdout).toMatch(/Converse +Flex +refused +- +- +\d+ ms +! refused, though AWS lists it/)
		expect(stdout).toContain("AWS says: The provided service tier is not supported for this model.")
		expect(stdout).toContain("Not all of it was as expected.")
	})
})

describe("`verify` exits with 1", () => {
	const flex = ["--model", GPT_OSS, "--api", "converse", "--tiers", "default,flex"]

	it.each([
		["flex-served-as-default", "accepted served-otherwise"],
		["no-served-tier", "accepted served-tier-not-reported"],
		["tier-refused", "refused refused-though-listed"],
	] as const)("when the scenario %s gives flex rows with the result: %s", async (scenario, flexRow) => {
		emulator.setScenario(scenario)
		expect(await rows(...flex)).toMatchObject({
			code: 1,
			result: { asExpected: false },
			rows: [
				"converse stream default accepted ",
				"converse whole default accepted ",
				`converse stream flex ${flexRow}`,
				`converse whole flex ${flexRow}`,
			],
		})
	})

	it.each([
		["no-metadata", "accepted usage-not-reported"],
		["capacity-refused", "failed failed"],
		["exception-mid-stream", "failed failed"],
	] as const)("when the scenario %s gives a first row with the result: %s", async (scenario, firstResult) => {
		emulator.setScenario(scenario)
		const result = await rows(...flex)
		expect(result.code).toBe(1)
		expect(result.rows[0]).toBe(`converse stream default ${firstResult}`)
	})

	it("when no request was accepted, even without a surprise", async () => {
		const model = ["--model", "moonshotai.kimi-k3", "--tiers", "flex", "--api", "converse"]
		expect(await rows(...model)).toMatchObject({
			code: 1,
			rows: ["converse stream flex not-sent ", "converse whole flex not-sent "],
		})
		expect(emulator.requests).toEqual([])
	})

	it("after the first request when the credentials have expired, without sending the others", async () => {
		emulator.setScenario("credentials-expired")
		expect(await rows(...flex)).toMatchObject({ code: 1, rows: ["converse stream default failed failed"] })
		expect(emulator.requests).toHaveLength(1)
	})
})

describe("`verify` exits with 0 although a request was refused", () => {
	it("when AWS's sources disagree on the refused tier", async () => {
		emulator.setScenario("tier-refused")
		const model = ["--model", "deepseek.v3-v1:0", "--api", "converse", "--tiers", "default,flex"]
		expect(await rows(...model)).toMatchObject({
			code: 0,
			rows: expect.arrayContaining(["converse whole flex refused "]) as string[],
		})
	})

	it("when the refused tier is Reserved, which depends on the account", async () => {
		const model = ["--model", "anthropic.claude-sonnet-4-6", "--api", "invoke-model"]
		expect(await rows(...model, "--tiers", "default,reserved")).toMatchObject({
			code: 0,
			rows: expect.arrayContaining(["invoke-model whole reserved refused "]) as string[],
		})
	})
})

describe("`verify --record`", () => {
	const profile = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0"
	const small = ["--model", profile, "--api", "converse", "--tiers", "flex"]

	it("appends the results with date, model, region and SDK version, but without the account id", async () => {
		const file = join(folder, "verified.json")
		await run("--yes", ...small, "--record", file)
		await run("--yes", ...small, "--record", file)
		const text = await readFile(file, "utf8")
		expect(text).not.toContain("123456789012")
		const { format, records } = JSON.parse(text) as { format: number; records: { rows: unknown[] }[] }
		expect(format).toBe(1)
		expect(records).toHaveLength(2)
		expect(records[1]).toMatchObject({
			date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
			modelId: "arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.amazon.nova-pro-v1:0",
			region: "us-east-1",
			endpoint: emulator.url,
			sdkVersion: "3.1164.0",
			asExpected: true,
		})
		expect(records[1]?.rows).toHaveLength(2)
	})

	it("shows and records an endpoint that AWS's settings chose", async () => {
		const file = join(folder, "verified.json")
		const settings = { AWS_ENDPOINT_URL: emulator.url }
		const { stderr, lines } = await runIn(settings, "--yes", "--json", ...small, "--record", file)
		expect(stderr).toContain(`Requests go to ${emulator.url}, not to AWS's own endpoint.`)
		expect(stderr).toContain("with this endpoint: it proves nothing about AWS.")
		expect(lines[0]).toMatchObject({ type: "plan", endpoint: emulator.url })
		const { records } = JSON.parse(await readFile(file, "utf8")) as { records: unknown[] }
		expect(records).toMatchObject([{ endpoint: emulator.url, asExpected: true }])
	})

	it("sends nothing when AWS's settings choose http on another host", async () => {
		const settings = { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: "http://gateway.example.invalid" }
		const { code, stderr } = await runIn(settings, "--yes", ...small)
		expect(code).toBe(1)
		expect(stderr).toContain(
			"bad-input: AWS's own settings (AWS_ENDPOINT_URL, endpoint_url) send requests to gateway",
		)
	})

	it("writes nothing when no request was sent", async () => {
		const file = join(folder, "verified.json")
		await run(...small, "--record", file)
		await expect(readFile(file)).rejects.toThrow("ENOENT")
	})

	it("sends nothing and does not change the file when it is not a record file", async () => {
		const file = join(folder, "shopping.json")
		await writeFile(file, '{"milk":2}')
		const { code, stderr } = await run("--yes", ...small, "--record", file)
		expect(code).toBe(1)
		expect(stderr).toContain("is no record of this command, so nothing is appended to it.")
		expect(emulator.requests).toEqual([])
		expect(await readFile(file, "utf8")).toBe('{"milk":2}')
	})
})

describe("`verify` with invalid arguments", () => {
	it.each([
		["an unknown tier", ["--model", GPT_OSS, "--tiers", "standard"], 2, "Standard is called default."],
		["an invalid model id", ["--model", "gpt"], 2, "is not a Bedrock model id or ARN."],
		[
			"an unavailable route",
			["--model", GPT_OSS, "--route", "global", "--yes"],
			1,
			"bad-input: gpt-oss-120b has no global route",
		],
	] as const)("reports %s and sends nothing", async (_, args, code, message) => {
		const result = await run(...args)
		expect(result.code).toBe(code)
		expect(result.stderr).toContain(message)
		expect(emulator.requests).toEqual([])
	})
})
