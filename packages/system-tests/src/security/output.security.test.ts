import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { encodeFrame, type Frame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { SHORT_FRAMES } from "@bedrock-tiers/test-kit/samples/response-sample"
import { priceListText } from "@bedrock-tiers/test-kit/samples/price-list-text"
import { startServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { fileKey, servePriceLists } from "@bedrock-tiers/test-kit/servers/price-list-server"
import { afterEach, beforeEach, expect, it } from "vitest"
import { setUpExtensionHosts, startExtension } from "./testing/extension-host"
import { userChoices, vscodeCalls } from "./testing/fake-vscode"
import { report } from "./testing/report"
import { openTerminal, type Terminal } from "./testing/terminal"

/** Text from outside cannot control the terminal, the output channel or a notification. */

setUpExtensionHosts()
let terminal: Terminal
beforeEach(() => void (terminal = openTerminal()))
afterEach(() => terminal.close())

/** Clipboard, title, link, cleared screen, C1 sequences, overwritten text, bidirectional controls, a forged line. */
const HOSTILE =
	"\u001b]52;c;aGVsbG8=\u0007\u001b]0;title\u001b\\\u001b]8;;https://a.example\u001b\\link\u001b]8;;\u001b\\" +
	"\u001b[2J\u001b[1;1H\u009b31m\u009d0;x\u009c\u0090q\u009c\r\b\u007f\u202egnp.exe\u2066\u200f\nAll of it was as expected."
/** Every control character except line feed and tab, and every bidirectional control. */
const CONTROL = /[^\P{Cc}\n\t]|\p{Bidi_Control}/u

const MODEL = ["--model", "openai.gpt-oss-120b-1:0", "--region", "us-east-1"]
const ENV = { AWS_BEARER_TOKEN_BEDROCK: "key" }
const SERVED_TIER = { type: `turbo${HOSTILE}` }

async function run(args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
	const { stdout, stderr } = await terminal.run(args, ENV)
	const [out, errors] = [stdout, stderr].map((bytes) => Buffer.from(bytes, "latin1").toString("utf8"))
	return { stdout: out ?? "", stderr: errors ?? "" }
}

/** A stream in which each delta is one character, so that every escape sequence is cut. */
function hostileFrames(): Buffer {
	const served = { ...METADATA, payload: { ...METADATA.payload, serviceTier: SERVED_TIER } }
	return Buffer.concat([START, ...[...HOSTILE].map(textDelta), STOP, served].map((frame) => encodeFrame(frame)))
}

const [START, DELTA, STOP, METADATA] = SHORT_FRAMES as [Frame, Frame, Frame, Frame]
const textDelta = (text: string): Frame => ({ ...DELTA, payload: { ...DELTA.payload, delta: { text } } })

const HOSTILE_JSON = JSON.stringify({
	output: { message: { role: "assistant", content: [{ text: HOSTILE }] } },
	stopReason: "end_turn",
	usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
	serviceTier: SERVED_TIER,
	metrics: { latencyMs: 10 },
})

/** Serves hostile answers to Converse and ConverseStream. */
const startHostileServer = () =>
	startServer("http2", ({ request, response }) => {
		const isStream = request.url.endsWith("-stream")
		const contentType = isStream ? "application/vnd.amazon.eventstream" : "application/json"
		response.writeHead(200, { "content-type": contentType })
		response.end(isStream ? hostileFrames() : HOSTILE_JSON)
	})

/** Ends a stream without its last frames, in the first word after an escape sequence. */
const startBrokenStream = () =>
	startServer("http2", ({ response }) => {
		response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" })
		response.end(Buffer.concat([START, textDelta("\u001b[31mgnp.exe")].map((frame) => encodeFrame(frame))))
	})

const startHostileErrors = () =>
	startServer("http2", ({ response }) => {
		response.writeHead(400, { "content-type": "application/json", "x-amzn-errortype": "ValidationException" })
		response.end(JSON.stringify({ message: HOSTILE }))
	})

it("Terminal commands write no control character of an answer, a tier word or an error of AWS", async (context) => {
	report(context, {
		area: "output",
		tried: "terminal: OSC 52, titles, links, CSI, C1, CR and bidirectional controls in answers (cut between deltas), served tiers and AWS's errors; chat and verify",
		holds: "escape sequences are removed, other controls are shown as code points; a tier word or an error adds no line",
	})
	const answers = ["--endpoint", await startHostileServer()]
	const errors = ["--endpoint", await startHostileErrors()]
	const runs = await Promise.all([
		run(["chat", ...MODEL, ...answers, "Hi"]),
		run(["chat", ...MODEL, ...answers, "--no-stream", "Hi"]),
		run(["chat", ...MODEL, "--endpoint", await startBrokenStream(), "Hi"]),
		run(["chat", ...MODEL, ...errors, "Hi"]),
		run(["verify", ...MODEL, ...answers, "--api", "converse", "--yes"]),
		run(["verify", ...MODEL, ...errors, "--yes", "--record", "record.json"]),
	])
	for (const { stdout, stderr } of runs) {
		expect(stdout + stderr).toMatch(/gnp\.exe/)
		expect(stdout + stderr).not.toMatch(CONTROL)
	}
	const [chat, , , , ...verified] = runs
	expect(chat?.stdout).toContain("<U+202E>gnp.exe<U+2066>")
	for (const { stdout } of verified) expect(stdout).not.toMatch(/^All of it/m)
	expect(readFileSync(join(terminal.folder, "record.json"), "utf8")).not.toMatch(CONTROL)
})

it("Terminal commands with --json escape control characters and lose none", async (context) => {
	report(context, {
		area: "output",
		tried: "terminal: the same texts with --json",
		holds: "the output has no control character and parses to the text that was received",
	})
	const answers = ["--endpoint", await startHostileServer(), "--json"]
	const chat = await run(["chat", ...MODEL, ...answers, "Hi"])
	const verify = await run(["verify", ...MODEL, ...answers, "--api", "converse", "--yes"])
	const failed = await run(["chat", ...MODEL, "--endpoint", await startHostileErrors(), "--json", "Hi"])
	for (const { stdout, stderr } of [chat, verify, failed]) expect(stdout + stderr).not.toMatch(CONTROL)
	const parse = ({ stdout }: { stdout: string }) =>
		stdout
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line) as { type: string; text: string; servedTier: string; message: string })
	const chunks = parse(chat)
	expect(chunks.flatMap(({ type, text }) => (type === "text" ? text : [])).join("")).toBe(HOSTILE)
	expect(chunks.at(-1)?.servedTier).toBe(SERVED_TIER.type)
	expect(parse(verify).some(({ servedTier }) => servedTier === SERVED_TIER.type)).toBe(true)
	expect(parse(failed).at(-1)?.message).toContain("\u001b]52;c;aGVsbG8=\u0007")
})

