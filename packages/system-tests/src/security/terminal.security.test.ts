import { readFileSync } from "node:fs"
import { join } from "node:path"
import { SCENARIOS, startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { CANARY, canariesIn, type CanaryName } from "./testing/canaries"
import { extensionHosts, planted } from "./testing/extension-host"
import { QUOTED_IN, quotingServer } from "./testing/quoting-servers"
import { report } from "./testing/report"
import { openTerminal, type Terminal } from "./testing/terminal"
import { WAYS_TO_SIGN, type WayToSign } from "./testing/ways-to-sign"

/** A secret comes out nowhere at the terminal either: the built command in processes of its own, over sockets of this machine. */

extensionHosts()
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

const WAITED_FOR = ["stall", "throttled", "throttled-once", "exception-first"]
const QUICK = SCENARIOS.map(({ name }) => name).filter((name) => !WAITED_FOR.includes(name))
const MODEL = ["--model", "openai.gpt-oss-120b-1:0", "--region", "us-east-1"]
const TOKENS = ["--tier", "flex", "--input", "1000", "--output", "100"]
const CHECKOUT = join(import.meta.dirname, "../../../..")

/** Those that the command takes: it has no secret store, so each comes from the environment or from shared files. */
const WAYS = WAYS_TO_SIGN.filter(({ credentials: { method } }) => method === "profile" || method === "default-chain")

const FROM_OUTSIDE = ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "BEARER_TOKEN_BEDROCK", "PROFILE"]

/** In place of what was planted before. */
function plant(way: WayToSign): void {
	for (const name of FROM_OUTSIDE) vi.stubEnv(`AWS_${name}`, undefined)
	planted("credentials", "")
	way.plant()
	if (way.credentials.method === "profile") vi.stubEnv("AWS_PROFILE", way.credentials.profile)
}

const chat = (endpoint: string, ...more: string[]) => ["chat", ...MODEL, "--endpoint", endpoint, ...more, "Hi"]
const sent = () => canariesIn(JSON.stringify(emulator.requests.map(({ headers }) => headers)))
/** By turns, so that each is met with each. */
const TURNS = [
	["--tier", "flex"],
	["--tier", "flex", "--json"],
	["--tier", "priority", "--no-stream"],
	["--tier", "flex", "--api", "invoke-model", "--json"],
	["--api", "invoke-model", "--no-stream", "--http", "http1"],
] as const

describe.each(WAYS)("Signed by $name", (way) => {
	it("every command, once", async (context) => {
		report(context, {
			area: "secrets",
			tried: `in the terminal, ${way.name}: chat in five ways, verify with a record, cost, models, prices, patch and emulator`,
			holds: "signed with it; nowhere in what is written to the terminal, and in no file",
		})
		plant(way)
		for (const turn of TURNS) expect((await terminal.run(chat(emulator.url, ...turn))).code).toBe(0)
		const verify = ["verify", ...MODEL, "--endpoint", emulator.url, "--yes", "--record", "record.json"]
		expect((await terminal.run(verify)).code).toBe(0)
		expect((await terminal.run([...verify, "--json"])).code).toBe(0)
		expect(readFileSync(join(terminal.folder, "record.json"), "utf8")).toContain(emulator.url)
		expect(sent()).toEqual(expect.arrayContaining([...way.sends]))
		for (const args of [
			["cost", ...MODEL, ...TOKENS],
			["models", "--region", "us-east-1"],
			["prices", "explain", "openai.gpt-oss-120b-1:0", "us-east-1", "flex"],
		])
			expect((await terminal.run(args)).code).toBe(0)
		expect((await terminal.run(["prices", "update", "--region", "us-east-1", "--from", emulator.url])).code).toBe(1)
		expect((await terminal.run(["patch", CHECKOUT, "--check"])).code).toBe(3)
		const served = await terminal.start(["emulator"])
		const [url = ""] = /http:\S+/.exec(served.line) ?? []
		expect((await terminal.run(chat(url))).code).toBe(0)
		await served.end()
		expect(terminal.found()).toEqual([])
	})
})

