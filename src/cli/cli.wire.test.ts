import { execFile } from "node:child_process"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"

/** Runs the built CLI as a script does: arguments, standard output, standard error and exit code. */

const BIN = join(import.meta.dirname, "../../dist/cli.js")
const GPT_OSS = ["--model", "openai.gpt-oss-120b-1:0", "--region", "us-east-1"]

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi.", usage: { inputTokens: 1000, outputTokens: 100 } })
})
beforeEach(() => {
	emulator.setScenario("served-as-asked")
	emulator.requests.length = 0
})
afterAll(() => emulator.close())

type Run = { code: number; stdout: string; stderr: string; lines: unknown[] }

function run(...args: string[]): Promise<Run> {
	const env = {
		PATH: process.env.PATH,
		HOME: "/nonexistent",
		AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
		AWS_SECRET_ACCESS_KEY: "test",
		AWS_EC2_METADATA_DISABLED: "true",
	}
	return new Promise((resolve) => {
		execFile(process.execPath, [BIN, ...args], { env }, (error, stdout, stderr) => {
			const code = typeof error?.code === "number" ? error.code : error ? -1 : 0
			const lines = stdout
				.split("\n")
				.flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as unknown] : []))
			resolve({ code, stdout, stderr, lines })
		})
	})
}

function chat(...args: string[]): Promise<Run> {
	return run("chat", ...GPT_OSS, "--endpoint", emulator.url, "--json", ...args, "Hello")
}

describe("`models`", () => {
	it("lists every model with the tiers that it supports through Converse", async () => {
		const { stdout, code } = await run("models", "--json")
		const models = JSON.parse(stdout) as { modelId: string; serviceTiers: string[] }[]
		const tiersOf = (id: string) => models.find(({ modelId }) => modelId === id)?.serviceTiers
		expect(code).toBe(0)
		expect(tiersOf("openai.gpt-oss-120b-1:0")).toEqual(["default", "flex", "priority"])
		expect(tiersOf("anthropic.claude-sonnet-4-6")).toEqual(["default"])
		expect(tiersOf("moonshotai.kimi-k3")).toEqual(["default"])
	})

	it("with --region lists only the models that can be called from that region", async () => {
		const models = JSON.parse((await run("models", "--json", "--region", "sa-east-1")).stdout) as {
			modelId: string
			routes: string[]
		}[]
		expect(models.find(({ modelId }) => modelId === "anthropic.claude-sonnet-4-6")?.routes).toEqual(["global"])
		expect(models.some(({ modelId }) => modelId === "amazon.nova-2-lite-v1:0")).toBe(false)
	})
})

