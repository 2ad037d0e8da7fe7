import { REQUEST_APIS, SERVICE_TIERS, type RequestApi, type RouteSetting, type ServiceTier } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { ProviderFailure } from "../../provider-failure"
import { emulatedBedrock, GPT_OSS, KIMI, NOVA_2, NOVA_PRO, play, SONNET } from "./invoke-model/testing/emulated-bedrock"

/**
 * Every API, streamed and not streamed, with every tier and every kind of id: the real AWS SDK sends to a real socket,
 * and the tests read the bytes that arrive. The SDK silently drops members that it does not know, so nothing less would
 * prove anything. No test here can show that AWS itself accepts them.
 */
const bedrock = emulatedBedrock()

const GOV = "us-gov-west-1"
const CHINA = "cn-north-1"
const ACCOUNT = "123456789012"

function arn(kind: string, name: string, region = "us-east-1", service = "bedrock"): string {
	const partition = region === GOV ? "aws-us-gov" : region === CHINA ? "aws-cn" : "aws"
	return `arn:${partition}:${service}:${region}:${kind === "foundation-model" ? "" : ACCOUNT}:${kind}/${name}`
}

type Kind = {
	readonly label: string
	readonly modelId: string
	/** Defaults to us-east-1. */
	readonly region?: string
	/** Defaults to auto. */
	readonly route?: RouteSetting
	/** Model id sent to Bedrock; the id as typed when absent. */
	readonly calledId?: string
	/** Tiers that are sent when they are requested. Standard never is. */
	readonly sentTiers: readonly ServiceTier[]
	/** Format of the InvokeModel body; `null` when unknown, so that nothing is sent. */
	readonly bodyFormat: "chat" | "nova" | "claude" | null
}

const PAID = ["flex", "priority"] as const
const CHAT = { sentTiers: PAID, bodyFormat: "chat" } as const
const NOVA = { sentTiers: PAID, bodyFormat: "nova" } as const
/** Claude supports neither Flex nor Priority, but a reservation. */
const CLAUDE = { sentTiers: ["reserved"], bodyFormat: "claude" } as const
/** Kimi K3 supports tiers through Chat Completions only, which is a separate API. */
const KIMI_K3 = { sentTiers: [], bodyFormat: "chat" } as const
/** For a model that the catalog does not know the requested tier is sent: Bedrock decides. */
const UNKNOWN = { sentTiers: ["flex", "priority", "reserved"], bodyFormat: null } as const