it("every failure of the emulator's", async (context) => {
	report(context, {
		area: "secrets",
		tried: `in the terminal: a chat under each of the emulator's ${QUICK.length} quick scenarios, each way to sign in turn, and verify under all kinds of them`,
		holds: "a sentence and an exit code; nowhere in what is written to the terminal, and in no file",
	})
	const codes = new Set<number | null>()
	const used = new Set<CanaryName>()
	for (const [index, scenario] of QUICK.entries()) {
		plant(WAYS[index % WAYS.length] as WayToSign)
		emulator.setScenario(scenario)
		const { code, stdout, stderr } = await terminal.run(chat(emulator.url, ...(TURNS[index % TURNS.length] ?? [])))
		codes.add(code)
		expect([scenario, stdout + stderr]).toEqual([scenario, expect.stringMatching(/\S/)])
		for (const canary of sent()) used.add(canary)
	}
	expect([...codes].sort()).toEqual([0, 1])
	expect(used).toEqual(new Set(WAYS.flatMap(({ sends }) => sends)))
	for (const scenario of ["tier-refused", "access-denied", "credentials-expired", "cut-mid-frame"] as const) {
		emulator.setScenario(scenario)
		await terminal.run(["verify", ...MODEL, "--endpoint", emulator.url, "--yes", "--record", `${scenario}.json`])
		expect(readFileSync(join(terminal.folder, `${scenario}.json`), "utf8")).toContain("rows")
	}
	expect(terminal.found()).toEqual([])
})

it("a server that quotes the request", async (context) => {
	report(context, {
		area: "secrets",
		tried: `in the terminal: a server that quotes all of the request in its answer, in ${QUOTED_IN.length} places, to each way to sign, by HTTP/2 and HTTP/1.1 in turn; chat and verify`,
		holds: "what it quotes is written without the key, the key's id, the token and the signature, in the record, too",
	})
	for (const [number, place] of QUOTED_IN.entries())
		for (const [turn, way] of WAYS.entries()) {
			plant(way)
			const http = (number + turn) % 2 === 0 ? "http2" : "http1"
			const seen: CanaryName[] = []
			const endpoint = await quotingServer(http, place, (headers) =>
				seen.push(...canariesIn(JSON.stringify(headers))),
			)
			const { code, stdout, stderr } =
				turn === number % WAYS.length
					? await terminal.run([
							...["verify", ...MODEL, "--endpoint", endpoint, "--http", http],
							...["--yes", "--record", "record.json"],
						])
					: await terminal.run(chat(endpoint, "--http", http, ...(turn % 2 === 0 ? ["--json"] : [])))
			expect([place, code, stdout + stderr]).toEqual([place, 1, expect.stringMatching(/\S/)])
			expect([place, ...seen]).toEqual(expect.arrayContaining([place, ...way.sends]))
		}
	expect(terminal.found()).toEqual([])
})

it("wrong arguments, and addresses with a password", async (context) => {
	report(context, {
		area: "secrets",
		tried: "in the terminal: keys and passwords in each argument that is none, of each command; endpoints and proxies with a password, in arguments and in the environment",
		holds: "exit 2 and a sentence that names the argument, without what was typed; those of the environment are nowhere either",
	})
	const key = CANARY.environmentApiKey
	const endpoint = `https://person:${CANARY.endpointPassword}@bedrock.example`
	const wrong = [
		["chat", ...MODEL, "--endpoint", endpoint, "Hi"],
		["chat", ...MODEL, `--endpoint=${endpoint}`, "Hi"],
		["chat", ...MODEL, "--endpoint", `http://person:${CANARY.endpointPassword}@127.0.0.1:9`, "Hi"],
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
	for (const args of wrong) {
		const { code, stderr } = await terminal.run(args)
		expect([args.slice(0, 2), code, stderr]).toEqual([args.slice(0, 2), 2, expect.stringMatching(/^error: /)])
	}
	expect(terminal.found()).toEqual([])

	vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", key)
	const address = emulator.url.replace("//", `//person:${CANARY.endpointPassword}@`)
	for (const name of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "HTTPS_PROXY", "HTTP_PROXY"])
		for (const value of [address, `http://person:${CANARY.endpointPassword}@127.0.0.1:9`, CANARY.endpointPassword])
			await terminal.run(chat(emulator.url, "--json"), { [name]: value })
	// Nowhere else: with none in the arguments, those of the environment are asked, for both of AWS's services.
	emulator.requests.length = 0
	for (const value of [address, `http://person:${CANARY.endpointPassword}@127.0.0.1:9`, CANARY.endpointPassword])
		await terminal.run(["chat", ...MODEL, "Hi"], { AWS_ENDPOINT_URL: value })
	expect(sent()).toContain("environmentApiKey")
	expect(terminal.found()).toEqual([])
})

