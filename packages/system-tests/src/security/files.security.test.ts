import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DEFAULT_PROFILE_SETTINGS, storedSettingsSchema, receive, type ToWebview } from "@bedrock-tiers/protocol"
import fc from "fast-check"
import { afterAll, afterEach, beforeEach, expect, it, type TestContext } from "vitest"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { quarantineNames } from "../../../../src/app/storage/quarantine"
import { empty, expectUnharmed, isKept, NOW, openFileHost, putFile, readJson, type FileHost } from "./testing/file-host"
import {
	ATTACHED_TEXT,
	ATTACHMENT,
	CHAT,
	CHAT_ID,
	INDEX,
	OTHER_CHAT_ID,
	PRICES,
	REFUSALS,
	ROO,
	SETTINGS,
	SPEEDS,
	WINDOW,
} from "./testing/good-files"
import { measured, report, SEED } from "./testing/report"
import { wrongFiles, type WrongFile } from "./testing/wrong-files"

/**
 * 10,000 files that something else has damaged or written: the extension goes on, says what it could not read, and keeps what
 * was in it. Seeds are printed; SAFETY_SEED makes the same files again.
 */

let root: string
let folder = ""
let host: FileHost | undefined
beforeEach(() => {
	root = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "bedrock-tiers-files-"))
	nextFolder()
})
afterEach(() => {
	host?.end()
	rmSync(root, { recursive: true, force: true, maxRetries: 5 })
})
/** Another one each time: the window before may still be at its own. */
function nextFolder(): void {
	if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
	folder = mkdtempSync(join(root, "window-"))
}
let total = 0
afterAll(() => expect([0, 10_000]).toContain(total))

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
			if (!fits.ok && isSaid) await expect.poll(() => opened.problems, { interval: 1 }).not.toEqual([])
			const written = readJson(existsSync(path) && statSync(path).isFile() ? readFileSync(path) : null) as Record<
				string,
				unknown
			>
			const isQuarantined =
				stored !== undefined && quarantineNames("settings").some((key) => isSame(written?.[key], stored))
			expect(
				fits.ok || stored === undefined
					? isKept(path, wrong) || written !== undefined
					: isQuarantined || isKept(path, wrong),
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
			const { tierRequest } = samples.refusal({}, { tier: "priority", region: "eu-west-1" })
			await opened.do({ type: "forget-refusal", profileId: "nobody", tierRequest })
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
				host?.end()
				nextFolder()
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
