import { REQUEST_APIS, SERVICE_TIERS, type RequestApi, type RouteSetting, type ServiceTier } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { ProviderFailure } from "../../provider-failure"
import { emulatedBedrock, GPT_OSS, KIMI, NOVA_2, NOVA_PRO, play, SONNET } from "./invoke-model/testing/emulated-bedrock"

/**
 * Every API, in a stream and in one piece, with every tier and every kind of id: the real AWS SDK talks to a real socket,
 * and the bytes that arrive are read. The SDK silently drops members that it does not know, so nothing less would prove
 * anything. What no test here can show is that AWS itself accepts them.
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
	readonly what: string
	readonly modelId: string
	/** Absent = us-east-1. */
	readonly region?: string
	/** Absent = auto. */
	readonly route?: RouteSetting
	/** What Bedrock is given; absent = the id as typed. */
	readonly called?: string
	/** Tiers that go on the wire when they are chosen. Standard never does. */
	readonly takes: readonly ServiceTier[]
	/** What InvokeModel is asked in; null = not known, so that nothing is sent. */
	readonly speaks: "chat" | "nova" | "claude" | null
}

const PAID = ["flex", "priority"] as const
const CHAT = { takes: PAID, speaks: "chat" } as const
const NOVA = { takes: PAID, speaks: "nova" } as const
/** Claude takes no paid tier, but a reservation. */
const CLAUDE = { takes: ["reserved"], speaks: "claude" } as const
/** Kimi K3 takes tiers through chat completions only, which is an API of its own. */
const KIMI_K3 = { takes: [], speaks: "chat" } as const
/** What the catalog does not know gets the tier as chosen: Bedrock decides. */
const UNKNOWN = { takes: ["flex", "priority", "reserved"], speaks: null } as const

const KINDS: readonly Kind[] = [
	{ what: "a bare id", modelId: GPT_OSS, ...CHAT },
	{ what: "a bare id", modelId: NOVA_PRO, ...NOVA },
	{ what: "a bare id", modelId: SONNET, region: "eu-west-2", ...CLAUDE },
	{ what: "a bare id of a model without tiers", modelId: "amazon.nova-lite-v1:0", takes: [], speaks: "nova" },
	{ what: "a bare id in GovCloud", modelId: GPT_OSS, region: GOV, ...CHAT },
	{ what: "a bare id that the catalog does not know", modelId: "acme.new-model-1:0", ...UNKNOWN },

	{ what: "a bare id by its geo profile", modelId: NOVA_2, called: `us.${NOVA_2}`, ...NOVA },
	{ what: "a bare id by its geo profile", modelId: SONNET, called: `us.${SONNET}`, ...CLAUDE },
	{ what: "a bare id by its geo profile", modelId: KIMI, called: `us.${KIMI}`, ...KIMI_K3 },
	{
		what: "GovCloud's geo profile",
		modelId: GPT_OSS,
		region: GOV,
		route: "geo",
		called: `us-gov.${GPT_OSS}`,
		...CHAT,
	},
	{ what: "a geo profile in full", modelId: `us.${NOVA_PRO}`, ...NOVA },
	{ what: "a geo profile in full", modelId: `eu.${NOVA_PRO}`, region: "eu-west-1", ...NOVA },

	{ what: "the global profile", modelId: NOVA_2, route: "global", called: `global.${NOVA_2}`, ...NOVA },
	{ what: "the global profile", modelId: SONNET, route: "global", called: `global.${SONNET}`, ...CLAUDE },
	{ what: "the global profile", modelId: KIMI, route: "global", called: `global.${KIMI}`, ...KIMI_K3 },
	{ what: "a global profile in full", modelId: `global.${NOVA_2}`, ...NOVA },

	{ what: "a foundation model's ARN", modelId: arn("foundation-model", GPT_OSS), ...CHAT },
	{ what: "a foundation model's ARN", modelId: arn("foundation-model", NOVA_PRO), ...NOVA },
	{ what: "a foundation model's ARN", modelId: arn("foundation-model", SONNET, "eu-west-2"), ...CLAUDE },
	{ what: "a foundation model's ARN in GovCloud", modelId: arn("foundation-model", NOVA_PRO, GOV), ...NOVA },
	{ what: "a foundation model's ARN in China", modelId: arn("foundation-model", GPT_OSS, CHINA), ...CHAT },

	{ what: "a geo profile's ARN", modelId: arn("inference-profile", `us.${NOVA_PRO}`), ...NOVA },
	{ what: "a geo profile's ARN", modelId: arn("inference-profile", `us.${SONNET}`), ...CLAUDE },
	{ what: "a geo profile's ARN", modelId: arn("inference-profile", `us.${KIMI}`), ...KIMI_K3 },
	{ what: "a geo profile's ARN in GovCloud", modelId: arn("inference-profile", `us-gov.${GPT_OSS}`, GOV), ...CHAT },
	{ what: "a global profile's ARN", modelId: arn("inference-profile", `global.${NOVA_2}`), ...NOVA },

	{ what: "an application profile's ARN", modelId: arn("application-inference-profile", "novapro0001"), ...NOVA },
	{
		what: "an application profile over regions",
		modelId: arn("application-inference-profile", "novageo0001"),
		...NOVA,
	},
	{ what: "a global application profile", modelId: arn("application-inference-profile", "novaglo0001"), ...NOVA },
	{
		what: "an application profile's ARN in GovCloud",
		modelId: arn("application-inference-profile", "novapro0002", GOV),
		...NOVA,
	},

	{ what: "a prompt router's ARN", modelId: arn("prompt-router", "novapro1"), ...UNKNOWN },
	{ what: "a default prompt router's ARN", modelId: arn("default-prompt-router", "novageo:1"), ...UNKNOWN },
	{ what: "an imported model's ARN", modelId: arn("imported-model", "a1b2c3d4e5f6"), ...UNKNOWN, speaks: "chat" },
	...["us-east-1", GOV, CHINA].flatMap((region) =>
		["provisioned-model", "custom-model", "custom-model-deployment"].map((kind) => ({
			what: `the ARN of a ${kind} in ${region}`,
			modelId: arn(kind, "a1b2c3d4e5f6", region),
			...UNKNOWN,
		})),
	),
	{
		what: "a marketplace endpoint's ARN",
		modelId: arn("endpoint", "my-endpoint", "us-east-1", "sagemaker"),
		...UNKNOWN,
	},
]