it("Terminal commands write no control character of a price list, a file name or an argument", async (context) => {
	report(context, {
		area: "output",
		tried: "terminal: the same texts in a usage type of a price list, in a file name, in arguments",
		holds: "no control character is written; a usage type adds no line",
	})
	const prices = await servePriceLists()
	const products = [
		{ usageType: "USE1-gpt-oss-120b-input-tokens", usd: "0.0001500000" },
		{ usageType: "USE1-gpt-oss-120b-output-tokens", usd: "0.0006000000" },
		{ usageType: `USE1-gpt-oss-120b-input-tokens-thinking${HOSTILE}`, usd: "0.0001" },
	]
	prices.files.set(fileKey("AmazonBedrock", "us-east-1"), priceListText({ offer: "AmazonBedrock", products }))
	const update = ["prices", "update", "--region", "us-east-1", "--from", prices.url]
	const file = HOSTILE.replaceAll("/", "")
	writeFileSync(join(terminal.folder, file), "")
	const runs = await Promise.all([
		run(update),
		run([...update, "--json"]),
		run(["verify", ...MODEL, "--record", file]),
		run([`--${HOSTILE}`]),
		run(["chat", "--model", HOSTILE, "Hi"]),
	])
	await prices.close()
	for (const { stdout, stderr } of runs) {
		expect(stdout + stderr).toMatch(/gnp.exe|^error: /)
		expect(stdout + stderr).not.toMatch(CONTROL)
	}
	expect(runs[0].stdout).toContain("thinking")
	expect(runs[0].stdout).not.toMatch(/^All of it/m)
})

it("Output channel, status bar and notifications of VS Code show no control character and no link", async (context) => {
	report(context, {
		area: "output",
		tried: "extension: the same texts as served tier and as a folder name, which also contains a link to a VS Code command",
		holds: "no control character in the output channel, the status bar or a notification; no link in a notification",
	})
	const host = await startExtension()
	const endpoint = await startHostileServer()
	await host.save({ endpoint, credentials: { method: "api-key" }, chatTitles: "first-words" }, { apiKey: "key" })
	await host.do({ type: "send", text: "Hi" })
	await host.do({ type: "new-chat" })
	userChoices.saveFolder = join(host.folder, `[Free](command:workbench.action.quit)${HOSTILE.replaceAll("/", "")}`)
	mkdirSync(userChoices.saveFolder)
	await host.do({ type: "export-usage", format: "csv" })
	const shown = vscodeCalls.filter(({ where }) => /^(output channel|status bar|notice|warning|error)/.test(where))
	const texts = shown.map(({ where, what }) => `${where}: ${[what].flat().join("\n")}`)
	expect(texts.join("\n")).toMatch(/^output channel.* served=turbo/m)
	expect(texts.join("\n")).toMatch(/^notice: Saved as .*Free/m)
	expect(texts.filter((text) => CONTROL.test(text))).toEqual([])
	expect(texts.filter((text) => text.includes("](command:"))).toEqual([])
})