describe("`cost`", () => {
	const tokens = ["--input", "1000", "--output", "100"]

	it("prints the cost lines, the total and the source of the prices", async () => {
		const { lines } = await run("cost", ...GPT_OSS, "--tier", "flex", ...tokens, "--json")
		expect(lines).toEqual([
			{
				modelId: "openai.gpt-oss-120b-1:0",
				region: "us-east-1",
				route: "in-region",
				billedTier: "flex",
				lines: [
					{ kind: "input", tokens: 1000, usdPerMTok: 0.075, usd: 0.000075 },
					{ kind: "output", tokens: 100, usdPerMTok: 0.3, usd: 0.00003 },
					{ kind: "cacheRead", tokens: 0, usdPerMTok: null, usd: 0 },
					{ kind: "cacheWrite", tokens: 0, usdPerMTok: null, usd: 0 },
				],
				totalUsd: expect.closeTo(0.000105, 12),
				knownUsd: expect.closeTo(0.000105, 12),
				unpricedReason: null,
				card: {
					source: "AWS Price List (AmazonBedrock, AmazonBedrockFoundationModels), published 2026-10-06",
					checkedOn: "2026-10-06",
				},
				estimateReason: null,
			},
		])
	})

	it.each([
		[
			"a tier that the model does not support",
			["--model", "anthropic.claude-sonnet-4-6", "--region", "us-east-1"],
			"tier-not-offered",
		],
		["an unknown model", ["--model", "acme.new-1:0", "--region", "us-east-1"], "model-unknown"],
		[
			"a region without prices",
			["--model", "openai.gpt-oss-120b-1:0", "--region", "ap-southeast-4"],
			"region-not-priced",
		],
		[
			"a model that only the global route reaches",
			["--model", "anthropic.claude-sonnet-4-6", "--region", "sa-east-1"],
			"no-route",
		],
	])("prints no total but the reason, and exits with 3, for %s", async (_, model, unpricedReason) => {
		const { lines, code } = await run("cost", ...model, "--tier", "flex", ...tokens, "--json")
		expect(lines).toMatchObject([{ totalUsd: null, knownUsd: 0, unpricedReason }])
		expect(code).toBe(3)
	})

	it.each([
		[
			"a retired model",
			["--model", "amazon.nova-premier-v1:0", "--region", "us-east-1"],
			"Nova Premier was retired by AWS on 2026-09-14.",
		],
		[
			"a profile of another geography",
			["--model", "eu.anthropic.claude-sonnet-4-6", "--region", "us-east-1"],
			"The profile eu cannot be called from us-east-1, only from eu-central-1,",
		],
		[
			"an application profile without a declared model",
			[
				"--model",
				"arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc",
				"--region",
				"us-east-1",
			],
			"The ARN of an application profile does not name its model: --stands-for <id> does.",
		],
	])("says for %s what its price does not say", async (_, model, message) => {
		const { stderr } = await run("cost", ...model, "--tier", "default", ...tokens)
		expect(stderr).toContain(message)
	})

	it("says that a model does not support Reserved, instead of that it is paid by reservation", async () => {
		const qwen = ["--model", "qwen.qwen3-32b-v1:0", "--region", "us-east-1", "--tier", "reserved"]
		const { lines } = await run("cost", ...qwen, ...tokens, "--json")
		expect(lines).toMatchObject([{ unpricedReason: "tier-not-offered" }])
	})

	it("marks a cost with a unit price that AWS has not published as an estimate, with the reason", async () => {
		const magistral = ["--model", "mistral.magistral-small-2509", "--region", "ap-south-1", "--tier", "priority"]
		const { stdout } = await run("cost", ...magistral, ...tokens)
		// Standard is $0.59 and $1.76: 0.59 × 1.75 = 1.0325 and 1.76 × 1.75 = 3.08, rounded to two decimals.
		expect(stdout).toMatch(/input +1,000 +≈\$1\.03 +≈\$0\.00103/)
		expect(stdout).toMatch(/output +100 +≈\$3\.08 +≈\$0\.000308/)
		expect(stdout).toMatch(/Total: ≈\$0\.0013/)
		expect(stdout).toContain("≈ Estimated: AWS has not published a price for these tokens, so it is computed.")
		const { lines } = await run("cost", ...magistral, ...tokens, "--json")
		expect(lines).toMatchObject([
			{ lines: [{ estimated: true }, { estimated: true }, {}, {}], estimateReason: expect.any(String) },
		])
	})

	it("prints the known part of the cost when one price is missing", async () => {
		const nova = ["--model", "amazon.nova-pro-v1:0", "--region", "us-west-2", "--tier", "default", ...tokens]
		const { lines } = await run("cost", ...nova, "--cache-write", "10", "--json")
		// 1,000 × $0.80 + 100 × $3.20 per million
		expect(lines).toMatchObject([
			{ totalUsd: null, knownUsd: expect.closeTo(0.00112, 12), unpricedReason: "cache-write-price-unknown" },
		])
	})
})

const TIER_HEADER = "x-amzn-bedrock-service-tier"

