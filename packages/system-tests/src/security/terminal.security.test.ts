import { readFileSync } from "node:fs"
import { join } from "node:path"
import { SCENARIOS, startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { RUNS_ALL_CASES, samplePart } from "@bedrock-tiers/test-kit/sampling"
import { CANARY, findCanaries, type CanaryName } from "./testing/canaries"
import { setUpExtensionHosts, plantFile } from "./testing/extension-host"
import { ECHO_LOCATIONS, startEchoServer } from "./testing/echo-servers"
import { report } from "./testing/report"
import { openTerminal, type Terminal } from "./testing/terminal"
import { SIGNING_METHODS, type SigningMethod } from "./testing/signing-methods"

/** Secrets never leak in the terminal: the built command in separate processes, over loopback sockets. */

setUpExtensionHosts()
let emulator: Emulator
let terminal: Terminal
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant" })
})
afterAll(() => emulator.close())
beforeEach(() => {
	terminal = openTerminal()
	emulator.requests.length = 0
	emulator.setScenario("served-as-asked")
})
afterEach(() => terminal.close())

const SLOW_SCENARIOS = ["stall", "throttled", "throttled-once", "exception-first"]
const QUICK_SCENARIOS = SCENARIOS.map(({ name }) => name).filter((name) => !SLOW_SCENARIOS.includes(name))
const MODEL = ["--model", "openai.gpt-oss-120b-1:0", "--region", "us-east-1"]
const TOKENS = ["--tier", "flex", "--input", "1000", "--output", "100"]
const CHECKOUT = join(import.meta.dirname, "../../../..")

/**
 * Methods that the command supports: without a secret store, credentials come from environment variables or shared AWS
 * files.
 */
const METHODS = SIGNING_METHODS.filter(
	({ credentials: { method } }) => method === "profile" || method === "default-chain",
)

const CREDENTIAL_VARIABLES = ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "BEARER_TOKEN_BEDROCK", "PROFILE"]

/** Replaces all previously planted credentials. */
function plantCredentials(method: SigningMethod): void {
	for (const name of CREDENTIAL_VARIABLES) vi.stubEnv(`AWS_${name}`, undefined)
	plantFile("credentials", "")
	method.plant()
	if (method.credentials.method === "profile") vi.stubEnv("AWS_PROFILE", method.credentials.profile)
}

const chatArgs = (endpoint: string, ...options: string[]) => [
	"chat",
	...MODEL,
	"--endpoint",
	endpoint,
	...options,
	"Hi",
]
const sentCanaries = () => findCanaries(JSON.stringify(emulator.requests.map(({ headers }) => headers)))
/** Option sets of `chat`, used in turn so that each one meets different scenarios. */
const OPTION_SETS = [
	["--tier", "flex"],
	["--tier", "flex", "--json"],
	["--tier", "priority", "--no-stream"],
	["--tier", "flex", "--api", "invoke-model", "--json"],
	["--api", "invoke-model", "--no-stream", "--http", "http1"],
] as const

describe.each(METHODS)("Terminal command that signs with $name", (method) => {
	const optionSets = samplePart(OPTION_SETS, 2, METHODS.indexOf(method))

	it("leaks no secret when a prompt is sent and when the tiers are verified", async (context) => {
		report(context, {
			area: "secrets",
			tried: `terminal, ${method.name}: chat with the option sets, verify with a record`,
			holds: "requests are signed; no secret in the output or in any file",
		})
		plantCredentials(method)
		for (const options of optionSets) expect((await terminal.run(chatArgs(emulator.url, ...options))).code).toBe(0)
		const verify = ["verify", ...MODEL, "--endpoint", emulator.url, "--yes", "--record", "record.json"]
		expect((await terminal.run(verify)).code).toBe(0)
		if (RUNS_ALL_CASES) expect((await terminal.run([...verify, "--json"])).code).toBe(0)
		expect(readFileSync(join(terminal.folder, "record.json"), "utf8")).toContain(emulator.url)
		expect(sentCanaries()).toEqual(expect.arrayContaining([...method.sends]))
		expect(terminal.findCanaries()).toEqual([])
	})
})

it("Terminal command leaks no secret in commands that do not use credentials", async (context) => {
	report(context, {
		area: "secrets",
		tried: "terminal: cost, models, prices, patch and emulator, with credentials in environment variables and shared AWS files",
		holds: "no secret in the output or in any file",
	})
	for (const method of METHODS) method.plant()
	for (const args of [
		["cost", ...MODEL, ...TOKENS],
		["models", "--region", "us-east-1"],
		["prices", "explain", "openai.gpt-oss-120b-1:0", "us-east-1", "flex"],
	])
		expect((await terminal.run(args)).code).toBe(0)
	expect((await terminal.run(["prices", "update", "--region", "us-east-1", "--from", emulator.url])).code).toBe(1)
	expect((await terminal.run(["patch", CHECKOUT, "--check"])).code).toBe(3)
	const started = await terminal.start(["emulator"])
	const [url = ""] = /http:\S+/.exec(started.line) ?? []
	expect((await terminal.run(chatArgs(url))).code).toBe(0)
	await started.end()
	expect(terminal.findCanaries()).toEqual([])
})

