import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { appendRecord } from "../../../../src/cli/verify-record"
import { CANARY, findCanaries } from "./testing/canaries"
import { setUpExtensionHosts, startExtension } from "./testing/extension-host"
import { userChoices, vscodeCalls } from "./testing/fake-vscode"
import { report } from "./testing/report"

setUpExtensionHosts()

it("The query of an endpoint is in no error, log line, export or record", async (context) => {
	report(context, {
		area: "secrets",
		tried: "an endpoint with a key in its query, and a server that quotes the URL it got; chat, settings and a verify record exported",
		holds: "the key is in none of them, because the AWS SDK does not send the query; settings exported with keys contain it",
	})
	const urls: string[] = []
	const server = createServer(({ url = "" }, response) => {
		urls.push(url)
		const message = `No such path: ${url} (${decodeURIComponent(url)})`
		response.writeHead(400, { "content-type": "application/json", "x-amzn-errortype": "ValidationException" })
		response.end(JSON.stringify({ message }))
	})
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
	const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway?key=${encodeURIComponent(CANARY.rooSecret)}`
	const host = await startExtension()
	await host.save({ endpoint, http: "http1", credentials: { method: "api-key" } }, { apiKey: CANARY.apiKey })
	await host.do({ type: "send", text: "Hello" })
	await host.do({ type: "list-history" })
	const chatId = host.posted("history").at(-1)?.chats[0]?.id ?? ""
	for (const format of ["markdown", "json"] as const) await host.do({ type: "export-chat", chatId, format })
	await host.do({ type: "export-profiles", profileIds: ["default"], withSecrets: false })
	const record = join(host.folder, "saved", "record.json")
	await appendRecord(record, {
		date: "2026-11-22T10:00:00.000Z",
		modelId: "m",
		calledModelId: "m",
		region: "us-east-1",
		endpoint,
		sdkVersion: "3",
		asExpected: true,
		rows: [],
	})
	expect(urls.length).toBeGreaterThan(0)
	expect(decodeURIComponent(urls.join())).not.toContain(CANARY.rooSecret)
	expect(host.posted("message").at(-1)?.message).toMatchObject({ error: { code: "bad-input" } })
	const shared = [
		...userChoices.savedFiles.map((path) => readFileSync(path, "utf8")),
		readFileSync(record, "utf8"),
		JSON.stringify(host.posted("message")),
		...vscodeCalls.filter(({ where }) => where !== "page").map(({ what }) => JSON.stringify(what)),
	]
	expect(shared.flatMap(findCanaries)).toEqual([])
	expect(host.posted("exported").at(-1)?.report.profiles[0]?.notes).toContainEqual({
		code: "roo.endpoint-query-not-exported",
		params: {},
	})
	await host.do({ type: "export-profiles", profileIds: ["default"], withSecrets: true })
	expect(findCanaries(readFileSync(userChoices.savedFiles.at(-1) ?? "", "utf8"))).toEqual(["apiKey", "rooSecret"])
	server.close()
})
