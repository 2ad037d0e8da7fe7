import { createHash } from "node:crypto"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DEFAULT_PROFILE_SETTINGS, storedSettingsSchema, receive, type ToWebview } from "@bedrock-tiers/protocol"
import fc from "fast-check"
import { afterAll, afterEach, beforeEach, expect, it, type TestContext } from "vitest"
import * as samples from "../../webview-ui/src/testing/samples"
import { empty, expectUnharmed, isKept, NOW, openFileHost, putFile, readJson, type FileHost } from "./testing/file-host"
import { measured, report, SEED } from "./testing/report"
import { wrongFiles, type WrongFile } from "./testing/wrong-files"

/**
 * 10,000 files that something else has damaged or written: the extension goes on, says what it could not read, and keeps what
 * was in it. Seeds are printed; SAFETY_SEED makes the same files again.
 */

let folder: string
let host: FileHost | undefined
beforeEach(() => (folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "bedrock-tiers-files-"))))
afterEach(() => {
	host?.end()
	rmSync(folder, { recursive: true, force: true })
})
let total = 0
afterAll(() => expect([0, 10_000]).toContain(total))

const CHAT_ID = "3b1f2a64-0000-4000-8000-000000000001"
const OTHER_CHAT_ID = "3b1f2a64-0000-4000-8000-000000000002"

type Kind = {
	readonly what: string
	readonly count: number
	readonly good: unknown
	readonly holds: string
	/** Opens a window over the file, does with it what can be done, and holds that nothing is lost. */
	readonly check: (wrong: WrongFile) => Promise<void>
}

async function over(wrong: WrongFile, path: string, others: Readonly<Record<string, unknown>> = {}): Promise<FileHost> {
	host?.end()
	empty(folder)
	for (const [name, value] of Object.entries(others))
		putFile(join(folder, name), { how: "", bytes: Buffer.from(JSON.stringify(value)) })
	putFile(join(folder, path), wrong)
	host = await openFileHost(folder)
	await host.do({ type: "ready" })
	return host
}

const lastState = ({ posted }: FileHost) => {
	const last = posted.findLast((message) => message.type === "state")
	if (last?.type !== "state") throw new Error("no state was posted")
	return last.state
}
const last = <Type extends ToWebview["type"]>({ posted }: FileHost, type: Type) =>
	posted.findLast((message): message is Extract<ToWebview, { type: Type }> => message.type === type)

const SETTINGS = {
	settings: {
		version: 1,
		activeProfileId: "p2",
		profiles: [
			{ id: "default", name: "One", kind: "aws", settings: DEFAULT_PROFILE_SETTINGS },
			{
				id: "p2",
				name: "Two",
				kind: "aws",
				settings: { ...DEFAULT_PROFILE_SETTINGS, ownPrices: [samples.ownPrice()], serviceTier: "priority" },
				knowsPriority: true,
			},
		],
	},
}
const WINDOW = {
	activeProfile: "default",
	currentChat: CHAT_ID,
	draft: { at: 1, text: "Not yet", attachments: [], editing: null },
}
const REQUEST = samples.request()
const CHAT = {
	version: 2,
	id: CHAT_ID,
	createdAt: "2026-11-22T10:00:00.000Z",
	title: "The sky",
	toolsAllowed: true,
	tier: "flex",
	summary: { text: "About the sky.", upToMessageId: "a1" },
	background: [{ purpose: "title", request: { ...REQUEST, id: "r0" } }],
	failedBackground: [samples.failedAttempt()],
	messages: [
		{ role: "user", id: "q1", text: "Why is the sky blue?" },
		samples.answer({
			id: "a1",
			reasoning: "Light.",
			request: { ...REQUEST, id: "r1" },
			failedAttempts: [samples.failedAttempt()],
		}),
		{
			role: "user",
			id: "q2",
			text: "And at night?",
			attachments: [
				{
					kind: "text",
					id: "a".repeat(64),
					path: "a.ts",
					lines: { from: 1, to: 2 },
					characters: 3,
					mayBeSecret: false,
				},
			],
		},
		samples.answer({
			id: "a2",
			parts: [
				{ kind: "tool-call", callId: "c", name: "read_file", input: "{}", result: { ok: true, text: "x" } },
			],
			request: { ...REQUEST, id: "r2", timing: { firstTokenMs: 5, totalMs: 10 } },
		}),
	],
	removed: [samples.answer({ id: "a0", request: { ...REQUEST, id: "r3" } })],
}
const REFUSALS = {
	version: 1,
	refusals: [samples.refusal({ profileId: "default" }), samples.refusal({ profileId: "p2" }, { tier: "priority" })],
}
const PRICES = samples.refreshedPrices()
const INDEX = {
	version: 1,
	chats: [{ id: CHAT_ID, mtimeMs: 1, size: 2, entry: samples.historyEntry(1, { id: CHAT_ID }) }],
}
const SPEEDS = {
	version: 1,
	chats: [
		{
			id: CHAT_ID,
			mtimeMs: 1,
			size: 2,
			entry: {
				requests: [{ modelId: "m", background: false, speed: samples.requestSpeed() }],
				failedAt: [NOW.toISOString()],
			},
		},
	],
}
const ROO = {
	providerProfiles: {
		currentApiConfigName: "Work",
		apiConfigs: {
			Work: {
				id: "x",
				apiProvider: "bedrock",
				apiModelId: "amazon.nova-pro-v1:0",
				awsRegion: "eu-west-1",
				awsUseCrossRegionInference: true,
				awsBedrockServiceTier: "FLEX",
				awsUseApiKey: true,
				awsApiKey: "made-up",
				modelMaxTokens: 100,
				modelTemperature: 0.5,
				enableReasoningEffort: true,
				reasoningEffort: "low",
			},
			Other: { apiProvider: "openrouter" },
		},
	},
	globalSettings: {},
}
const ATTACHED_TEXT = "const a = 1"
const ATTACHMENT = {
	kind: "text",
	id: createHash("sha256").update(ATTACHED_TEXT).digest("hex"),
	path: "a.ts",
	lines: null,
	characters: ATTACHED_TEXT.length,
	mayBeSecret: false,
}