it("Terminal command leaks no secret in any failure of the emulator", async (context) => {
	report(context, {
		area: "secrets",
		tried: `terminal: chat in the emulator's quick scenarios, signing methods in turn, and verify in four failure scenarios`,
		holds: "a message and an exit code; no secret in the output or in any file",
	})
	const codes = new Set<number | null>()
	const used = new Set<CanaryName>()
	for (const [index, scenario] of samplePart(QUICK_SCENARIOS, 3, 0).entries()) {
		plantCredentials(METHODS[index % METHODS.length] as SigningMethod)
		emulator.setScenario(scenario)
		const { code, stdout, stderr } = await terminal.run(
			chatArgs(emulator.url, ...(OPTION_SETS[index % OPTION_SETS.length] ?? [])),
		)
		codes.add(code)
		expect([scenario, stdout + stderr]).toEqual([scenario, expect.stringMatching(/\S/)])
		for (const canary of sentCanaries()) used.add(canary)
	}
	expect([...codes].sort()).toEqual([0, 1])
	expect(used).toEqual(new Set(METHODS.flatMap(({ sends }) => sends)))
	for (const scenario of ["tier-refused", "access-denied", "credentials-expired", "cut-mid-frame"] as const) {
		emulator.setScenario(scenario)
		await terminal.run(["verify", ...MODEL, "--endpoint", emulator.url, "--yes", "--record", `${scenario}.json`])
		expect(readFileSync(join(terminal.folder, `${scenario}.json`), "utf8")).toContain("rows")
	}
	expect(terminal.findCanaries()).toEqual([])
})

it("Terminal command leaks no secret when a server echoes the request", async (context) => {
	report(context, {
		area: "secrets",
		tried: `terminal: a server that echoes the request's credentials in ${ECHO_LOCATIONS.length} parts of its response, with the signing methods, over HTTP/2 and HTTP/1.1 in turn; chat and verify`,
		holds: "the echoed text is written without the key, the key id, the token and the signature, also in the record",
	})
	for (const [number, location] of ECHO_LOCATIONS.entries())
		for (const method of samplePart(METHODS, 2, number)) {
			const index = METHODS.indexOf(method)
			plantCredentials(method)
			const http = (number + index) % 2 === 0 ? "http2" : "http1"
			const sent: CanaryName[] = []
			const endpoint = await startEchoServer(http, location, (headers) =>
				sent.push(...findCanaries(JSON.stringify(headers))),
			)
			const { code, stdout, stderr } =
				index === number % METHODS.length
					? await terminal.run([
							...["verify", ...MODEL, "--endpoint", endpoint, "--http", http],
							...["--yes", "--record", "record.json"],
						])
					: await terminal.run(chatArgs(endpoint, "--http", http, ...(index % 2 === 0 ? ["--json"] : [])))
			expect([location, code, stdout + stderr]).toEqual([location, 1, expect.stringMatching(/\S/)])
			expect([location, ...sent]).toEqual(expect.arrayContaining([location, ...method.sends]))
		}
	expect(terminal.findCanaries()).toEqual([])
})

it("Terminal command repeats no secret from invalid arguments or from URLs with a password", async (context) => {
	report(context, {
		area: "secrets",
		tried: "terminal: keys and passwords in invalid arguments of every command; endpoints and proxies with a password, in arguments and environment variables",
		holds: "exit code 2 and a message that names the argument without its value; no secret from environment variables in the output",
	})
	const key = CANARY.environmentApiKey
	const endpoint = `https://user:${CANARY.endpointPassword}@bedrock.example`
	const invalidArguments = [
		["chat", ...MODEL, "--endpoint", endpoint, "Hi"],
		["chat", ...MODEL, `--endpoint=${endpoint}`, "Hi"],
		["chat", ...MODEL, "--endpoint", `http://user:${CANARY.endpointPassword}@127.0.0.1:9`, "Hi"],
		["verify", ...MODEL, "--endpoint", endpoint],
		["prices", "update", "--from", endpoint],
		["chat", "--model", key, "--region", "us-east-1", "Hi"],
		["chat", `--api-key=${key}`, ...MODEL, "Hi"],
		["chat", `--${key}`, ...MODEL, "Hi"],
		["chat", `-k${key}`, ...MODEL, "Hi"],
		["chat", ...MODEL, "Hi", key],
		...["--region", "--tier", "--route", "--api", "--http", "--stands-for", "--max-tokens", "--temperature"].map(
			(name) => ["chat", name, key, "Hi"],
		),
		...["--reasoning", "--cache", "--when-tier-cannot-serve"].map((name) => ["chat", name, key, "Hi"]),
		["verify", ...MODEL, "--tiers", `flex,${key}`],
		...["--input", "--cache-read", "--discount"].map((name) => ["cost", ...MODEL, name, key]),
		["models", key],
		["prices", key],
		["prices", "explain", key, "us-east-1", "flex"],
		["prices", "explain", "openai.gpt-oss-120b-1:0", key, "flex"],
		["patch", key],
		["emulator", "--port", key],
		["emulator", "--scenario", key],
		[key],
		[`"${key}"`],
		[`--${key}`],
	]
	for (const args of invalidArguments) {
		const { code, stderr } = await terminal.run(args)
		expect([args.slice(0, 2), code, stderr]).toEqual([args.slice(0, 2), 2, expect.stringMatching(/^error: /)])
	}
	expect(terminal.findCanaries()).toEqual([])

	vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", key)
	const address = emulator.url.replace("//", `//user:${CANARY.endpointPassword}@`)
	for (const name of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "HTTPS_PROXY", "HTTP_PROXY"])
		for (const value of [address, `http://user:${CANARY.endpointPassword}@127.0.0.1:9`, CANARY.endpointPassword])
			await terminal.run(chatArgs(emulator.url, "--json"), { [name]: value })
	// Only without --endpoint does the command use AWS_ENDPOINT_URL, which applies to both AWS services.
	emulator.requests.length = 0
	for (const value of [address, `http://user:${CANARY.endpointPassword}@127.0.0.1:9`, CANARY.endpointPassword])
		await terminal.run(["chat", ...MODEL, "Hi"], { AWS_ENDPOINT_URL: value })
	expect(sentCanaries()).toContain("environmentApiKey")
	expect(terminal.findCanaries()).toEqual([])
})

