import { readFileSync } from "node:fs"
import { join } from "node:path"
import { SCENARIOS, startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { REQUEST_APIS } from "@bedrock-tiers/core"
import { HTTP_PROTOCOLS, type ProfileSettings } from "@bedrock-tiers/protocol"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { AwsBedrockHandler } from "../../../../src/api/providers/bedrock/index"
import type { BedrockHandlerOptions } from "../../../../src/api/providers/bedrock/handler-options"
import { CANARY, canariesIn, writtenDown, type CanaryName } from "./testing/canaries"
import { extensionHosts, planted, savedFile, startExtension, type ExtensionHost } from "./testing/extension-host"
import { person, registeredCommands, said } from "./testing/fake-vscode"
import { QUOTED_IN, quotingServer } from "./testing/quoting-servers"
import { report } from "./testing/report"
import { WAYS_TO_SIGN, type WayToSign } from "./testing/ways-to-sign"

/** A secret comes out nowhere: canaries are put wherever a secret can be, and looked for wherever anything is written. */

extensionHosts()
let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant" })
})
afterAll(() => emulator.close())

/** Those of the emulator's scenarios that are waited for are in the table of faults. */
const WAITED_FOR = ["stall", "throttled", "throttled-once", "exception-first"]
const QUICK = SCENARIOS.map(({ name }) => name).filter((name) => !WAITED_FOR.includes(name))

const ROO_FILE = {
	providerProfiles: {
		currentApiConfigName: "Team",
		apiConfigs: {
			Team: {
				apiProvider: "bedrock",
				apiModelId: "amazon.nova-pro-v1:0",
				awsRegion: "us-east-1",
				awsUseApiKey: true,
				awsApiKey: CANARY.rooApiKey,
			},
			Own: {
				apiProvider: "bedrock",
				apiModelId: "openai.gpt-oss-120b-1:0",
				awsRegion: "us-east-1",
				awsAccessKey: CANARY.rooKeyId,
				awsSecretKey: CANARY.rooSecret,
				awsSessionToken: CANARY.rooToken,
				awsBedrockEndpointEnabled: true,
				awsBedrockEndpoint: `https://person:${CANARY.endpointPassword}@bedrock.example`,
			},
			// In fields where they do not belong.
			Odd: { apiProvider: "bedrock", awsRegion: CANARY.rooSecret, apiModelId: CANARY.rooApiKey, awsApiKey: 7 },
			Other: { apiProvider: "openrouter", openRouterApiKey: CANARY.rooApiKey },
		},
	},
	globalSettings: {},
}

async function started(way: WayToSign, change: Partial<ProfileSettings> = {}): Promise<ExtensionHost> {
	way.plant()
	const host = await startExtension()
	await host.save(
		{ credentials: way.credentials, endpoint: emulator.url, serviceTier: "flex", chatTitles: "written", ...change },
		way.typed,
	)
	return host
}

const state = (host: ExtensionHost) => {
	const last = host.told("state").at(-1)?.state
	if (!last) throw new Error("no state was told")
	return last
}

/** Everything that can be done with a chat and a profile, once. */
async function doEverything(host: ExtensionHost): Promise<void> {
	const { activeProfileId } = state(host)
	person.folders = [host.folder]
	person.selection = "const selected = 1"
	person.picks = 1
	emulator.setScenario("calls-tools")
	await host.do({ type: "allow-tools", allowed: true })
	await host.do({ type: "send", text: "Why is the sky blue?" })
	emulator.setScenario("served-as-asked")
	await host.do({ type: "attach-text", requestId: "a", source: "selection" })
	const attached = host.told("attached").at(-1)?.attachment
	await host.do({ type: "send", text: "And this?", attachments: attached ? [attached.id] : [] })
	const question = state(host).chat.messages.find(({ role }) => role === "user")
	const answer = () => host.told("message").findLast(({ message }) => message.role === "assistant")?.message
	await host.do({ type: "answer-again", messageId: answer()?.id ?? "", tier: "priority" })
	await host.do({ type: "edit", messageId: question?.id ?? "", text: "Why is it red?" })
	await host.do({ type: "test-connection", profileId: activeProfileId })
	await host.do({ type: "list-history" })
	const [chat] = host.told("history").at(-1)?.chats ?? []
	const chatId = chat?.id ?? ""
	await host.do({ type: "search-history", searchId: "s", query: "sky" })
	await host.do({ type: "ask-speeds", modelId: null })
	for (const format of ["markdown", "json"] as const) await host.do({ type: "export-chat", chatId, format })
	for (const format of ["csv", "json"] as const) await host.do({ type: "export-usage", format })
	const profileIds = state(host).profiles.map(({ id }) => id)
	await host.do({ type: "export-profiles", profileIds, withSecrets: false })
	await host.do({ type: "duplicate-profile", requestId: "d", profileId: activeProfileId, name: "Second" })
	await host.do({ type: "select-profile", profileId: activeProfileId })
	await host.do({ type: "keep-draft", draft: { at: 1, text: "Not yet", attachments: [], editing: null } })
	await host.do({ type: "refresh-prices" })
	for (const name of registeredCommands.keys()) await host.command(name)
	await host.do({ type: "open-chat", chatId })
}

