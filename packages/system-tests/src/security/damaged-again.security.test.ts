import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { empty, openFileHost, putFile } from "./testing/file-host"
import { CHAT, CHAT_ID, SETTINGS, WINDOW } from "./testing/good-files"
import { report } from "./testing/report"

/** What is put aside of a damaged file stays, also when the file is damaged again. */

let folder: string
beforeEach(() => (folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "bedrock-tiers-again-"))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const DAMAGED_AGAIN: readonly (readonly [path: string, texts: readonly string[]])[] = [
	["settings.json", ["{", "[]", '{"settings":']],
	["window.json", ["", "null", "7"]],
	["refusals.json", ["{", "[1]", JSON.stringify({ version: 1, refusals: [7] })]],
	["prices/us-east-1.json", ["{", "[1]", "7"]],
	[`chats/${CHAT_ID}.json`, [7, 8, 9].map((odd) => JSON.stringify({ ...CHAT, messages: [...CHAT.messages, odd] }))],
]

it("files that are damaged again and again", async (context) => {
	report(context, {
		area: "files",
		tried: "settings, the window's file, a chat, refusals and prices, damaged three times, each time otherwise, then as the first time; and settings that do not fit, in a file that is whole",
		holds: "three copies beside it and a word about each; none took another's place, and what is there already is not kept twice",
	})
	const others = { "settings.json": SETTINGS, "window.json": WINDOW, [`chats/${CHAT_ID}.json`]: CHAT }
	for (const [path, texts] of DAMAGED_AGAIN) {
		empty(folder)
		for (const [name, value] of Object.entries(others))
			putFile(join(folder, name), { how: "", bytes: Buffer.from(JSON.stringify(value)) })
		putFile(join(folder, path), { how: "", bytes: Buffer.from("") })
		for (const [round, text] of [...texts, texts[0] ?? ""].entries()) {
			writeFileSync(join(folder, path), text)
			const window = await openFileHost(folder)
			await window.do({ type: "ready" })
			const { tierRequest } = samples.refusal({}, { tier: "priority", region: "eu-west-1" })
			await window.do({ type: "forget-refusal", profileId: "nobody", tierRequest })
			await window.do({ type: "send", text: "One more" })
			window.end()
			// Of a file that stays where it is, the same is told of once.
			const isReported = path !== "refusals.json" || round < texts.length
			const told = isReported ? [expect.stringContaining(`${path}.damaged`)] : []
			expect([path, round, window.problems]).toEqual([path, round, told])
		}
		const copies = ["", "-2", "-3"].map((end) => readFileSync(join(folder, `${path}.damaged${end}`), "utf8"))
		expect([path, copies]).toEqual([path, texts])
		const all = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
			name.includes(".damaged"),
		)
		expect(all).toHaveLength(3)
	}
	empty(folder)
	const settingsFile = join(folder, "settings.json")
	let values: object = {}
	for (const settings of [7, 8, 9, 7]) {
		writeFileSync(settingsFile, JSON.stringify({ ...values, settings }))
		const window = await openFileHost(folder)
		await window.do({ type: "ready" })
		await expect.poll(() => window.problems).toEqual([expect.stringMatching(/ They were put aside\.$/)])
		window.end()
		values = JSON.parse(readFileSync(settingsFile, "utf8")) as object
	}
	expect(values).toEqual({
		settings: 7,
		"settings.damaged": 7,
		"settings.damaged-2": 8,
		"settings.damaged-3": 9,
	})
})
