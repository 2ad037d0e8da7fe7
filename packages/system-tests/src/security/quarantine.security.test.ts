import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { clearFolder, openFileHost, writeTestFile } from "./testing/file-host"
import { CHAT, CHAT_ID, SETTINGS, WINDOW } from "./testing/valid-files"
import { report } from "./testing/report"

/** Quarantined copies of a damaged file remain when the file is damaged again. */

let folder: string
beforeEach(() => (folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "bedrock-tiers-again-"))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const DAMAGED_FILES: readonly (readonly [path: string, damagedTexts: readonly string[]])[] = [
	["settings.json", ["{", "[]", '{"settings":']],
	["window.json", ["", "null", "7"]],
	["refusals.json", ["{", "[1]", JSON.stringify({ version: 1, refusals: [7] })]],
	["prices/us-east-1.json", ["{", "[1]", "7"]],
	[
		`chats/${CHAT_ID}.json`,
		[7, 8, 9].map((invalid) => JSON.stringify({ ...CHAT, messages: [...CHAT.messages, invalid] })),
	],
]

it("Extension quarantines each different damaged version of a file once", async (context) => {
	report(context, {
		area: "files",
		tried: "settings, window state, a chat, refusals and prices, damaged in three different ways, then as the first time; and invalid settings in a valid file",
		holds: "three copies next to the file and a message about each; no copy replaces another, and an equal copy is not stored twice",
	})
	const others = { "settings.json": SETTINGS, "window.json": WINDOW, [`chats/${CHAT_ID}.json`]: CHAT }
	for (const [path, texts] of DAMAGED_FILES) {
		clearFolder(folder)
		for (const [name, value] of Object.entries(others))
			writeTestFile(join(folder, name), { description: "", bytes: Buffer.from(JSON.stringify(value)) })
		writeTestFile(join(folder, path), { description: "", bytes: Buffer.from("") })
		for (const [round, text] of [...texts, texts[0] ?? ""].entries()) {
			writeFileSync(join(folder, path), text)
			const window = await openFileHost(folder)
			await window.do({ type: "ready" })
			const { tierRequest } = samples.refusal({}, { tier: "priority", region: "eu-west-1" })
			await window.do({ type: "forget-refusal", profileId: "nobody", tierRequest })
			await window.do({ type: "send", text: "One more" })
			window.end()
			// A chat stays in place, so an equal copy is no news.
			const isReported = !path.startsWith("chats/") || round < texts.length
			const expected = isReported ? [expect.stringContaining(`${path}.damaged`)] : []
			expect([path, round, window.problems]).toEqual([path, round, expected])
		}
		const copies = ["", "-2", "-3"].map((end) => readFileSync(join(folder, `${path}.damaged${end}`), "utf8"))
		expect([path, copies]).toEqual([path, texts])
		const all = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
			name.includes(".damaged"),
		)
		expect(all).toHaveLength(3)
	}
	clearFolder(folder)
	const settingsFile = join(folder, "settings.json")
	const texts = [7, 8, 9, 7].map((settings) => JSON.stringify({ settings }))
	for (const [round, text] of texts.entries()) {
		writeFileSync(settingsFile, text)
		const window = await openFileHost(folder)
		await window.do({ type: "ready" })
		window.end()
		// The last content is already quarantined.
		const expected = round < 3 ? [expect.stringContaining("settings.json.damaged")] : []
		expect([round, window.problems]).toEqual([round, expected])
	}
	const copies = ["", "-2", "-3"].map((end) => readFileSync(`${settingsFile}.damaged${end}`, "utf8"))
	expect(copies).toEqual(texts.slice(0, 3))
})