const KINDS: Readonly<Record<string, Kind>> = {
	settings: {
		what: "settings.json",
		count: 2_000,
		good: SETTINGS,
		holds: "the profiles in it, or the file as it was beside it and a word about that; a change is saved and read again",
		async check(wrong) {
			const path = join(folder, "settings.json")
			const opened = await over(wrong, "settings.json")
			const stored = (readJson(wrong.bytes) as { settings?: unknown } | undefined)?.settings
			const fits = receive(storedSettingsSchema, stored)
			const { profiles, activeProfileId } = lastState(opened)
			if (fits.ok) expect(profiles).toEqual(fits.message.profiles)
			const settings = { ...DEFAULT_PROFILE_SETTINGS, discountPercent: 7 }
			await opened.do({ type: "save-settings", requestId: "r", profileId: activeProfileId, settings })
			const isSaid = stored !== undefined || readJson(wrong.bytes) === undefined
			if (!fits.ok && isSaid) expect(opened.problems).not.toEqual([])
			const written = readJson(existsSync(path) && statSync(path).isFile() ? readFileSync(path) : null) as Record<
				string,
				unknown
			>
			const isAside = stored !== undefined && isSame(written?.["settings.damaged"], stored)
			expect(
				fits.ok || stored === undefined
					? isKept(path, wrong) || written !== undefined
					: isAside || isKept(path, wrong),
			).toBe(true)
			if (wrong.bytes === null) return
			opened.settings.reload()
			expect(opened.settings.profiles.find(({ id }) => id === activeProfileId)?.settings.discountPercent).toBe(7)
		},
	},
	window: {
		what: "window.json",
		count: 1_000,
		good: WINDOW,
		holds: "the chat that was open, or a new one; a question is kept; a file that is no object is beside it, with a word about that",
		async check(wrong) {
			const opened = await over(wrong, "window.json", {
				"settings.json": SETTINGS,
				[`chats/${CHAT_ID}.json`]: CHAT,
			})
			const value = readJson(wrong.bytes)
			const isObject = typeof value === "object" && value !== null && !Array.isArray(value)
			if (!isObject) expect(opened.problems).not.toEqual([])
			if (!isObject && wrong.bytes !== null) expect(isKept(join(folder, "window.json"), wrong)).toBe(true)
			await opened.do({ type: "send", text: "One more" })
			expect(lastState(opened).chat.messages.length + 1).toBeGreaterThan(0)
			await opened.do({ type: "ready" })
			expect(JSON.stringify(lastState(opened).chat.messages)).toContain("One more")
		},
	},
	chat: {
		what: "a chat's file",
		count: 2_000,
		good: CHAT,
		holds: "every part that can be read; the file as it was stays, or lies beside it with a word about that; the next question is kept",
		async check(wrong) {
			const path = join(folder, `chats/${CHAT_ID}.json`)
			const opened = await over(wrong, `chats/${CHAT_ID}.json`, { "window.json": { currentChat: CHAT_ID } })
			await opened.do({ type: "list-history" })
			expect(last(opened, "history")?.chats.length).toBe(1 - (last(opened, "history")?.damaged ?? 0))
			await opened.do({ type: "search-history", searchId: "s", query: "sky" })
			await opened.do({ type: "ask-speeds", modelId: null })
			for (const format of ["csv", "json"] as const) await opened.do({ type: "export-usage", format })
			for (const format of ["markdown", "json"] as const)
				await opened.do({ type: "export-chat", chatId: CHAT_ID, format })
			await opened.do({ type: "send", text: "One more" })
			await opened.do({ type: "open-chat", chatId: CHAT_ID })
			if (isKept(path, wrong)) {
				if (readFileOf(path) === null || !readFileOf(path)?.equals(wrong.bytes ?? Buffer.alloc(0)))
					expect(opened.problems).not.toEqual([])
				return
			}
			// It was written anew without a copy: then all of it is in it.
			const was = readJson(wrong.bytes) as Record<string, unknown>
			const is = readJson(readFileOf(path)) as Record<string, unknown>
			expect(is).toMatchObject({ ...was, version: 2, messages: expect.anything() as unknown })
			expect((is.messages as unknown[]).length).toBeGreaterThan((was.messages as unknown[]).length)
		},
	},
	index: {
		what: "the index of chats",
		count: 1_000,
		good: INDEX,
		holds: "all chats are listed: it is made anew",
		async check(wrong) {
			const chats = {
				[`chats/${CHAT_ID}.json`]: CHAT,
				[`chats/${OTHER_CHAT_ID}.json`]: { ...CHAT, id: OTHER_CHAT_ID },
			}
			const opened = await over(wrong, "history/index.json", chats)
			await opened.do({ type: "list-history" })
			const ids = last(opened, "history")?.chats.map(({ id, title }) => [id, title])
			expect(ids?.sort()).toEqual([
				[CHAT_ID, "The sky"],
				[OTHER_CHAT_ID, "The sky"],
			])
			expect(JSON.parse(readFileSync(join(folder, `chats/${CHAT_ID}.json`), "utf8"))).toEqual(CHAT)
		},
	},
	speeds: {
		what: "the index of speeds",
		count: 500,
		good: SPEEDS,
		holds: "the speeds of all chats: it is made anew",
		async check(wrong) {
			const opened = await over(wrong, "history/speeds.json", { [`chats/${CHAT_ID}.json`]: CHAT })
			await opened.do({ type: "ask-speeds", modelId: null })
			expect(last(opened, "speeds")).toMatchObject({ leftOut: expect.anything() as unknown })
			expect(JSON.parse(readFileSync(join(folder, `chats/${CHAT_ID}.json`), "utf8"))).toEqual(CHAT)
		},
	},
	refusals: {
		what: "refusals.json",
		count: 1_000,
		good: REFUSALS,
		holds: "each refusal that can be read; the file as it was beside it, and a word about that, where one cannot",
		async check(wrong) {
			const path = join(folder, "refusals.json")
			const opened = await over(wrong, "refusals.json", { "settings.json": SETTINGS })
			const was = readJson(wrong.bytes) as { refusals?: unknown[] } | undefined
			const shown = lastState(opened).refusals
			const { asked } = samples.refusal({}, { tier: "priority", region: "eu-west-1" })
			await opened.do({ type: "forget-refusal", profileId: "nobody", asked })
			if (opened.problems.length > 0) return expect(isKept(path, wrong)).toBe(true)
			// Those whose days are over go by themselves.
			const old = (was?.refusals ?? []).length - shown.length
			const isOld = ({ rememberedUntil }: { rememberedUntil?: unknown }) =>
				!(Date.parse(String(rememberedUntil)) > NOW.getTime())
			expect((was?.refusals ?? []).filter((one) => isOld(one as object)).length).toBe(old)
		},
	},
	prices: {
		what: "prices that were read from AWS",
		count: 1_000,
		good: PRICES,
		holds: "they answer, or the built-in ones do: then the file as it was is kept, with a word about that",
		async check(wrong) {
			const path = join(folder, "prices/us-east-1.json")
			const opened = await over(wrong, "prices/us-east-1.json")
			const { refreshedPrices } = lastState(opened)
			if (refreshedPrices === null) expect(opened.problems).not.toEqual([])
			expect(isKept(path, wrong)).toBe(true)
			await opened.do({ type: "send", text: "Hello" })
		},
	},
	roo: {
		what: "a settings file of Roo Code's",
		count: 1_000,
		good: ROO,
		holds: "each profile in it is offered, or named as left out; else one sentence about the file; those that were there stay",
		async check(wrong) {
			const text = new TextDecoder().decode(wrong.bytes ?? undefined)
			host?.end()
			empty(folder)
			host = await openFileHost(folder, text)
			await host.do({ type: "ready" })
			await host.do({ type: "choose-import" })
			const preview = lastState(host).importPreview
			if (!preview) return expect(last(host, "refused")?.message).toMatch(/\.$/)
			const configs = (JSON.parse(text) as typeof ROO).providerProfiles.apiConfigs
			const names = [...preview.profiles, ...preview.leftOut].map(({ name }) => name)
			expect(names.sort()).toEqual(Object.keys(configs).sort())
			await host.do({ type: "import-profiles", names })
			expect(host.settings.profiles).toHaveLength(1 + preview.profiles.length)
			expect(host.problems).toEqual([])
		},
	},
	attachments: {
		what: "facts about something put beside a question",
		count: 500,
		good: ATTACHMENT,
		holds: "it goes with the question, or the question is refused in a sentence and nothing is lost",
		async check(wrong) {
			const facts = `attachments/unsent/${ATTACHMENT.id}.json`
			const opened = await over(wrong, facts)
			putFile(join(folder, `attachments/unsent/${ATTACHMENT.id}.txt`), {
				how: "",
				bytes: Buffer.from(ATTACHED_TEXT),
			})
			await opened.do({ type: "send", text: "With it", attachments: [ATTACHMENT.id] })
			const refused = last(opened, "refused")
			const [question] = lastState(opened).chat.messages
			if (!refused) expect(question).toMatchObject({ role: "user", attachments: [{ id: ATTACHMENT.id }] })
			else expect(refused.message).toMatch(/^[A-Z].*\.$|^has [\d,]+ characters/)
			expect(isKept(join(folder, facts), wrong)).toBe(true)
		},
	},
}