it("keys in files that cannot be read", async (context) => {
	report(context, {
		area: "secrets",
		tried: "in the terminal: shared AWS files that are damaged around their keys, a program for keys that writes them in no known form or fails with them",
		holds: "a sentence and exit 1; nowhere in what is written to the terminal",
	})
	const { fileKeyId, fileSecret, fileToken } = CANARY
	const json = (version: number) =>
		JSON.stringify({ Version: version, AccessKeyId: fileKeyId, SecretAccessKey: fileSecret })
	const program = (version: number, end = "") =>
		`[default]\ncredential_process = node -e "console.log(process.argv[1]);${end}" '${json(version)}'\n`
	const damaged: readonly (readonly [credentials: string, config: string])[] = [
		[`[default\naws_access_key_id ${fileKeyId}\naws_secret_access_key ${fileSecret}\n`, ""],
		[`${fileSecret}\n${fileToken}`, `${fileSecret}`],
		[`[default]\naws_access_key_id = ${fileKeyId}\n`, ""],
		[`[default]\naws_secret_access_key = ${fileSecret}\naws_session_token = ${fileToken}\n`, ""],
		[JSON.stringify({ fileKeyId, fileSecret, fileToken }), ""],
		["", program(2)],
		["", program(1, "console.error(process.argv[1]);process.exit(1)")],
		["", `[default]\ncredential_process = /nonexistent/${fileSecret}\n`],
		["", `[default]\nsso_session = ${fileSecret}\nsso_account_id = 1\nsso_role_name = ${fileToken}\n`],
	]
	const codes: (number | null)[] = []
	for (const [index, [credentials, config]] of damaged.entries()) {
		planted("credentials", credentials)
		planted("config", config)
		const { code, stdout, stderr } = await terminal.run(chat(emulator.url, ...(index % 2 === 0 ? ["--json"] : [])))
		codes.push(code)
		expect([index, stdout + stderr]).toEqual([index, expect.stringMatching(/\S/)])
	}
	expect(codes).toEqual(codes.map(() => 1))
	expect(sent()).toEqual([])
	// Such a program is asked: in AWS's form, it is signed with what it writes.
	planted("credentials", "")
	planted("config", program(1))
	expect((await terminal.run(chat(emulator.url))).code).toBe(0)
	expect(sent()).toEqual(["fileKeyId"])
	expect(terminal.found()).toEqual([])
})

it("the look at the terminal would find them", async (context) => {
	report(context, {
		area: "secrets",
		tried: "in the terminal: a program in the command's place that writes keys to the terminal and into files",
		holds: "found in each place: the look is no blind one",
	})
	vi.stubEnv("AWS_SECRET_ACCESS_KEY", CANARY.environmentSecret)
	const program = planted(
		"program.cjs",
		`const { AWS_SECRET_ACCESS_KEY: key, HOME } = process.env
		console.log(key.slice(0, 12))
		console.error(Buffer.from("x" + key).toString("base64"))
		require("fs").writeFileSync("a.json", key)
		require("fs").writeFileSync(HOME + "/b", encodeURIComponent(key))`,
	)
	const other = openTerminal(program)
	await other.run(["chat"])
	expect(other.found().map(({ where, canary }) => [where, canary])).toEqual(
		["chat: stdout", "chat: stderr", "/a.json", "/home/b"].map((where) => [where, "environmentSecret"]),
	)
	other.close()
})