it("Terminal command repeats no key from unreadable AWS files or credential processes", async (context) => {
	report(context, {
		area: "secrets",
		tried: "terminal: damaged shared AWS files that contain keys, and a credential process that writes keys in an unknown format or in its error output",
		holds: "a message and exit code 1; no secret in the output",
	})
	const { fileKeyId, fileSecret, fileToken } = CANARY
	const json = (version: number) =>
		JSON.stringify({ Version: version, AccessKeyId: fileKeyId, SecretAccessKey: fileSecret })
	const credentialProcess = (version: number, code = "") =>
		`[default]\ncredential_process = node -e "console.log(process.argv[1]);${code}" '${json(version)}'\n`
	const damaged: readonly (readonly [credentials: string, config: string])[] = [
		[`[default\naws_access_key_id ${fileKeyId}\naws_secret_access_key ${fileSecret}\n`, ""],
		[`${fileSecret}\n${fileToken}`, `${fileSecret}`],
		[`[default]\naws_access_key_id = ${fileKeyId}\n`, ""],
		[`[default]\naws_secret_access_key = ${fileSecret}\naws_session_token = ${fileToken}\n`, ""],
		[JSON.stringify({ fileKeyId, fileSecret, fileToken }), ""],
		["", credentialProcess(2)],
		["", credentialProcess(1, "console.error(process.argv[1]);process.exit(1)")],
		["", `[default]\ncredential_process = /nonexistent/${fileSecret}\n`],
		["", `[default]\nsso_session = ${fileSecret}\nsso_account_id = 1\nsso_role_name = ${fileToken}\n`],
	]
	const codes: (number | null)[] = []
	for (const [index, [credentials, config]] of damaged.entries()) {
		plantFile("credentials", credentials)
		plantFile("config", config)
		const { code, stdout, stderr } = await terminal.run(
			chatArgs(emulator.url, ...(index % 2 === 0 ? ["--json"] : [])),
		)
		codes.push(code)
		expect([index, stdout + stderr]).toEqual([index, expect.stringMatching(/\S/)])
	}
	expect(codes).toEqual(codes.map(() => 1))
	expect(sentCanaries()).toEqual([])
	// The credential process does run: with AWS's output format, its keys sign the request.
	plantFile("credentials", "")
	plantFile("config", credentialProcess(1))
	expect((await terminal.run(chatArgs(emulator.url))).code).toBe(0)
	expect(sentCanaries()).toEqual(["fileKeyId"])
	expect(terminal.findCanaries()).toEqual([])
})

it("The search finds a canary in terminal output and in every file", async (context) => {
	report(context, {
		area: "secrets",
		tried: "terminal: a program in place of the command that writes keys to its output and to files",
		holds: "found in each place, so the search works",
	})
	vi.stubEnv("AWS_SECRET_ACCESS_KEY", CANARY.environmentSecret)
	const program = plantFile(
		"program.cjs",
		`const { AWS_SECRET_ACCESS_KEY: key, HOME } = process.env
		console.log(key.slice(0, 12))
		console.error(Buffer.from("x" + key).toString("base64"))
		require("fs").writeFileSync("a.json", key)
		require("fs").writeFileSync(HOME + "/b", encodeURIComponent(key))`,
	)
	const other = openTerminal(program)
	await other.run(["chat"])
	expect(other.findCanaries().map(({ where, canary }) => [where, canary])).toEqual(
		["chat: stdout", "chat: stderr", "/a.json", "/home/b"].map((where) => [where, "environmentSecret"]),
	)
	other.close()
})
