import { englishText } from "@bedrock-tiers/error-details"
import { join } from "node:path"
import {
	DEFAULT_PROFILE_SETTINGS,
	receive,
	toHostSchema,
	toWebviewSchema,
	type ToHost,
	type ToWebview,
} from "@bedrock-tiers/protocol"
import fc from "fast-check"
import { expect, it } from "vitest"
import manifest from "../../../../package.json"
import { sampleSize } from "@bedrock-tiers/test-kit/sampling"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { setUpExtensionHosts, startExtension } from "./testing/extension-host"
import { registeredCommands, vscodeCalls } from "./testing/fake-vscode"
import { readFilesIn } from "./testing/canaries"
import { recordMeasurement, report, SEED } from "./testing/report"
import { invalidFiles } from "./testing/invalid-files"

/** Messages between webview and extension are validated by the receiver, in both directions. */

const GENERATED_MESSAGES = sampleSize(10_000)

setUpExtensionHosts()

const CHAT_ID = "3b1f2a64-0000-4000-8000-000000000001"
const id = "a".repeat(64)
const requestId = "r"
const attachment = { kind: "image", id, name: "a.png", mediaType: "image/png", bytes: 10, width: 1, height: 1 } as const

/** One valid message of each type. */
const MESSAGES_TO_HOST: { readonly [Type in ToHost["type"]]: Extract<ToHost, { type: Type }> } = {
	ready: { type: "ready" },
	"save-settings": {
		type: "save-settings",
		requestId,
		profileId: "default",
		settings: DEFAULT_PROFILE_SETTINGS,
		base: DEFAULT_PROFILE_SETTINGS,
		apiKey: "k",
		staticKeys: { accessKeyId: "a", secretAccessKey: "s", sessionToken: "t" },
	},
	"select-profile": { type: "select-profile", profileId: "default" },
	"add-profile": { type: "add-profile", requestId, name: "New" },
	"rename-profile": { type: "rename-profile", requestId, profileId: "default", name: "New" },
	"duplicate-profile": { type: "duplicate-profile", requestId, profileId: "default", name: "New" },
	"delete-profile": { type: "delete-profile", requestId, profileId: "default" },
	"test-connection": { type: "test-connection", profileId: "default" },
	"stop-test": { type: "stop-test" },
	"choose-import": { type: "choose-import" },
	"import-profiles": { type: "import-profiles", names: ["a"] },
	"leave-import": { type: "leave-import" },
	"export-profiles": { type: "export-profiles", profileIds: ["default"], withSecrets: false },
	send: { type: "send", text: "Hello", attachments: [id] },
	retry: { type: "retry", tier: "flex", beyondLimit: true },
	edit: { type: "edit", messageId: "q", text: "Hello", attachments: [id] },
	"answer-again": { type: "answer-again", messageId: "a", tier: "priority" },
	stop: { type: "stop" },
	"new-chat": { type: "new-chat" },
	"allow-tools": { type: "allow-tools", allowed: true },
	"choose-chat-tier": { type: "choose-chat-tier", tier: "flex" },
	"refresh-prices": { type: "refresh-prices" },
	"remove-refreshed-prices": { type: "remove-refreshed-prices" },
	"forget-refusal": { type: "forget-refusal", profileId: "default", tierRequest: samples.refusal().tierRequest },
	"attach-image": { type: "attach-image", requestId, name: "a.png", data: "AAAA" },
	"attach-text": { type: "attach-text", requestId, source: "selection" },
	"read-attachment": { type: "read-attachment", id },
	"keep-draft": {
		type: "keep-draft",
		draft: { at: 1, text: "x", attachments: [attachment], editing: { messageId: "q", text: "y", attachments: [] } },
	},
	"list-history": { type: "list-history" },
	"search-history": { type: "search-history", searchId: "s", query: "sky" },
	"cancel-history-search": { type: "cancel-history-search" },
	"open-chat": { type: "open-chat", chatId: CHAT_ID },
	"delete-chat": { type: "delete-chat", chatId: CHAT_ID },
	"export-chat": { type: "export-chat", chatId: CHAT_ID, format: "json" },
	"export-usage": { type: "export-usage", format: "csv" },
	"ask-speeds": { type: "ask-speeds", modelId: null },
}

/** Generates messages with the defects of `invalidFiles`, or with values that JSON cannot represent. */
function invalidMessages(valid: unknown): fc.Arbitrary<unknown> {
	const damaged = invalidFiles(valid).map(({ bytes }) => {
		try {
			return JSON.parse(bytes?.toString("utf8") ?? "") as unknown
		} catch {
			return bytes?.toString("latin1")
		}
	})
	const odd = fc.anything({
		withBigInt: true,
		withDate: true,
		withMap: true,
		withNullPrototype: true,
		withSparseArray: true,
	})
	return fc.oneof({ weight: 9, arbitrary: damaged }, { weight: 1, arbitrary: odd })
}