const KINDS: readonly Kind[] = [
	{ label: "a bare id", modelId: GPT_OSS, ...CHAT },
	{ label: "a bare id", modelId: NOVA_PRO, ...NOVA },
	{ label: "a bare id", modelId: SONNET, region: "eu-west-2", ...CLAUDE },
	{
		label: "a bare id of a model without tiers",
		modelId: "amazon.nova-lite-v1:0",
		sentTiers: [],
		bodyFormat: "nova",
	},
	{ label: "a bare id in GovCloud", modelId: GPT_OSS, region: GOV, ...CHAT },
	{ label: "a bare id that the catalog does not know", modelId: "acme.new-model-1:0", ...UNKNOWN },

	{ label: "a bare id through its geo profile", modelId: NOVA_2, calledId: `us.${NOVA_2}`, ...NOVA },
	{ label: "a bare id through its geo profile", modelId: SONNET, calledId: `us.${SONNET}`, ...CLAUDE },
	{ label: "a bare id through its geo profile", modelId: KIMI, calledId: `us.${KIMI}`, ...KIMI_K3 },
	{
		label: "a bare id through GovCloud's geo profile",
		modelId: GPT_OSS,
		region: GOV,
		route: "geo",
		calledId: `us-gov.${GPT_OSS}`,
		...CHAT,
	},
	{ label: "a geo profile id", modelId: `us.${NOVA_PRO}`, ...NOVA },
	{ label: "a geo profile id", modelId: `eu.${NOVA_PRO}`, region: "eu-west-1", ...NOVA },

	{
		label: "a bare id through its global profile",
		modelId: NOVA_2,
		route: "global",
		calledId: `global.${NOVA_2}`,
		...NOVA,
	},
	{
		label: "a bare id through its global profile",
		modelId: SONNET,
		route: "global",
		calledId: `global.${SONNET}`,
		...CLAUDE,
	},
	{
		label: "a bare id through its global profile",
		modelId: KIMI,
		route: "global",
		calledId: `global.${KIMI}`,
		...KIMI_K3,
	},
	{ label: "a global profile id", modelId: `global.${NOVA_2}`, ...NOVA },

	{ label: "a foundation model's ARN", modelId: arn("foundation-model", GPT_OSS), ...CHAT },
	{ label: "a foundation model's ARN", modelId: arn("foundation-model", NOVA_PRO), ...NOVA },
	{ label: "a foundation model's ARN", modelId: arn("foundation-model", SONNET, "eu-west-2"), ...CLAUDE },
	{ label: "a foundation model's ARN in GovCloud", modelId: arn("foundation-model", NOVA_PRO, GOV), ...NOVA },
	{ label: "a foundation model's ARN in China", modelId: arn("foundation-model", GPT_OSS, CHINA), ...CHAT },

	{ label: "a geo profile's ARN", modelId: arn("inference-profile", `us.${NOVA_PRO}`), ...NOVA },
	{ label: "a geo profile's ARN", modelId: arn("inference-profile", `us.${SONNET}`), ...CLAUDE },
	{ label: "a geo profile's ARN", modelId: arn("inference-profile", `us.${KIMI}`), ...KIMI_K3 },
	{ label: "a geo profile's ARN in GovCloud", modelId: arn("inference-profile", `us-gov.${GPT_OSS}`, GOV), ...CHAT },
	{ label: "a global profile's ARN", modelId: arn("inference-profile", `global.${NOVA_2}`), ...NOVA },

	{ label: "an application profile's ARN", modelId: arn("application-inference-profile", "novapro0001"), ...NOVA },
	{
		label: "the ARN of an application profile across regions",
		modelId: arn("application-inference-profile", "novageo0001"),
		...NOVA,
	},
	{
		label: "the ARN of a global application profile",
		modelId: arn("application-inference-profile", "novaglo0001"),
		...NOVA,
	},
	{
		label: "an application profile's ARN in GovCloud",
		modelId: arn("application-inference-profile", "novapro0002", GOV),
		...NOVA,
	},

	{ label: "a prompt router's ARN", modelId: arn("prompt-router", "novapro1"), ...UNKNOWN },
	{ label: "a default prompt router's ARN", modelId: arn("default-prompt-router", "novageo:1"), ...UNKNOWN },
	{
		label: "an imported model's ARN",
		modelId: arn("imported-model", "a1b2c3d4e5f6"),
		...UNKNOWN,
		bodyFormat: "chat",
	},
	...["us-east-1", GOV, CHINA].flatMap((region) =>
		["provisioned-model", "custom-model", "custom-model-deployment"].map((kind) => ({
			label: `the ARN of a ${kind} in ${region}`,
			modelId: arn(kind, "a1b2c3d4e5f6", region),
			...UNKNOWN,
		})),
	),
	{
		label: "a marketplace endpoint's ARN",
		modelId: arn("endpoint", "my-endpoint", "us-east-1", "sagemaker"),
		...UNKNOWN,
	},
]

const TURN = '{"role":"user","content":[{"text":"Hello"}]}'
const CLAUDE_TURN = '{"role":"user","content":[{"type":"text","text":"Hello"}]}'
const CLAUDE_START = '{"anthropic_version":"bedrock-2023-05-31","max_tokens":64000,'