describe.each(WAYS_TO_SIGN)("Signed by $name", (way) => {
	it("everything that can be done, once", async (context) => {
		report(context, {
			area: "secrets",
			tried: `${way.name}: chat, tools, title, edit, again on another tier, connection test, history, search, exports, prices, commands, reload`,
			holds: "signed with it; nowhere in messages, notices, status bar, output channel, console, files, exports",
		})
		vi.stubEnv("BEDROCK_TIERS_PRICE_LIST_URL", emulator.url)
		emulator.requests.length = 0
		const host = await started(way)
		await doEverything(host)
		expect(
			host.told("message").some(({ message }) => message.role === "assistant" && message.status === "complete"),
		).toBe(true)
		expect(person.saved).toHaveLength(5)
		expect(canariesIn(JSON.stringify(emulator.requests.map(({ headers }) => headers)))).toEqual(
			expect.arrayContaining([...way.sends]),
		)
		host.end()
		const again = await startExtension()
		await again.do({ type: "list-history" })
		expect(again.found()).toEqual([])
		expect(host.found()).toEqual([])
	})

	it("every failure of the emulator's", async (context) => {
		report(context, {
			area: "secrets",
			tried: `${way.name}: a question and a connection test under each of the emulator's ${QUICK.length} quick scenarios`,
			holds: "nowhere in messages, notices, status bar, output channel, console, files",
		})
		const host = await started(way, { chatTitles: "first-words" })
		const codes = new Set<string>()
		for (const scenario of QUICK) {
			emulator.setScenario(scenario)
			await host.do({ type: "new-chat" })
			await host.do({ type: "send", text: scenario })
			await host.do({ type: "test-connection", profileId: state(host).activeProfileId })
			const last = host.told("message").at(-1)?.message
			if (last?.role === "assistant" && last.error) codes.add(last.error.code)
		}
		expect([...codes].sort()).toEqual(
			expect.arrayContaining([
				"access-denied",
				"capacity-refused",
				"credentials-expired",
				"stream-incomplete",
				"tier-refused",
				"unknown",
			]),
		)
		expect(host.found()).toEqual([])
	})

	it.for(HTTP_PROTOCOLS)("a server that quotes the request, over %s", async (http, context) => {
		report(context, {
			area: "secrets",
			tried: `${way.name}: a server that quotes all of the request in its answer, in ${QUOTED_IN.length} places, over ${http === "http1" ? "HTTP/1.1" : "HTTP/2"}`,
			holds: "what it quotes is shown without the key, the key's id, the token and the signature",
		})
		const host = await started(way, { http, chatTitles: "first-words" })
		for (const place of QUOTED_IN) {
			const seen: CanaryName[] = []
			const endpoint = await quotingServer(http, place, (headers) =>
				seen.push(...canariesIn(JSON.stringify(headers))),
			)
			await host.save({ endpoint })
			await host.do({ type: "new-chat" })
			await host.do({ type: "send", text: place })
			await host.do({ type: "test-connection", profileId: state(host).activeProfileId })
			expect([place, ...seen]).toEqual(expect.arrayContaining([place, ...way.sends]))
			const last = host.told("message").at(-1)?.message
			expect([place, last?.role === "assistant" && last.error?.message]).toEqual([place, expect.any(String)])
		}
		await host.do({ type: "list-history" })
		for (const { id } of host.told("history").at(-1)?.chats ?? [])
			for (const format of ["markdown", "json"] as const)
				await host.do({ type: "export-chat", chatId: id, format })
		expect(person.saved.length).toBeGreaterThan(QUOTED_IN.length)
		expect(host.found()).toEqual([])
	})

	it("errors as they are thrown", async (context) => {
		report(context, {
			area: "secrets",
			tried: `${way.name}: every error of the provider, through both APIs, under all scenarios and from all quoting servers`,
			holds: "nowhere in message, stack, causes or JSON, nor in what Node shows of it",
		})
		way.plant()
		const errors: unknown[] = []
		const ask = async (part: Partial<BedrockHandlerOptions>) => {
			const handler = new AwsBedrockHandler({
				region: "us-east-1",
				modelId: "openai.gpt-oss-120b-1:0",
				route: "auto",
				serviceTier: "flex",
				api: "converse",
				credentials: way.given,
				endpoint: emulator.url,
				backoffMs: 1,
				idleLimitMs: 1_000,
				applicationId: "safety-test",
				...part,
			})
			const onAttemptFailed = (attempt: unknown) => void errors.push(attempt)
			const drain = async () => {
				for await (const _chunk of handler.createMessage("", [{ role: "user", content: "Hi" }], {
					onAttemptFailed,
				}));
			}
			await drain().catch((error: unknown) => errors.push(error))
			await handler.completePrompt("Hi", { onAttemptFailed }).catch((error: unknown) => errors.push(error))
			handler.dispose()
		}
		for (const { name } of SCENARIOS) {
			emulator.setScenario(name)
			for (const api of name === "stall" ? (["converse"] as const) : REQUEST_APIS) await ask({ api })
		}
		emulator.setScenario("served-as-asked")
		for (const place of QUOTED_IN) {
			const endpoint = await quotingServer("http2", place, () => undefined)
			for (const api of REQUEST_APIS) await ask({ api, endpoint })
		}
		for (const part of [
			{ endpoint: "http://127.0.0.1:9" },
			{ region: "nowhere" },
			{ modelId: "?" },
			{ endpoint: "http://a.example" },
		])
			await ask(part)
		expect(errors.length).toBeGreaterThan(60)
		expect(
			errors.flatMap((error) => canariesIn(writtenDown(error)).map((canary) => [canary, String(error)])),
		).toEqual([])
	})
})

