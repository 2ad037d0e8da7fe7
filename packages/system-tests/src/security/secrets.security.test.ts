import { readFileSync } from "node:fs"
import { join } from "node:path"
import { SCENARIOS, startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { REQUEST_APIS } from "@bedrock-tiers/core"
import { HTTP_PROTOCOLS, type ProfileSettings } from "@bedrock-tiers/protocol"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { AwsBedrockHandler } from "../../../../src/api/providers/bedrock/index"
import type { BedrockHandlerOptions } from "../../../../src/api/providers/bedrock/handler-options"
import { CANARY, findCanaries, serialize, type CanaryName } from "./testing/canaries"
import {
	setUpExtensionHosts,
	plantFile,
	readSavedFile,
	startExtension,
	type ExtensionHost,
} from "./testing/extension-host"
import { registeredCommands, userChoices, vscodeCalls } from "./testing/fake-vscode"
import { ECHO_LOCATIONS, startEchoServer } from "./testing/echo-servers"
import { samplePart } from "@bedrock-tiers/test-kit/sampling"
import { report } from "./testing/report"
import { SIGNING_METHODS, type SigningMethod } from "./testing/signing-methods"

/**
 * Secrets never leak: the tests put canaries wherever a secret can be, and search for them wherever anything is
 * written.
 */

setUpExtensionHosts()
let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant" })
})
afterAll(() => emulator.close())

/** Scenarios that make a request wait. The fault tests cover them. */
const SLOW_SCENARIOS = ["stall", "throttled", "throttled-once", "exception-first"]
const QUICK_SCENARIOS = SCENARIOS.map(({ name }) => name).filter((name) => !SLOW_SCENARIOS.includes(name))

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
				awsBedrockEndpoint: `https://user:${CANARY.endpointPassword}@bedrock.example`,
			},
			// Secrets in fields that are not for secrets.
			Odd: { apiProvider: "bedrock", awsRegion: CANARY.rooSecret, apiModelId: CANARY.rooApiKey, awsApiKey: 7 },
			Other: { apiProvider: "openrouter", openRouterApiKey: CANARY.rooApiKey },
		},
	},
	globalSettings: {},
}

async function startSignedBy(method: SigningMethod, change: Partial<ProfileSettings> = {}): Promise<ExtensionHost> {
	method.plant()
	const host = await startExtension()
	await host.save(
		{
			credentials: method.credentials,
			endpoint: emulator.url,
			serviceTier: "flex",
			chatTitles: "written",
			...change,
		},
		method.secrets,
	)
	return host
}

const lastState = (host: ExtensionHost) => {
	const view = host.view()
	if (!view) throw new Error("no state was posted")
	return view
}

/** Performs every action on a chat and a profile once. */
async function performAllActions(host: ExtensionHost): Promise<void> {
	const { activeProfileId } = lastState(host)
	userChoices.workspaceFolders = [host.folder]
	userChoices.selection = "const selected = 1"
	userChoices.quickPickIndex = 1
	emulator.setScenario("calls-tools")
	await host.do({ type: "allow-tools", allowed: true })
	await host.do({ type: "send", text: "Why is the sky blue?" })
	emulator.setScenario("served-as-asked")
	await host.do({ type: "attach-text", requestId: "a", source: "selection" })
	const attached = host.posted("attached").at(-1)?.attachment
	await host.do({ type: "send", text: "And this?", attachments: attached ? [attached.id] : [] })
	const question = lastState(host).chat.messages.find(({ role }) => role === "user")
	const answer = () => host.posted("message").findLast(({ message }) => message.role === "assistant")?.message
	await host.do({ type: "answer-again", messageId: answer()?.id ?? "", tier: "priority" })
	await host.do({ type: "edit", messageId: question?.id ?? "", text: "Why is it red?" })
	await host.do({ type: "test-connection", profileId: activeProfileId })
	await host.do({ type: "list-history" })
	const [chat] = host.posted("history").at(-1)?.chats ?? []
	const chatId = chat?.id ?? ""
	await host.do({ type: "search-history", searchId: "s", query: "sky" })
	await host.do({ type: "ask-speeds", modelId: null })
	for (const format of ["markdown", "json"] as const) await host.do({ type: "export-chat", chatId, format })
	for (const format of ["csv", "json"] as const) await host.do({ type: "export-usage", format })
	const profileIds = lastState(host).profiles.map(({ id }) => id)
	await host.do({ type: "export-profiles", profileIds, withSecrets: false })
	await host.do({ type: "duplicate-profile", requestId: "d", profileId: activeProfileId, name: "Second" })
	await host.do({ type: "select-profile", profileId: activeProfileId })
	await host.do({ type: "keep-draft", draft: { at: 1, text: "Not yet", attachments: [], editing: null } })
	await host.do({ type: "refresh-prices" })
	for (const name of registeredCommands.keys()) await host.command(name)
	await host.do({ type: "open-chat", chatId })
}