/** Expected bodies without the tier: `stream` with the system prompt "Be brief.", `whole` without one. */
const BODIES = {
	converse: { stream: `{"messages":[${TURN}],"system":[{"text":"Be brief."}]}`, whole: `{"messages":[${TURN}]}` },
	chat: {
		stream: '{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}]}',
		whole: '{"messages":[{"role":"user","content":"Hello"}]}',
	},
	nova: { stream: `{"system":[{"text":"Be brief."}],"messages":[${TURN}]}`, whole: `{"messages":[${TURN}]}` },
	claude: {
		stream: `${CLAUDE_START}"system":"Be brief.","messages":[${CLAUDE_TURN}]}`,
		whole: `${CLAUDE_START}"messages":[${CLAUDE_TURN}]}`,
	},
}

const ACTIONS = {
	converse: { stream: "converse-stream", whole: "converse" },
	"invoke-model": { stream: "invoke-with-response-stream", whole: "invoke" },
}

const OPERATIONS = REQUEST_APIS.flatMap((api) =>
	(["stream", "whole"] as const).map((delivery) => [api, delivery] as const),
)

/** Sends a request and ignores the answer: the emulator lacks some kinds of models and has no reservations. */
async function send(kind: Kind, api: RequestApi, delivery: "stream" | "whole", tier: ServiceTier): Promise<unknown> {
	const { modelId, region = "us-east-1", route = "auto" } = kind
	const handler = bedrock.handler(tier, { api, modelId, region, route, maxAttempts: 1 })
	if (delivery === "stream") return (await play(handler)).failure
	const failure: unknown = await handler.completePrompt("Hello").catch((error: unknown) => error)
	handler.dispose()
	return failure
}

function withTier(body: string, tier: ServiceTier | null): string {
	return tier === null ? body : body.replace(/}$/, `,"serviceTier":{"type":"${tier}"}}`)
}

const signedFor = (authorization = "") => /Credential=[^/]+\/\d+\/([^/]+)\/bedrock/.exec(authorization)?.[1]

describe.each(OPERATIONS)("%s (%s)", (api, delivery) => {
	describe.each(KINDS.map((kind) => [kind.label, kind.modelId, kind] as const))("%s: %s", (_, modelId, kind) => {
		const expectedFormat = api === "converse" ? "converse" : kind.bodyFormat

		it.each(SERVICE_TIERS)("gets the requested tier %s only if it is supported", async (tier) => {
			const failure = await send(kind, api, delivery, tier)
			// An application profile may be looked up first, by a GET request that carries nothing of the prompt.
			const requests = bedrock.emulator().requests.filter(({ method }) => method === "POST")
			if (expectedFormat === null) {
				expect(failure).toMatchObject({ code: "bad-input" })
				expect(requests).toEqual([])
				return
			}
			const [request, ...more] = requests
			if (!request || more.length > 0) throw new Error("not one request arrived", { cause: failure })
			const sent = kind.sentTiers.includes(tier) ? tier : null
			const region = modelId.startsWith("arn:") ? modelId.split(":")[3] : (kind.region ?? "us-east-1")
			expect(decodeURIComponent(request.path)).toBe(
				`/model/${kind.calledId ?? modelId}/${ACTIONS[api][delivery]}`,
			)
			expect(signedFor(request.headers.authorization)).toBe(region)
			expect(request.headers["content-type"]).toBe("application/json")
			expect(request.body).toBe(withTier(BODIES[expectedFormat][delivery], api === "converse" ? sent : null))
			expect(Object.entries(request.headers).filter(([name]) => name.includes("tier"))).toEqual(
				api === "invoke-model" && sent !== null ? [["x-amzn-bedrock-service-tier", sent]] : [],
			)
			expect(request.unknownMembers).toEqual([])
			// Every failure was classified.
			if (typeof failure === "object" && failure !== null) expect(ProviderFailure.is(failure)).toBe(true)
		})
	})
})
