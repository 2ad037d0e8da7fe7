import { writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { DEFAULT_PROFILE_SETTINGS, type ProfileSettings, type ToHost } from "@bedrock-tiers/protocol"
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest"
import { CANARY, findCanaries } from "./testing/canaries"
import { plantFile, setUpExtensionHosts, startExtension, type ExtensionHost } from "./testing/extension-host"
import { userChoices, vscodeCalls } from "./testing/fake-vscode"
import { report } from "./testing/report"

/** A webview that an attacker controls: it sends any valid message, and the user confirms nothing. */

setUpExtensionHosts()
let emulator: Emulator
let attacker: Server
let attackerUrl = ""
/** Headers of the requests that the attacker received. */
const stolen: string[] = []
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant" })
	attacker = createServer((request, response) => {
		stolen.push(JSON.stringify(request.headers))
		response.writeHead(403, { "content-type": "application/json" }).end("{}")
	})
	await new Promise<void>((resolve) => attacker.listen(0, "127.0.0.1", resolve))
	attackerUrl = `http://127.0.0.1:${(attacker.address() as AddressInfo).port}/`
})
afterAll(async () => {
	attacker.close()
	await emulator.close()
})
beforeEach(() => void (stolen.length = 0))

const API_KEY = { apiKey: CANARY.apiKey }
const STATIC_KEYS = {
	staticKeys: {
		accessKeyId: CANARY.accessKeyId,
		secretAccessKey: CANARY.secretAccessKey,
		sessionToken: CANARY.sessionToken,
	},
}
const IMPORT_NAME = "Imported"
const rooFile = (fields: object) => ({
	providerProfiles: {
		currentApiConfigName: IMPORT_NAME,
		apiConfigs: {
			[IMPORT_NAME]: {
				apiProvider: "bedrock",
				apiModelId: "openai.gpt-oss-120b-1:0",
				awsRegion: "us-east-1",
				awsBedrockEndpointEnabled: true,
				awsBedrockEndpoint: attackerUrl,
				...fields,
			},
		},
	},
})

/** An extension with an API key and access keys that are sent to the emulator, and with AWS credentials of the machine. */
async function startWithKeys(): Promise<ExtensionHost> {
	vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", CANARY.environmentApiKey)
	plantFile(
		"credentials",
		`[team]\naws_access_key_id=${CANARY.fileKeyId}\naws_secret_access_key=${CANARY.fileSecret}\n`,
	)
	const host = await startExtension()
	await host.save(
		{ credentials: { method: "api-key" }, endpoint: emulator.url, http: "http1" },
		{ ...API_KEY, ...STATIC_KEYS },
	)
	vscodeCalls.length = 0
	await host.webview.post({ type: "ready" })
	userChoices.answerDialog = () => false
	return host
}

const dialogs = () => vscodeCalls.filter(({ where }) => where === "warning").map(({ what }) => JSON.stringify(what))
const stored = (host: ExtensionHost) => JSON.stringify(host.view()?.profiles)

function saveMessage(host: ExtensionHost, change: Partial<ProfileSettings>, rest: object = {}): ToHost {
	const profileId = host.view()?.activeProfileId ?? ""
	const settings = host.view()?.profiles.find(({ id }) => id === profileId)?.settings ?? DEFAULT_PROFILE_SETTINGS
	return { type: "save-settings", requestId: "attack", profileId, settings: { ...settings, ...change }, ...rest }
}

/** Sends a request with every profile that has an endpoint on this machine. */
async function useAll(host: ExtensionHost): Promise<void> {
	const local = host.view()?.profiles.filter(({ settings }) => settings.endpoint !== null) ?? []
	for (const { id: profileId } of local) await host.do({ type: "test-connection", profileId })
}

type Attack = (host: ExtensionHost) => Promise<void>
const evil = () => ({ endpoint: attackerUrl, http: "http1" as const })
const save =
	(change: () => Partial<ProfileSettings>, rest: () => object = () => ({})): Attack =>
	(host) =>
		host.do(saveMessage(host, change(), rest()))
const inSequence =
	(...attacks: readonly Attack[]): Attack =>
	async (host) => {
		for (const attack of attacks) await attack(host)
	}
const importFile =
	(fields: object): Attack =>
	async (host) => {
		const path = join(host.folder, "planted", "roo.json")
		writeFileSync(path, JSON.stringify(rooFile(fields)))
		userChoices.fileToOpen = path
		await host.do({ type: "choose-import" })
		await host.do({ type: "import-profiles", names: [IMPORT_NAME] })
	}

const ATTACKS: Readonly<Record<string, Attack>> = {
	"another endpoint": save(evil),
	"another endpoint, with a base that hides the change": save(evil, () => ({
		base: { ...DEFAULT_PROFILE_SETTINGS, region: "eu-west-1" },
	})),
	"another endpoint for the other stored secret": save(() => ({ ...evil(), credentials: { method: "static-keys" } })),
	"a made-up key with another endpoint, then the stored access keys": inSequence(
		save(evil, () => ({ apiKey: "made-up-key" })),
		save(() => ({ credentials: { method: "static-keys" } })),
	),
	"a made-up key with another endpoint, twice at once": async (host) => {
		const messages = ["made-up-key", "made-up-key-2"].map((apiKey) => saveMessage(host, evil(), { apiKey }))
		await Promise.all(messages.map((message) => host.do(message)))
	},
	"the default chain of a new profile": inSequence(
		(host) => host.do({ type: "add-profile", requestId: "a", name: "New" }),
		save(evil),
	),
	"a shared profile of a duplicate": inSequence(
		(host) => host.do({ type: "duplicate-profile", requestId: "a", profileId: "default", name: "Copy" }),
		save(() => ({ ...evil(), credentials: { method: "profile", profile: "team" } })),
	),
	"an imported profile with the default chain": importFile({}),
	"an imported profile with a shared profile": importFile({ awsUseProfile: true, awsProfile: "team" }),
}

