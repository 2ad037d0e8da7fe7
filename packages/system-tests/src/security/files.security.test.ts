import { englishText } from "@bedrock-tiers/error-details"
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
	applyToView,
	DEFAULT_PROFILE_SETTINGS,
	storedSettingsSchema,
	receive,
	type ToWebview,
	type ViewState,
} from "@bedrock-tiers/protocol"
import fc from "fast-check"
import { afterEach, beforeEach, expect, it, type TestContext } from "vitest"
import { sampleSize } from "@bedrock-tiers/test-kit/sampling"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { quarantineNames } from "../../../../src/app/storage/quarantine"
import {
	clearFolder,
	expectUnharmed,
	isPreserved,
	NOW,
	openFileHost,
	parseJson,
	writeTestFile,
	type FileHost,
} from "./testing/file-host"
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
} from "./testing/valid-files"
import { recordMeasurement, report, SEED } from "./testing/report"
import { invalidFiles, type InvalidFile } from "./testing/invalid-files"

/**
 * Generated files that were damaged or written by another program: the extension continues, reports what it could not
 * read and preserves the content. The report contains the seeds; `SAFETY_SEED` reproduces a run.
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

/** Creates a new folder for each case, because the previous window may still write to its own. */
function nextFolder(): void {
	if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
	folder = mkdtempSync(join(root, "window-"))
}

type FileKind = {
	readonly name: string
	/** Number of invalid variants in a full run. */
	readonly count: number
	readonly valid: unknown
	readonly holds: string
	/** Opens a window over the file, performs every action that uses it, and checks that nothing is lost. */
	readonly check: (file: InvalidFile) => Promise<void>
}

async function openOver(
	file: InvalidFile,
	path: string,
	others: Readonly<Record<string, unknown>> = {},
): Promise<FileHost> {
	host?.end()
	clearFolder(folder)
	for (const [name, value] of Object.entries(others))
		writeTestFile(join(folder, name), { description: "", bytes: Buffer.from(JSON.stringify(value)) })
	writeTestFile(join(folder, path), file)
	host = await openFileHost(folder)
	await host.do({ type: "ready" })
	return host
}

const lastState = ({ posted }: FileHost) => {
	const view = posted.reduce<ViewState | null>(applyToView, null)
	if (!view) throw new Error("no state was posted")
	return view
}
const last = <Type extends ToWebview["type"]>({ posted }: FileHost, type: Type) =>
	posted.findLast((message): message is Extract<ToWebview, { type: Type }> => message.type === type)