it("Extension refuses invalid messages from the webview and changes nothing", async (context) => {
	report(context, {
		area: "messages",
		tried: "generated invalid messages from the webview: every message type, damaged, with unknown and prototype-polluting keys, deeply nested, of other types",
		holds: "an invalid message is refused with the name of the field, changes no file and opens no dialog; none throws",
	})
	const host = await startExtension()
	const validMessages = Object.values(MESSAGES_TO_HOST)
	expect(validMessages.every((message) => receive(toHostSchema, message).ok)).toBe(true)
	const readStorage = () => JSON.stringify(readFilesIn(join(host.folder, "storage")))
	const filesBefore = readStorage()
	const invalid = fc.constantFrom(...validMessages).chain(invalidMessages)
	const started = performance.now()
	let refused = 0
	await fc.assert(
		fc.asyncProperty(invalid, async (message) => {
			// A message that is still valid is not part of this test.
			if (receive(toHostSchema, message).ok) return
			vscodeCalls.length = 0
			await host.do(message as ToHost)
			expect(vscodeCalls.map(({ where }) => where)).toEqual(["page"])
			expect(receive(toWebviewSchema, vscodeCalls[0]?.what)).toMatchObject({
				ok: true,
				message: { type: "refused" },
			})
			// `requestId` is returned unchanged, so only the field name and the message are checked.
			const { field, details } = vscodeCalls[0]?.what as Extract<ToWebview, { type: "refused" }>
			expect(englishText(details).length).toBeLessThan(1_000)
			expect(typeof field).toBe("string")
			refused += 1
		}),
		{ numRuns: GENERATED_MESSAGES, seed: SEED, endOnFailure: true },
	)
	expect(readStorage()).toBe(filesBefore)
	expect(refused).toBeGreaterThan(0.7 * GENERATED_MESSAGES)
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
	recordMeasurement(
		context,
		`messages to the extension: ${GENERATED_MESSAGES} in ${secondsSince(started)} seconds, seed ${SEED}`,
	)
})

it("Webview schema rejects invalid messages and drops unknown keys", async (context) => {
	report(context, {
		area: "messages",
		tried: "generated invalid messages to the webview",
		holds: "an invalid message is rejected with the name of the field; none throws; a valid message contains nothing unknown",
	})
	const validMessages = [
		{
			type: "state",
			state: samples.viewState({
				chat: samples.chatView({ messages: [samples.answer()] }),
				refreshedPrices: samples.refreshedPrices(),
			}),
		},
		{ type: "state-changed", changes: { refreshing: true, chat: { toolsAllowed: true } } },
		{ type: "delta", messageId: "a", kind: "text", text: "x" },
		{ type: "part", messageId: "a", index: 0, part: { kind: "text", text: "x" } },
		{
			type: "message",
			message: samples.answer({ failedAttempts: [samples.failedAttempt()] }),
			busy: false,
			usage: samples.usage(1),
		},
		{ type: "refusals", refusals: [samples.refusal()] },
		{ type: "attached", requestId, attachment },
		{ type: "history", chats: [samples.historyEntry(1)], damaged: 0, folder: "/x", openChatId: CHAT_ID },
		{ type: "speeds", ...samples.speeds([samples.requestSpeed()]) },
		{ type: "refused", requestId, field: "x", details: [{ code: "text", params: { text: "y" } }] },
		{ type: "show", view: "usage" },
	]
	expect(validMessages.map((message) => [message.type, receive(toWebviewSchema, message).ok])).toEqual(
		validMessages.map(({ type }) => [type, true]),
	)
	const invalid = fc.constantFrom<unknown>(...validMessages).chain(invalidMessages)
	const started = performance.now()
	fc.assert(
		fc.property(invalid, (message) => {
			const received = receive(toWebviewSchema, message)
			if (!received.ok) return void expect(englishText(received.details).length).toBeLessThan(1_000)
			expect(Object.hasOwn(received.message, "__proto__")).toBe(false)
			expect(Object.getPrototypeOf(received.message)).toBe(Object.prototype)
		}),
		{ numRuns: GENERATED_MESSAGES, seed: SEED, endOnFailure: true },
	)
	recordMeasurement(
		context,
		`messages to the webview: ${GENERATED_MESSAGES} in ${secondsSince(started)} seconds, seed ${SEED}`,
	)
})

it("Webview can load only the extension's own files and can run no command", async (context) => {
	report(context, {
		area: "messages",
		tried: "the webview's options, and every registered command",
		holds: "resources only from the extension's own folders, no command links; the commands are those of the manifest, and no message names one",
	})
	const host = await startExtension()
	expect(host.webview.options).toEqual({
		enableScripts: true,
		localResourceRoots: [
			expect.objectContaining({ path: expect.stringMatching(/\/dist\/webview$/) as unknown }),
			expect.objectContaining({ path: expect.stringMatching(/\/storage\/attachments$/) as unknown }),
		],
	})
	const listed = manifest.contributes.commands.map(({ command }) => command)
	expect([...registeredCommands.keys()].sort()).toEqual(listed.toSorted())
	expect(JSON.stringify(MESSAGES_TO_HOST)).not.toMatch(/bedrock-tiers\.|workbench|command/)
})

it("Webview shows the view that was requested last, also while a new chat is being created", async () => {
	const host = await startExtension()
	await Promise.all([host.command("bedrock-tiers.newChat"), host.command("bedrock-tiers.openSettings")])
	expect(host.posted("show").map(({ view }) => view)).toEqual(["chat", "settings"])
	await Promise.all([host.command("bedrock-tiers.addSelection"), host.command("bedrock-tiers.history")])
	expect(host.posted("show").map(({ view }) => view)).toEqual(["chat", "settings", "chat", "history"])
})

function secondsSince(start: number): number {
	return Math.round((performance.now() - start) / 1000)
}