describe("`chat`", () => {
	it("sends the requested output limit, reasoning effort and temperature", async () => {
		const { code } = await chat("--max-tokens", "300", "--temperature", "0", "--reasoning", "high")
		expect(code).toBe(0)
		expect(JSON.parse(emulator.requests[0]?.body ?? "null")).toEqual({
			messages: [{ role: "user", content: [{ text: "Hello" }] }],
			inferenceConfig: { maxTokens: 300, temperature: 0 },
			additionalModelRequestFields: { reasoning_effort: "high" },
		})
	})

	it.each([
		["--temperature", "1.5"],
		["--temperature", "warm"],
		["--max-tokens", "many"],
		["--reasoning", "very"],
	])("refuses %s %s without sending a request", async (...args) => {
		expect((await chat(...args)).code).toBe(2)
		expect(emulator.requests).toHaveLength(0)
	})

	it("sends the tier and prints the text followed by one usage line", async () => {
		const { lines, code, stderr } = await chat("--tier", "flex")
		expect(lines.at(0)).toMatchObject({ type: "text" })
		expect(lines.at(-1)).toEqual({
			type: "usage",
			inputTokens: 1000,
			outputTokens: 100,
			cacheReadTokens: 0,
			cacheWriteTokens: 0,
			requestedTier: "flex",
			servedTier: "flex",
			billedTier: "flex",
			basis: "served",
			notSentReason: null,
			baseModelId: "openai.gpt-oss-120b-1:0",
			modelNamedBy: "id",
			totalUsd: expect.closeTo(0.000105, 12),
			knownUsd: expect.closeTo(0.000105, 12),
			unpricedReason: null,
		})
		expect(emulator.requests[0]?.body).toContain('"serviceTier":{"type":"flex"}')
		expect([code, stderr]).toEqual([0, ""])
	})

	it("with --no-stream sends the tier through Converse", async () => {
		const { lines } = await chat("--tier", "priority", "--no-stream")
		expect(lines).toMatchObject([
			{ type: "text", text: "Hi." },
			{ type: "usage", billedTier: "priority" },
		])
		expect(emulator.requests[0]).toMatchObject({ operation: "Converse", requestedTier: "priority" })
	})

	it("with --api invoke-model sends the tier in the header, with and without streaming", async () => {
		const runs = [
			await chat("--api", "invoke-model", "--tier", "flex"),
			await chat("--api", "invoke-model", "--tier", "flex", "--no-stream"),
		]
		for (const { lines } of runs) {
			expect(lines.at(-1)).toMatchObject({ servedTier: "flex", totalUsd: expect.closeTo(0.000105, 12) as number })
		}
		expect(
			emulator.requests.map(({ operation, headers, body }) => [operation, headers[TIER_HEADER], body]),
		).toEqual([
			["InvokeModelWithResponseStream", "flex", '{"messages":[{"role":"user","content":"Hello"}]}'],
			["InvokeModel", "flex", '{"messages":[{"role":"user","content":"Hello"}]}'],
		])
	})

	it("omits an unsupported tier, reports it in the usage line and on stderr, and exits with 0", async () => {
		const { lines, stderr, code } = await run(
			...["chat", "--model", "anthropic.claude-sonnet-4-6", "--region", "us-east-1", "--tier", "flex"],
			...["--endpoint", emulator.url, "--json", "Hello"],
		)
		expect(lines.at(-1)).toMatchObject({
			requestedTier: "flex",
			notSentReason: "tier-not-offered",
			billedTier: "default",
		})
		expect(stderr.trim().split("\n")).toEqual([expect.stringContaining("Flex was not sent")])
		expect(code).toBe(0)
	})

	it.each([
		["tier-refused", "tier-refused", "after-a-change", true],
		["credentials-expired", "credentials-expired", "after-a-change", false],
		["capacity-refused", "capacity-refused", "after-a-wait", true],
	] as const)(
		"prints one error line with retry advice and exits with 1 for %s",
		async (scenario, code, retry, tierMayHelp) => {
			emulator.setScenario(scenario)
			const run = await chat("--tier", "flex")
			expect(run.lines).toMatchObject([{ type: "error", code, retry, tierMayHelp }])
			expect(run.code).toBe(1)
		},
	)

	it("prints the --when-tier-cannot-serve hint only when the tier could not serve", async () => {
		emulator.setScenario("tier-refused")
		const args = ["chat", ...GPT_OSS, "--endpoint", emulator.url, "Hello"]
		const { stderr } = await run(...args, "--tier", "flex")
		expect(stderr).toContain("tier-refused: Bedrock refused the tier")
		expect(stderr).toContain("--when-tier-cannot-serve standard")
		emulator.setScenario("access-denied")
		const denied = await run(...args, "--tier", "flex")
		expect(denied.stderr).toContain("access-denied: ")
		expect(denied.stderr).not.toContain("--when-tier-cannot-serve")
	})

	it("reports each throttled attempt and makes three attempts in total", async () => {
		emulator.setScenario("throttled")
		const { lines, stderr, code } = await chat("--tier", "flex")
		const attempt = { type: "attempt-failed", code: "quota-throttled", sentTier: "flex", nextTier: "flex" }
		expect(lines).toMatchObject([attempt, attempt, { type: "error", code: "quota-throttled" }])
		expect(stderr.match(/Trying again in \d+\.\d s\./g)).toHaveLength(2)
		expect(emulator.requests).toHaveLength(3)
		expect(code).toBe(1)
	}, 30_000)

	it("falls back to Standard when the tier cannot serve and --when-tier-cannot-serve is standard", async () => {
		emulator.setScenario("flex-capacity-refused")
		const { lines, stderr, code } = await chat("--tier", "flex", "--when-tier-cannot-serve", "standard")
		expect(lines[0]).toMatchObject({ type: "attempt-failed", code: "capacity-refused", nextTier: "default" })
		expect(lines.at(-1)).toMatchObject({
			requestedTier: "flex",
			notSentReason: "capacity-refused",
			billedTier: "default",
			totalUsd: expect.closeTo(0.00021, 12) as number,
		})
		expect(stderr).toContain("Trying again on Standard.")
		expect([code, emulator.requests.length]).toEqual([0, 2])
	})

	it("fails with bad-input after listing the account's profiles when only the global route reaches the model", async () => {
		const { lines, code } = await run(
			...["chat", "--model", "anthropic.claude-sonnet-4-6", "--region", "sa-east-1"],
			...["--endpoint", emulator.url, "--json", "Hello"],
		)
		expect(lines).toMatchObject([{ type: "error", code: "bad-input", message: expect.stringContaining("global") }])
		expect(code).toBe(1)
		expect(emulator.requests.map(({ operation }) => operation)).toEqual(["ListInferenceProfiles"])
	})
})