const FILE_KINDS: Readonly<Record<string, FileKind>> = {
	settings: {
		name: "settings.json",
		count: 2_000,
		valid: SETTINGS,
		holds: "the profiles are loaded, or the original file is quarantined with a message; a change is saved and loaded again",
		async check(file) {
			const path = join(folder, "settings.json")
			const opened = await openOver(file, "settings.json")
			const stored = (parseJson(file.bytes) as { settings?: unknown } | undefined)?.settings
			const parsed = receive(storedSettingsSchema, stored)
			const { profiles, activeProfileId } = lastState(opened)
			if (parsed.ok) expect(profiles).toEqual(parsed.message.profiles)
			const settings = { ...DEFAULT_PROFILE_SETTINGS, discountPercent: 7 }
			await opened.do({ type: "save-settings", requestId: "r", profileId: activeProfileId, settings })
			const isReported = stored !== undefined || parseJson(file.bytes) === undefined
			if (!parsed.ok && isReported) await expect.poll(() => opened.problems, { interval: 1 }).not.toEqual([])
			const written = parseJson(
				existsSync(path) && statSync(path).isFile() ? readFileSync(path) : null,
			) as Record<string, unknown>
			const isQuarantined =
				stored !== undefined && quarantineNames("settings").some((key) => isSameJson(written?.[key], stored))
			expect(
				parsed.ok || stored === undefined
					? isPreserved(path, file) || written !== undefined
					: isQuarantined || isPreserved(path, file),
			).toBe(true)
			if (file.bytes === null) return
			opened.settings.reload()
			expect(opened.settings.profiles.find(({ id }) => id === activeProfileId)?.settings.discountPercent).toBe(7)
		},
	},
	window: {
		name: "window.json",
		count: 1_000,
		valid: WINDOW,
		holds: "the previous chat or a new one is open; a prompt is stored; a file that is not a JSON object is quarantined with a message",
		async check(file) {
			const opened = await openOver(file, "window.json", {
				"settings.json": SETTINGS,
				[`chats/${CHAT_ID}.json`]: CHAT,
			})
			const value = parseJson(file.bytes)
			const isObject = typeof value === "object" && value !== null && !Array.isArray(value)
			if (!isObject) expect(opened.problems).not.toEqual([])
			if (!isObject && file.bytes !== null) expect(isPreserved(join(folder, "window.json"), file)).toBe(true)
			await opened.do({ type: "send", text: "One more" })
			await opened.do({ type: "ready" })
			expect(JSON.stringify(lastState(opened).chat.messages)).toContain("One more")
		},
	},
	chat: {
		name: "a chat file",
		count: 2_000,
		valid: CHAT,
		holds: "every readable part is loaded; the original file stays or is quarantined with a message; the next prompt is stored",
		async check(file) {
			const path = join(folder, `chats/${CHAT_ID}.json`)
			const opened = await openOver(file, `chats/${CHAT_ID}.json`, { "window.json": { currentChat: CHAT_ID } })
			await opened.do({ type: "list-history" })
			expect(last(opened, "history")?.chats.length).toBe(1 - (last(opened, "history")?.damaged ?? 0))
			await opened.do({ type: "search-history", searchId: "s", query: "sky" })
			await opened.do({ type: "ask-speeds", modelId: null })
			for (const format of ["csv", "json"] as const) await opened.do({ type: "export-usage", format })
			for (const format of ["markdown", "json"] as const)
				await opened.do({ type: "export-chat", chatId: CHAT_ID, format })
			await opened.do({ type: "send", text: "One more" })
			await opened.do({ type: "open-chat", chatId: CHAT_ID })
			if (isPreserved(path, file)) {
				if (readIfFile(path) === null || !readIfFile(path)?.equals(file.bytes ?? Buffer.alloc(0)))
					expect(opened.problems).not.toEqual([])
				return
			}
			// The file was rewritten without a quarantined copy, so the new file must contain everything.
			const original = parseJson(file.bytes) as Record<string, unknown>
			const rewritten = parseJson(readIfFile(path)) as Record<string, unknown>
			expect(rewritten).toMatchObject({ ...original, version: 2, messages: expect.anything() as unknown })
			expect((rewritten.messages as unknown[]).length).toBeGreaterThan((original.messages as unknown[]).length)
		},
	},
	index: {
		name: "the index of chats",
		count: 1_000,
		valid: INDEX,
		holds: "all chats are listed, because the index is rebuilt",
		async check(file) {
			const chats = {
				[`chats/${CHAT_ID}.json`]: CHAT,
				[`chats/${OTHER_CHAT_ID}.json`]: { ...CHAT, id: OTHER_CHAT_ID },
			}
			const opened = await openOver(file, "history/index.json", chats)
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
		name: "the index of speeds",
		count: 500,
		valid: SPEEDS,
		holds: "the speeds of all chats are shown, because the index is rebuilt",
		async check(file) {
			const opened = await openOver(file, "history/speeds.json", { [`chats/${CHAT_ID}.json`]: CHAT })
			await opened.do({ type: "ask-speeds", modelId: null })
			expect(last(opened, "speeds")).toMatchObject({ leftOut: expect.anything() as unknown })
			expect(JSON.parse(readFileSync(join(folder, `chats/${CHAT_ID}.json`), "utf8"))).toEqual(CHAT)
		},
	},
	refusals: {
		name: "refusals.json",
		count: 1_000,
		valid: REFUSALS,
		holds: "every readable refusal is loaded; when one is unreadable, the original file is quarantined with a message",
		async check(file) {
			const path = join(folder, "refusals.json")
			const opened = await openOver(file, "refusals.json", { "settings.json": SETTINGS })
			const original = parseJson(file.bytes) as { refusals?: unknown[] } | undefined
			const shown = lastState(opened).refusals
			const { tierRequest } = samples.refusal({}, { tier: "priority", region: "eu-west-1" })
			await opened.do({ type: "forget-refusal", profileId: "nobody", tierRequest })
			if (opened.problems.length > 0) return expect(isPreserved(path, file)).toBe(true)
			// Expired refusals are removed, so they are missing without a report.
			const expiredCount = (original?.refusals ?? []).length - shown.length
			const isExpired = ({ rememberedUntil }: { rememberedUntil?: unknown }) =>
				!(Date.parse(String(rememberedUntil)) > NOW.getTime())
			expect((original?.refusals ?? []).filter((entry) => isExpired(entry as object)).length).toBe(expiredCount)
		},
	},
	prices: {
		name: "refreshed prices",
		count: 1_000,
		valid: PRICES,
		holds: "the refreshed prices are used, or the built-in ones, in which case the original file is preserved, with a message",
		async check(file) {
			const path = join(folder, "prices/us-east-1.json")
			const opened = await openOver(file, "prices/us-east-1.json")
			const { refreshedPrices } = lastState(opened)
			if (refreshedPrices === null) expect(opened.problems).not.toEqual([])
			expect(isPreserved(path, file)).toBe(true)
			await opened.do({ type: "send", text: "Hello" })
		},
	},
	roo: {
		name: "a Roo Code settings file",
		count: 1_000,
		valid: ROO,
		holds: "each profile is offered or listed as skipped, or one message describes the problem with the file; existing profiles stay",
		async check(file) {
			const text = new TextDecoder().decode(file.bytes ?? undefined)
			host?.end()
			clearFolder(folder)
			host = await openFileHost(folder, text)
			await host.do({ type: "ready" })
			await host.do({ type: "choose-import" })
			const preview = lastState(host).importPreview
			if (!preview) return expect(englishText(last(host, "refused")?.details ?? [])).toMatch(/\.$/)
			const configs = (JSON.parse(text) as typeof ROO).providerProfiles.apiConfigs
			const names = [...preview.profiles, ...preview.leftOut].map(({ name }) => name)
			expect(names.sort()).toEqual(Object.keys(configs).sort())
			await host.do({ type: "import-profiles", names })
			expect(host.settings.profiles).toHaveLength(1 + preview.profiles.length)
			expect(host.problems).toEqual([])
		},
	},
	attachments: {
		name: "the metadata of an attachment",
		count: 500,
		valid: ATTACHMENT,
		holds: "the attachment is sent with the prompt, or the prompt is refused with a message and nothing is lost",
		async check(file) {
			const metadataPath = `attachments/unsent/${ATTACHMENT.id}.json`
			const opened = await openOver(file, metadataPath)
			writeTestFile(join(folder, `attachments/unsent/${ATTACHMENT.id}.txt`), {
				description: "",
				bytes: Buffer.from(ATTACHED_TEXT),
			})
			await opened.do({ type: "send", text: "With it", attachments: [ATTACHMENT.id] })
			const refused = last(opened, "refused")
			const [question] = lastState(opened).chat.messages
			if (!refused) expect(question).toMatchObject({ role: "user", attachments: [{ id: ATTACHMENT.id }] })
			else expect(englishText(refused.details)).toMatch(/^[A-Z].*\.$|^has [\d,]+ characters/)
			expect(isPreserved(join(folder, metadataPath), file)).toBe(true)
		},
	},
}

/**
 * Compares values as JSON, in which a number out of range is `null`. `false` when a value is nested too deeply to
 * serialize.
 */
function isSameJson(first: unknown, second: unknown): boolean {
	try {
		return JSON.stringify(first) === JSON.stringify(second)
	} catch {
		return false
	}
}

function readIfFile(path: string): Buffer | null {
	return existsSync(path) && statSync(path).isFile() ? readFileSync(path) : null
}

it.for(Object.values(FILE_KINDS).map((kind) => [kind.name, kind] as const))(
	"Extension survives generated invalid content of %s and loses nothing",
	async ([name, { count: fullCount, valid, holds, check }], context: TestContext) => {
		const count = sampleSize(fullCount)
		report(context, { area: "files", tried: `${name}: ${count.toLocaleString("en-US")} invalid variants`, holds })
		// The valid file must be readable. Otherwise the invalid ones would prove nothing.
		await check({ description: "valid", bytes: Buffer.from(JSON.stringify(valid)) })
		const started = performance.now()
		await fc.assert(
			fc.asyncProperty(invalidFiles(valid), async (file) => {
				host?.end()
				nextFolder()
				await check(file)
				expectUnharmed(folder)
			}),
			{ numRuns: count, seed: SEED, endOnFailure: true },
		)
		const seconds = Math.round((performance.now() - started) / 1000)
		recordMeasurement(
			context,
			`${name}: ${count.toLocaleString("en-US")} files in ${seconds} seconds, seed ${SEED}`,
		)
	},
)