it("an endpoint with a password in it", async (context) => {
	report(context, {
		area: "secrets",
		tried: "an endpoint with a user name and a password typed into the settings, and a proxy with a password in the environment",
		holds: "the endpoint is refused by its field's name, its words are not repeated, nothing is stored",
	})
	const host = await startExtension()
	const { profiles, activeProfileId } = state(host)
	const endpoint = `https://person:${CANARY.endpointPassword}@bedrock.example`
	const settings = { ...(profiles[0]?.settings as ProfileSettings), endpoint }
	await host.do({
		type: "save-settings",
		requestId: "r",
		profileId: activeProfileId,
		settings,
		apiKey: CANARY.apiKey,
	})
	expect(host.told("refused")).toMatchObject([{ requestId: "r", field: "settings.endpoint" }])
	expect(host.found()).toEqual([])
})

it("a secret in a field where it does not belong", async (context) => {
	report(context, {
		area: "secrets",
		tried: "keys with a space in them, and keys in fields that are none or of another kind",
		holds: "refused by the field's name, without the value",
	})
	const host = await startExtension()
	const { profiles, activeProfileId: profileId } = state(host)
	const settings = profiles[0]?.settings as ProfileSettings
	const wrong = [
		{ apiKey: `${CANARY.apiKey} ${CANARY.apiKey}` },
		{ staticKeys: { accessKeyId: CANARY.accessKeyId } },
		{
			staticKeys: {
				accessKeyId: CANARY.accessKeyId,
				secretAccessKey: CANARY.secretAccessKey,
				other: CANARY.sessionToken,
			},
		},
		{ settings: { ...settings, region: CANARY.secretAccessKey } },
		{ settings: { ...settings, apiKey: CANARY.apiKey } },
		{ settings: { ...settings, credentials: { method: "api-key", apiKey: CANARY.apiKey } } },
		{ settings: { ...settings, serviceTier: CANARY.apiKey } },
		{ settings: { ...settings, endpoint: `http://${CANARY.endpointPassword}.example` } },
	]
	for (const part of wrong)
		await host.do({ type: "save-settings", requestId: "r", profileId, settings, ...part } as never)
	expect(host.told("refused")).toHaveLength(wrong.length)
	expect(host.found()).toEqual([])
})

