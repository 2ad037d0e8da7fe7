import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { HTTP_PROTOCOLS } from "@bedrock-tiers/protocol"
import { folderWith, toolsOver } from "@bedrock-tiers/test-kit/hosts/temporary-workspace"
import { encodeFrame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { SHORT_FRAMES } from "@bedrock-tiers/test-kit/samples/response-sample"
import { startServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { expect, it, type TestContext } from "vitest"
import { AwsBedrockHandler } from "../../../../src/api/providers/bedrock/index"
import { readTitle } from "../../../../src/app/chat/background"
import { withMediaType } from "../../../../src/api/providers/bedrock/conversation/image-type"
import { report } from "./testing/report"

/** Input of any size and shape takes a limited amount of memory and time. */

const MB = 1024 * 1024

function handlerFor(endpoint: string, http: (typeof HTTP_PROTOCOLS)[number]) {
	return new AwsBedrockHandler({
		region: "us-east-1",
		modelId: "openai.gpt-oss-120b-1:0",
		route: "auto",
		serviceTier: "default",
		api: "converse",
		credentials: { method: "api-key", apiKey: "key-0123456789" },
		endpoint,
		http,
		maxAttempts: 1,
		applicationId: "bounds-test",
	})
}

async function failureOf(run: () => Promise<unknown>): Promise<unknown> {
	return run().then(
		() => null,
		(error: unknown) => error,
	)
}

it.for(HTTP_PROTOCOLS)("An event that announces 1 GB over %s ends the answer at once", async (http, context) => {
	report(context as TestContext, {
		area: "network",
		tried: `a server that announces an event of 1 GB over ${http}`,
		holds: "stream-incomplete at once; the memory is not allocated",
	})
	const endpoint = await startServer(http, ({ response }) => {
		response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" })
		for (const frame of SHORT_FRAMES.slice(0, 2)) response.write(encodeFrame(frame))
		// The connection stays open: the SDK would allocate the memory and wait for the event.
		response.write(Buffer.from([0x40, 0, 0, 0]))
	})
	const handler = handlerFor(endpoint, http)
	const failure = await failureOf(async () => {
		for await (const chunk of handler.createMessage("", [{ role: "user", content: "Hi" }])) void chunk
	})
	handler.dispose()
	expect(failure).toMatchObject({
		code: "stream-incomplete",
		message: expect.stringContaining("It is not an event stream, or an event is larger than 24 MB."),
	})
})

it.for(HTTP_PROTOCOLS)("A response over %s is read up to a limit", async (http, context) => {
	report(context as TestContext, {
		area: "network",
		tried: `a whole response and an error response of 48 MB over ${http}`,
		holds: "a failure after 32 MB; the connection is closed",
	})
	const sent: number[] = []
	const start = '{"output":{"message":{"role":"assistant","content":[{"text":"Hi"}]}},"stopReason":"end_turn","pad":"'
	for (const status of [200, 400]) {
		let bytes = 0
		const endpoint = await startServer(http, ({ response }) => {
			response.writeHead(status, {
				"content-type": "application/json",
				"x-amzn-errortype": "ValidationException",
			})
			response.write(start)
			const chunk = "x".repeat(MB)
			const writeMore = () => {
				if (bytes >= 48 * MB) return response.end('"}')
				bytes += MB
				return response.write(chunk, writeMore)
			}
			writeMore()
		})
		const handler = handlerFor(endpoint, http)
		const failure = await failureOf(() => handler.completePrompt("Hi"))
		handler.dispose()
		expect(failure).toMatchObject({ code: status === 200 ? "stream-incomplete" : "unknown" })
		sent.push(bytes)
	}
	for (const bytes of sent) expect(bytes).toBeLessThan(48 * MB)
})

it("A folder chain and large folders do not hide the rest of a listing or a search", async (context) => {
	report(context, {
		area: "workspace",
		tried: "a chain of 14 folders with names of 250 characters, and a folder with 600 files, before other files",
		holds: "every entry next to them is listed and searched",
	})
	const folder = folderWith({ "z/found.txt": "needle", "last.txt": "" })
	mkdirSync(join(folder, ...Array.from({ length: 14 }, () => "a".repeat(250))), { recursive: true })
	mkdirSync(join(folder, "b/c"), { recursive: true })
	for (let at = 0; at < 600; at++) writeFileSync(join(folder, "b/c", `f${at}`), "needle")
	const run = toolsOver([{ name: "project", path: folder }], { answerCharacters: 5_000, walkedEntries: 300 })
	const { text } = await run("list_files", { recursive: true })
	const lines = text.split("\n")
	expect(lines).toEqual(expect.arrayContaining(["b/", "b/c/", "last.txt", "z/", "z/found.txt"]))
	expect((await run("search_text", { pattern: "needle" })).text).toContain("z/found.txt:1| needle")
})

it("Hostile .gitignore files do not stall a listing", async (context) => {
	report(context, {
		area: "workspace",
		tried: "rules of three `**` in a chain of 400 folders, which take a backtracking matcher minutes",
		holds: "the whole chain is visited within the time limit",
	})
	const folder = folderWith({ ".gitignore": "**/a*/**/a*/**/b\n**/?/**/?/**/[b-z]\n" })
	mkdirSync(join(folder, "a/".repeat(400)), { recursive: true })
	const { text } = await toolsOver([{ name: "project", path: folder }])("list_files", { recursive: true })
	expect(text).not.toContain("Ended early")
	const lines = text.split("\n")
	const shown = lines.filter((line) => line.endsWith("/")).length
	expect(lines).toContain(`… ${400 - shown} more. Name a path to list less.`)
})

it("Long runs of white space and punctuation are read in linear time", (context) => {
	report(context, {
		area: "messages",
		tried: "a title and an image of 4 million characters that a quadratic expression would read for hours",
		holds: "the title is shortened, the image is refused",
	})
	const run = 4_000_000
	expect(readTitle(`a${"*".repeat(run)}b`)).toHaveLength(60)
	const data = `AAAA${" ".repeat(run)}!`
	expect(() => withMediaType({ type: "image", source: { type: "base64", media_type: "image/png", data } })).toThrow(
		"base64",
	)
})