const TURN = '{"role":"user","content":[{"text":"Hello"}]}'
const CLAUDE_TURN = '{"role":"user","content":[{"type":"text","text":"Hello"}]}'
const CLAUDE_START = '{"anthropic_version":"bedrock-2023-05-31","max_tokens":64000,'

/** What is asked, with the system prompt "Be brief." and without one; the tier is not in it. */
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

const OPERATIONS = REQUEST_APIS.flatMap((api) => (["stream", "whole"] as const).map((way) => [api, way] as const))

/** Sends, and forgets the answer: some kinds the emulator does not have, and it reserves nothing. */
async function send(kind: Kind, api: RequestApi, way: "stream" | "whole", tier: ServiceTier): Promise<unknown> {
	const { modelId, region = "us-east-1", route = "auto" } = kind
	const handler = bedrock.handler(tier, { api, modelId, region, route, maxAttempts: 1 })
	if (way === "stream") return (await play(handler)).failure
	const failure: unknown = await handler.completePrompt("Hello").catch((error: unknown) => error)
	handler.dispose()
	return failure
}

function withTier(body: string, tier: ServiceTier | null): string {
	return tier === null ? body : body.replace(/}$/, `,"serviceTier":{"type":"${tier}"}}`)
}

const signedFor = (authorization = "") => /Credential=[^/]+\/\d+\/([^/]+)\/bedrock/.exec(authorization)?.[1]

describe.each(OPERATIONS)("%s, in a %s", (api, way) => {
	describe.each(KINDS.map((kind) => [kind.what, kind.modelId, kind] as const))("%s: %s", (_, modelId, kind) => {
		const spoken = api === "converse" ? "converse" : kind.speaks

		it.each(SERVICE_TIERS)("%s", async (tier) => {
			const failure = await send(kind, api, way, tier)
			// An application profile may be looked up before; that carries nothing of the request.
			const requests = bedrock.emulator().requests.filter(({ method }) => method === "POST")
			if (spoken === null) {
				expect(failure).toMatchObject({ code: "bad-input" })
				expect(requests).toEqual([])
				return
			}
			const [request, ...more] = requests
			if (!request || more.length > 0) throw new Error("not one request arrived", { cause: failure })
			const sent = kind.takes.includes(tier) ? tier : null
			const region = modelId.startsWith("arn:") ? modelId.split(":")[3] : (kind.region ?? "us-east-1")
			expect(decodeURIComponent(request.path)).toBe(`/model/${kind.called ?? modelId}/${ACTIONS[api][way]}`)
			expect(signedFor(request.headers.authorization)).toBe(region)
			expect(request.headers["content-type"]).toBe("application/json")
			expect(request.body).toBe(withTier(BODIES[spoken][way], api === "converse" ? sent : null))
			expect(Object.entries(request.headers).filter(([name]) => name.includes("tier"))).toEqual(
				api === "invoke-model" && sent !== null ? [["x-amzn-bedrock-service-tier", sent]] : [],
			)
			expect(request.unknownMembers).toEqual([])
			// Whatever came back was understood.
			if (typeof failure === "object" && failure !== null) expect(ProviderFailure.is(failure)).toBe(true)
		})
	})
})