/** As JSON has it, where a number that is too large is none. False where it is too deep to be said. */
function isSame(one: unknown, other: unknown): boolean {
	try {
		return JSON.stringify(one) === JSON.stringify(other)
	} catch {
		return false
	}
}

function readFileOf(path: string): Buffer | null {
	return existsSync(path) && statSync(path).isFile() ? readFileSync(path) : null
}

it.for(Object.values(KINDS).map((kind) => [kind.what, kind] as const))(
	"%s, wrong in generated ways",
	{ timeout: 300_000 },
	async ([what, { count, good, holds, check }], context: TestContext) => {
		report(context, { area: "files", tried: `${what}: ${count.toLocaleString("en-US")} wrong ones`, holds })
		// Whole, it is read: else nothing would be shown by the wrong ones.
		await check({ how: "whole", bytes: Buffer.from(JSON.stringify(good)) })
		const started = performance.now()
		await fc.assert(
			fc.asyncProperty(wrongFiles(good), async (wrong) => {
				await check(wrong)
				expectUnharmed(folder)
			}),
			{ numRuns: count, seed: SEED, endOnFailure: true },
		)
		total += count
		const seconds = Math.round((performance.now() - started) / 1000)
		measured(context, `${what}: ${count.toLocaleString("en-US")} files in ${seconds} seconds, seed ${SEED}`)
	},
)

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
		tried: "each of them damaged three times, each time otherwise, then as the first time; and settings that do not fit, in a file that is whole",
		holds: "three copies beside it and a word about each; none took another's place, and what is there already is not kept twice",
	})
	const others = { "settings.json": SETTINGS, "window.json": WINDOW, [`chats/${CHAT_ID}.json`]: CHAT }
	for (const [path, texts] of DAMAGED_AGAIN) {
		empty(folder)
		for (const [name, value] of Object.entries(others))
			putFile(join(folder, name), { how: "", bytes: Buffer.from(JSON.stringify(value)) })
		putFile(join(folder, path), { how: "", bytes: Buffer.from("") })
		for (const text of [...texts, texts[0] ?? ""]) {
			writeFileSync(join(folder, path), text)
			const window = await openFileHost(folder)
			await window.do({ type: "ready" })
			const { asked } = samples.refusal({}, { tier: "priority", region: "eu-west-1" })
			await window.do({ type: "forget-refusal", profileId: "nobody", asked })
			await window.do({ type: "send", text: "One more" })
			window.end()
			// Of a copy that stays, the same is told of once.
			const isKnown = path === "refusals.json" && window.problems.length === 0
			if (!isKnown) expect([path, window.problems]).toEqual([path, [expect.stringContaining(`${path}.damaged`)]])
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