describe("Invalid arguments", () => {
	const cost = ["cost", ...GPT_OSS, "--input", "1", "--output", "1"]
	it.each([
		["an unknown tier", [...cost, "--tier", "standard"]],
		["an invalid number", [...cost.slice(0, -1), "1e3", "--tier", "flex"]],
		["a negative number", [...cost.slice(0, -1), "-5", "--tier", "flex"]],
		["an unknown route", [...cost, "--tier", "flex", "--route", "sideways"]],
		["an invalid region code", ["models", "--region", "virginia"]],
		["an invalid model id", ["chat", "--model", "gpt", "--region", "us-east-1", "Hello"]],
		[
			"an endpoint that is neither https nor loopback",
			["chat", ...GPT_OSS, "--endpoint", "http://example.com", "Hello"],
		],
		["an empty prompt", ["chat", ...GPT_OSS, " "]],
		["a missing required option", ["chat", "--model", "openai.gpt-oss-120b-1:0", "Hello"]],
		["an unknown command", ["sing"]],
		["an unknown scenario", ["emulator", "--scenario", "sunshine"]],
	])("with %s give one line on stderr and exit code 2", async (_, args) => {
		const { code, stdout, stderr } = await run(...args)
		expect(code).toBe(2)
		expect(stdout).toBe("")
		expect(stderr.trim().split("\n")).toHaveLength(1)
	})

	it("with an unknown scenario list the known scenarios", async () => {
		expect((await run("emulator", "--scenario", "sunshine")).stderr).toContain("flex-served-as-default")
	})
})

describe("--help", () => {
	it.each([[[]], [["models"]], [["cost"]], [["chat"]], [["emulator"]]])(
		"prints the usage of the command %j",
		async (command) => {
			const { code, stdout } = await run(...command, "--help")
			expect(code).toBe(0)
			expect(stdout).toContain("Usage: bedrock-tiers")
		},
	)
})

describe("`--model`", () => {
	const PROFILE = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/novapro90001"

	it("overrides --region with the region of an ARN and prints a note on stderr", async () => {
		const arn = "arn:aws:bedrock:us-east-1::foundation-model/openai.gpt-oss-120b-1:0"
		const args = ["--model", arn, "--region", "eu-west-1", "--endpoint", emulator.url, "--json"]
		const { code, stderr } = await run("chat", ...args, "Hello")
		expect(code).toBe(0)
		expect(stderr).toContain("The ARN lies in us-east-1, so us-east-1 is called, not eu-west-1.")
		expect(emulator.requests[0]?.headers.authorization).toContain("/us-east-1/bedrock/")
	})

	it("is refused with an error message and exit code 2, without a request, for an invalid ARN", async () => {
		const args = ["--model", "arn:aws:s3:::bucket/key", "--region", "us-east-1", "--endpoint", emulator.url]
		const { code, stderr } = await run("chat", ...args, "Hello")
		expect(code).toBe(2)
		expect(stderr).toContain('The ARN is one of "s3", not of bedrock.')
		expect(emulator.requests).toEqual([])
	})

	it("with --stands-for prices an application profile that cannot be looked up in `chat`", async () => {
		emulator.setScenario("profiles-denied")
		const args = ["--model", PROFILE, "--region", "us-east-1", "--tier", "flex", "--endpoint", emulator.url]
		const unknown = await run("chat", ...args, "--json", "Hello")
		expect(unknown.lines.at(-1)).toMatchObject({ totalUsd: null, unpricedReason: "model-unknown" })
		const named = await run("chat", ...args, "--stands-for", "amazon.nova-pro-v1:0", "Hello")
		// 1000 × 0.40 + 100 × 1.60 USD per million.
		expect(named.stdout).toContain("$0.00056")
		expect(named.stderr).toContain("Priced as amazon.nova-pro-v1:0, by your word.")
	})

	it("with --stands-for prices an application profile in `cost`", async () => {
		const args = [
			"--model",
			PROFILE,
			"--region",
			"us-east-1",
			"--tier",
			"flex",
			"--input",
			"1000",
			"--output",
			"100",
		]
		const { lines } = await run("cost", ...args, "--stands-for", "amazon.nova-pro-v1:0", "--json")
		expect(lines).toMatchObject([{ modelId: "amazon.nova-pro-v1:0", totalUsd: expect.closeTo(0.00056, 12) }])
	})
})