it("a settings file of Roo Code's with keys in it", async (context) => {
	report(context, {
		area: "secrets",
		tried: "a file of Roo Code's settings with keys, tokens and a password in an endpoint: shown, left, added; then a damaged one",
		holds: "in the secret store alone; the page learns that there are keys",
	})
	person.opens = planted("roo.json", JSON.stringify(ROO_FILE))
	const host = await startExtension()
	await host.do({ type: "choose-import" })
	expect(state(host).importPreview?.profiles.map(({ name, hasSecrets }) => [name, hasSecrets])).toEqual(
		expect.arrayContaining([
			["Team", true],
			["Own", true],
		]),
	)
	await host.do({ type: "import-profiles", names: ["Team", "Own", "Odd"] })
	expect(state(host).apiKeySetFor).toHaveLength(1)
	await host.command("bedrock-tiers.importSettings")
	await host.do({ type: "leave-import" })
	person.opens = planted("damaged.json", JSON.stringify(ROO_FILE).slice(0, -40))
	await host.do({ type: "choose-import" })
	expect(host.told("refused")).toHaveLength(1)
	expect(host.found()).toEqual([])
})

it("settings exported with secrets: the one place", async (context) => {
	report(context, {
		area: "secrets",
		tried: "settings exported with secrets, which the person asked for",
		holds: "in that one file, for this person's eyes alone (mode 600), and nowhere else",
	})
	const [byKey, byKeys] = WAYS_TO_SIGN as [WayToSign, WayToSign]
	const host = await started(byKey)
	await host.save({ credentials: byKeys.credentials }, byKeys.typed)
	await host.do({ type: "export-profiles", profileIds: [state(host).activeProfileId], withSecrets: true })
	expect(canariesIn(savedFile(0))).toEqual(["accessKeyId", "secretAccessKey", "sessionToken"])
	const { statSync } = await import("node:fs")
	expect(statSync(person.saved[0] ?? "").mode & 0o777).toBe(0o600)
	expect(new Set(host.found().map(({ where }) => where))).toEqual(new Set(["/saved/0-roo-code-settings.json"]))
})

it("the search would find them", async (context) => {
	report(context, {
		area: "secrets",
		tried: "a canary put by hand into each place that is searched: whole, in a piece, in JSON, in an address, in base64",
		holds: "found in each of them: the search is no blind one",
	})
	const host = await startExtension()
	const { window } = await import("./testing/fake-vscode")
	const { apiKey } = CANARY
	const base64 = Buffer.from(`user:${apiKey}`).toString("base64")
	const put: readonly (readonly [where: string, put: () => unknown])[] = [
		["notice", () => window.showInformationMessage(apiKey)],
		["warning", () => window.showWarningMessage(`It is ${apiKey.slice(0, 12)}…`)],
		["status bar.tooltip", () => Object.assign(window.createStatusBarItem(), { tooltip: apiKey })],
		["output channel x", () => window.createOutputChannel("x").info(`…${apiKey.slice(-12)}`)],
		["page", () => said.push({ where: "page", what: { type: "x", text: encodeURIComponent(apiKey) } })],
		// eslint-disable-next-line no-console
		["console", () => console.log(new Error("outer", { cause: new Error(base64) }))],
		[
			"/storage/a/b.json",
			async () =>
				(await import("../../../../src/app/storage/write-file-atomic")).writeFileAtomic(
					join(host.folder, "storage/a/b.json"),
					JSON.stringify({ apiKey }),
				),
		],
		[
			"/saved/c.csv",
			async () =>
				(await import("../../../../src/app/storage/write-file-atomic")).writeFileAtomic(
					join(host.folder, "saved/c.csv"),
					`a,${Buffer.from(apiKey).toString("hex")}`,
				),
		],
	]
	for (const [where, run] of put) {
		await run()
		expect(host.found()).toContainEqual({ where, canary: "apiKey" })
	}
	expect(readFileSync(join(host.folder, "storage/a/b.json"), "utf8")).toContain(apiKey)
})