describe.each(SIGNING_METHODS)("Extension that signs with $name", (method) => {
	const locations = samplePart(ECHO_LOCATIONS, 3, SIGNING_METHODS.indexOf(method))

	it("leaks no secret when every action is performed once", async (context) => {
		report(context, {
			area: "secrets",
			tried: `${method.name}: chat, tools, title, edit, repeated answer at another tier, connection test, history, search, exports, prices, commands, reload`,
			holds: "requests are signed; no secret in messages, notices, status bar, output channel, console, files, exports",
		})
		vi.stubEnv("BEDROCK_TIERS_PRICE_LIST_URL", emulator.url)
		emulator.requests.length = 0
		const host = await startSignedBy(method)
		await performAllActions(host)
		expect(
			host.posted("message").some(({ message }) => message.role === "assistant" && message.status === "complete"),
		).toBe(true)
		expect(userChoices.savedFiles).toHaveLength(5)
		expect(findCanaries(JSON.stringify(emulator.requests.map(({ headers }) => headers)))).toEqual(
			expect.arrayContaining([...method.sends]),
		)
		host.end()
		const again = await startExtension()
		await again.do({ type: "list-history" })
		expect(again.findCanaries()).toEqual([])
		expect(host.findCanaries()).toEqual([])
	})

	it("leaks no secret in any failure of the emulator", async (context) => {
		report(context, {
			area: "secrets",
			tried: `${method.name}: a prompt and a connection test in each of the emulator's ${QUICK_SCENARIOS.length} quick scenarios`,
			holds: "no secret in messages, notices, status bar, output channel, console, files",
		})
		const host = await startSignedBy(method, { chatTitles: "first-words" })
		const codes = new Set<string>()
		for (const scenario of QUICK_SCENARIOS) {
			emulator.setScenario(scenario)
			await host.do({ type: "new-chat" })
			await host.do({ type: "send", text: scenario })
			await host.do({ type: "test-connection", profileId: lastState(host).activeProfileId })
			const last = host.posted("message").at(-1)?.message
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
		expect(host.findCanaries()).toEqual([])
	})

	it.for(HTTP_PROTOCOLS)("leaks no secret when a server over %s echoes the request", async (http, context) => {
		report(context, {
			area: "secrets",
			tried: `${method.name}: a server that echoes the request's credentials in parts of its response, over ${http === "http1" ? "HTTP/1.1" : "HTTP/2"}`,
			holds: "the echoed text is shown without the key, the key id, the token and the signature",
		})
		const host = await startSignedBy(method, { http, chatTitles: "first-words" })
		for (const location of locations) {
			const sent: CanaryName[] = []
			const endpoint = await startEchoServer(http, location, (headers) =>
				sent.push(...findCanaries(JSON.stringify(headers))),
			)
			await host.save({ endpoint })
			await host.do({ type: "new-chat" })
			await host.do({ type: "send", text: location })
			await host.do({ type: "test-connection", profileId: lastState(host).activeProfileId })
			expect([location, ...sent]).toEqual(expect.arrayContaining([location, ...method.sends]))
			const last = host.posted("message").at(-1)?.message
			expect([location, last?.role === "assistant" && last.error?.details.length]).toEqual([
				location,
				expect.any(Number),
			])
		}
		await host.do({ type: "list-history" })
		for (const { id } of host.posted("history").at(-1)?.chats ?? [])
			for (const format of ["markdown", "json"] as const)
				await host.do({ type: "export-chat", chatId: id, format })
		expect(userChoices.savedFiles.length).toBeGreaterThan(locations.length)
		expect(host.findCanaries()).toEqual([])
	})

	it("throws errors without secrets", async (context) => {
		report(context, {
			area: "secrets",
			tried: `${method.name}: every error of the provider, through both APIs, in all scenarios and from all echo servers`,
			holds: "no secret in message, stack, causes, JSON, or the output of Node's `inspect`",
		})
		method.plant()
		const errors: unknown[] = []
		const sendRequests = async (overrides: Partial<BedrockHandlerOptions>) => {
			const handler = new AwsBedrockHandler({
				region: "us-east-1",
				modelId: "openai.gpt-oss-120b-1:0",
				route: "auto",
				serviceTier: "flex",
				api: "converse",
				credentials: method.providerCredentials,
				endpoint: emulator.url,
				backoffMs: 1,
				idleLimitMs: 1_000,
				applicationId: "safety-test",
				...overrides,
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
			for (const api of name === "stall" ? (["converse"] as const) : REQUEST_APIS) await sendRequests({ api })
		}
		emulator.setScenario("served-as-asked")
		for (const location of locations) {
			const endpoint = await startEchoServer("http2", location, () => undefined)
			for (const api of REQUEST_APIS) await sendRequests({ api, endpoint })
		}
		for (const overrides of [
			{ endpoint: "http://127.0.0.1:9" },
			{ region: "nowhere" },
			{ modelId: "?" },
			{ endpoint: "http://a.example" },
		])
			await sendRequests(overrides)
		expect(errors.length).toBeGreaterThan(40)
		expect(
			errors.flatMap((error) => findCanaries(serialize(error)).map((canary) => [canary, String(error)])),
		).toEqual([])
	})
})

it("Extension refuses an endpoint URL with a password and does not repeat the URL", async (context) => {
	report(context, {
		area: "secrets",
		tried: "an endpoint with a user name and a password in the settings, and a proxy with a password in the environment",
		holds: "the endpoint is refused with the name of its field and without its value; nothing is stored",
	})
	const host = await startExtension()
	const { profiles, activeProfileId } = lastState(host)
	const endpoint = `https://user:${CANARY.endpointPassword}@bedrock.example`
	const settings = { ...(profiles[0]?.settings as ProfileSettings), endpoint }
	await host.do({
		type: "save-settings",
		requestId: "r",
		profileId: activeProfileId,
		settings,
		apiKey: CANARY.apiKey,
	})
	expect(host.posted("refused")).toMatchObject([{ requestId: "r", field: "settings.endpoint" }])
	expect(host.findCanaries()).toEqual([])
})

it("Extension refuses secrets in wrong fields and does not repeat them", async (context) => {
	report(context, {
		area: "secrets",
		tried: "keys that contain a space, and keys in unknown fields and in fields of another type",
		holds: "refused with the name of the field, without its value",
	})
	const host = await startExtension()
	const { profiles, activeProfileId: profileId } = lastState(host)
	const settings = profiles[0]?.settings as ProfileSettings
	const invalidParts = [
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
	for (const part of invalidParts)
		await host.do({ type: "save-settings", requestId: "r", profileId, settings, ...part } as never)
	expect(host.posted("refused")).toHaveLength(invalidParts.length)
	expect(host.findCanaries()).toEqual([])
})

it("Extension stores keys from an imported Roo Code settings file only in SecretStorage", async (context) => {
	report(context, {
		area: "secrets",
		tried: "a Roo Code settings file with keys, tokens and a password in an endpoint: previewed, imported, cancelled; then a damaged file",
		holds: "keys are in the secret store only; the webview learns only that keys exist",
	})
	userChoices.fileToOpen = plantFile("roo.json", JSON.stringify(ROO_FILE))
	const host = await startExtension()
	await host.do({ type: "choose-import" })
	expect(lastState(host).importPreview?.profiles.map(({ name, hasSecrets }) => [name, hasSecrets])).toEqual(
		expect.arrayContaining([
			["Team", true],
			["Own", true],
		]),
	)
	await host.do({ type: "import-profiles", names: ["Team", "Own", "Odd"] })
	expect(lastState(host).apiKeySetFor).toHaveLength(1)
	await host.command("bedrock-tiers.importSettings")
	await host.do({ type: "leave-import" })
	userChoices.fileToOpen = plantFile("damaged.json", JSON.stringify(ROO_FILE).slice(0, -40))
	await host.do({ type: "choose-import" })
	expect(host.posted("refused")).toHaveLength(1)
	expect(host.findCanaries()).toEqual([])
})

it("Extension writes secrets to an exported settings file only, readable by its owner only", async (context) => {
	report(context, {
		area: "secrets",
		tried: "settings exported with secrets, as requested by the user",
		holds: "secrets are in that file, readable by its owner only (mode 600), and nowhere else",
	})
	const [apiKey, accessKeys] = SIGNING_METHODS as [SigningMethod, SigningMethod]
	const host = await startSignedBy(apiKey)
	await host.save({ credentials: accessKeys.credentials }, accessKeys.secrets)
	await host.do({ type: "export-profiles", profileIds: [lastState(host).activeProfileId], withSecrets: true })
	expect(findCanaries(readSavedFile(0))).toEqual(["accessKeyId", "secretAccessKey", "sessionToken"])
	const { statSync } = await import("node:fs")
	expect(statSync(userChoices.savedFiles[0] ?? "").mode & 0o777).toBe(0o600)
	expect(new Set(host.findCanaries().map(({ where }) => where))).toEqual(new Set(["/saved/0-roo-code-settings.json"]))
})

it("The search finds a canary in every searched place", async (context) => {
	report(context, {
		area: "secrets",
		tried: "a canary in each searched place: whole, in part, in JSON, URL-encoded, in base64, in hex",
		holds: "found in each place, so the search works",
	})
	const host = await startExtension()
	const { window } = await import("./testing/fake-vscode")
	const { apiKey } = CANARY
	const base64 = Buffer.from(`user:${apiKey}`).toString("base64")
	const leaks: readonly (readonly [where: string, leak: () => unknown])[] = [
		["notice", () => window.showInformationMessage(apiKey)],
		["warning", () => window.showWarningMessage(`It is ${apiKey.slice(0, 12)}…`)],
		["status bar.tooltip", () => Object.assign(window.createStatusBarItem(), { tooltip: apiKey })],
		["output channel x", () => window.createOutputChannel("x").info(`…${apiKey.slice(-12)}`)],
		["page", () => vscodeCalls.push({ where: "page", what: { type: "x", text: encodeURIComponent(apiKey) } })],
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
	for (const [where, leak] of leaks) {
		await leak()
		expect(host.findCanaries()).toContainEqual({ where, canary: "apiKey" })
	}
	expect(readFileSync(join(host.folder, "storage/a/b.json"), "utf8")).toContain(apiKey)
})