it.each(Object.entries(ATTACKS))("A webview cannot redirect credentials without a dialog: %s", async (name, attack) => {
	const host = await startWithKeys()
	await attack(host)
	await useAll(host)
	expect(stolen.flatMap(findCanaries)).toEqual([])
	// An attack that can be made without a dialog has replaced the key that it redirects.
	if (!name.startsWith("a made-up key")) expect(stolen).toEqual([])
	expect(dialogs().join()).toContain(attackerUrl)
	expect(host.posted("refused").map(({ details }) => details.map(({ code }) => code))).toEqual([
		["action-not-confirmed"],
	])
})

it("A key that the user enters later is not sent to a planted endpoint without a dialog", async (context) => {
	report(context, {
		area: "messages",
		tried: `${Object.keys(ATTACKS).join("; ")}; an endpoint planted in a profile without a key`,
		holds: "a modal dialog names credentials and destination; refused, nothing is stored, the page is informed, and no request carries a stored key to the other server",
	})
	vi.stubEnv("AWS_BEARER_TOKEN_BEDROCK", undefined)
	const host = await startExtension()
	await host.save({ ...evil(), credentials: { method: "api-key" } })
	userChoices.answerDialog = () => false
	const before = stored(host)
	await host.do(saveMessage(host, {}, API_KEY))
	await useAll(host)
	expect(stolen).toEqual([])
	expect(dialogs()).toHaveLength(1)
	expect(host.view()).toMatchObject({ apiKeySetFor: [] })
	expect(stored(host)).toBe(before)
})

it("The dialog names the credentials and the destination; confirmed, the settings are stored", async () => {
	const host = await startWithKeys()
	userChoices.answerDialog = () => true
	await host.do(saveMessage(host, { endpoint: `${attackerUrl}path?token=${CANARY.endpointPassword}` }))
	expect(dialogs()).toHaveLength(1)
	expect(dialogs()[0]).toContain(`Amazon Bedrock: Bedrock API key → ${attackerUrl}path, through VS Code's proxy`)
	await useAll(host)
	expect(findCanaries(stolen.join())).toContain("apiKey")
})

it("A refused dialog leaves settings and secrets as they were", async () => {
	const host = await startWithKeys()
	const before = stored(host)
	for (const change of [
		evil(),
		{ endpoint: null },
		{ endpoint: null, region: "cn-north-1" },
		{ credentials: { method: "static-keys" } },
		{ endpoint: `${emulator.url}/other-path` },
	] satisfies Partial<ProfileSettings>[])
		await host.do(saveMessage(host, change))
	expect(dialogs()).toHaveLength(5)
	expect(host.posted("refused")).toHaveLength(5)
	expect(stored(host)).toBe(before)
	await useAll(host)
	expect(emulator.requests.at(-1)?.headers).toMatchObject({ authorization: `Bearer ${CANARY.apiKey}` })
})

it("No dialog appears for a change that cannot redirect a key", async (context) => {
	report(context, {
		area: "messages",
		tried: "model, tier, region of the same operator, HTTP/2 in place of VS Code's proxy, a new key with a new endpoint, removed keys, names, a duplicate",
		holds: "no dialog; all are stored",
	})
	const host = await startWithKeys()
	for (const change of [
		{ modelId: "amazon.nova-pro-v1:0", serviceTier: "flex" },
		{ region: "eu-west-1" },
		{ http: "http2" },
		{ endpoint: `${emulator.url}/` },
	] satisfies Partial<ProfileSettings>[])
		await host.save(change)
	await host.save(evil(), { apiKey: "another-key", staticKeys: null })
	await host.save({ endpoint: null }, { apiKey: null })
	await host.do({ type: "rename-profile", requestId: "a", profileId: "default", name: "Renamed" })
	await host.do({ type: "duplicate-profile", requestId: "b", profileId: "default", name: "Copy" })
	await host.do({ type: "delete-profile", requestId: "c", profileId: "default" })
	expect(host.posted("done")).toHaveLength(3)
	expect(dialogs()).toEqual([])
})

it("A webview cannot allow the workspace tools without a dialog", async (context) => {
	report(context, {
		area: "messages",
		tried: "allow-tools by the page alone, and for another chat than the one that the dialog was shown for",
		holds: "refused; a dialog is shown for each chat, and none when tools are forbidden again",
	})
	const host = await startWithKeys()
	const isAllowed = () => host.view()?.chat.toolsAllowed
	await host.do({ type: "allow-tools", allowed: true })
	expect([isAllowed(), host.posted("refused").length, dialogs().length]).toEqual([false, 1, 1])
	userChoices.answerDialog = async () => {
		await host.do({ type: "new-chat" })
		return true
	}
	await host.do({ type: "allow-tools", allowed: true })
	expect([isAllowed(), host.posted("refused").length, dialogs().length]).toEqual([false, 2, 2])
	userChoices.answerDialog = () => true
	await host.do({ type: "allow-tools", allowed: true })
	await host.do({ type: "allow-tools", allowed: true })
	expect([isAllowed(), dialogs().length]).toEqual([true, 3])
	await host.do({ type: "allow-tools", allowed: false })
	expect([isAllowed(), dialogs().length]).toEqual([false, 3])
})
