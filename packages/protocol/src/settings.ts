import {
	isApplicationProfile,
	isRegionCode,
	MIN_THINKING_BUDGET,
	modelRefErrorMessage,
	parseModelRef,
	readModelRef,
	REASONING_LEVELS,
	REQUEST_APIS,
	ROUTE_SETTINGS,
	SELECTABLE_TIERS,
	type OwnPrice,
	type DeclaredModel,
} from "@bedrock-tiers/core"
import * as z from "zod/mini"
import { problem } from "./problem"

/** What a person sets, without secrets. Strict: an unknown key is an error, not a silent loss. */

const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * https anywhere, http on loopback only: a prompt must not cross a network in the clear. Without a user name and a
 * password, which would lie in the settings.
 */
export function isAllowedEndpoint(text: string): boolean {
	let url: URL
	try {
		url = new URL(text)
	} catch {
		return false
	}
	if (url.username !== "" || url.password !== "") return false
	return url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK_HOST.test(url.hostname))
}

/** Whether the endpoint is on this machine: an emulator, which answers for the control plane too. */
export function isLoopbackEndpoint(text: string): boolean {
	return isAllowedEndpoint(text) && LOOPBACK_HOST.test(new URL(text).hostname)
}

const nonEmpty = z.string().check(z.minLength(1))

export const regionSchema = z.string().check(z.refine(isRegionCode, problem("is not an AWS region code")))
export const modelIdSchema = z.string().check(
	z.superRefine((text, context) => {
		const ref = readModelRef(text)
		if ("problem" in ref) context.addIssue(modelRefErrorMessage(text, ref))
	}),
)
export const endpointSchema = z
	.string()
	.check(z.refine(isAllowedEndpoint, problem("must be https, or http on this machine")))

/** `http1` goes through VS Code's proxy and certificate settings, which HTTP/2 does not. */
export const HTTP_PROTOCOLS = ["http2", "http1"] as const
export type HttpProtocol = (typeof HTTP_PROTOCOLS)[number]

/** How requests are signed. The keys themselves lie in SecretStorage, never here. */
export const credentialsSchema = z.discriminatedUnion("method", [
	/** The AWS SDK's default chain: environment, SSO, shared files, containers, instance. */
	z.strictObject({ method: z.literal("default-chain") }),
	z.strictObject({
		method: z.literal("profile"),
		profile: z.string().check(z.trim(), z.minLength(1, problem("names no profile"))),
	}),
	/** A Bedrock API key, sent as a bearer token. */
	z.strictObject({ method: z.literal("api-key") }),
	/** An access key pair, with a session token where it is temporary. All of it is secret. */
	z.strictObject({ method: z.literal("static-keys") }),
])
export type Credentials = z.infer<typeof credentialsSchema>
export const CREDENTIAL_METHODS = [
	"default-chain",
	"profile",
	"api-key",
	"static-keys",
] as const satisfies readonly Credentials["method"][]

/** The dearest own price, USD per million tokens: one above it is most likely in another unit. */
export const MAX_OWN_USD_PER_MTOK = 10_000
const unitPrice = z.nullable(
	z
		.number()
		.check(
			z.gte(0, problem("is below {0}", 0)),
			z.lte(MAX_OWN_USD_PER_MTOK, problem("is above {0} USD", MAX_OWN_USD_PER_MTOK)),
		),
)

export const ownPriceSchema = z.strictObject({
	modelId: modelIdSchema,
	tier: z.enum(SELECTABLE_TIERS),
	inputUsdPerMTok: unitPrice,
	outputUsdPerMTok: unitPrice,
	cacheReadUsdPerMTok: unitPrice,
	cacheWriteUsdPerMTok: unitPrice,
	cacheWrite1hUsdPerMTok: unitPrice,
	setOn: z.iso.date(),
}) satisfies z.ZodMiniType<OwnPrice>

export const declaredModelSchema = z.strictObject({
	arn: z
		.string()
		.check(
			z.refine(
				(text) => isApplicationProfile(parseModelRef(text)),
				problem("is not an application profile's ARN"),
			),
		),
	modelId: modelIdSchema.check(
		z.refine((text) => parseModelRef(text)?.kind !== "arn", problem("must be a model id or a profile id")),
	),
}) satisfies z.ZodMiniType<DeclaredModel>

/**
 * What to do when the chosen tier cannot serve (the model refuses it, or it has no room): `standard` = ask again on
 * Standard at once, `ask` = offer that, `stop` = only tell it.
 */
export const TIER_FALLBACKS = ["ask", "standard", "stop"] as const
export type WhenTierCannotServe = (typeof TIER_FALLBACKS)[number]

/** How long a marked prompt stays in the cache; `off` = nothing is marked. A model without the hour gets five minutes. */
export const CACHE_LIFETIMES = ["off", "5m", "1h"] as const
export type CacheLifetime = (typeof CACHE_LIFETIMES)[number]

/** Minutes for which Bedrock may say nothing. */
export const MAX_IDLE_LIMIT_MINUTES = 120

/** The highest limit of a task, in USD: one above it is most likely a slip. */
export const MAX_TASK_LIMIT_USD = 100_000
/** Of a task's limit: from here on the person is warned. */
export const TASK_LIMIT_WARNING_SHARE = 0.8

/** The tier of requests that nobody waits for: titles, summaries. `same` = that of the chat. */
export const BACKGROUND_TIERS = ["same", ...SELECTABLE_TIERS] as const
export type BackgroundTier = (typeof BACKGROUND_TIERS)[number]

/** What a chat is called by. `written` = the model writes a title, in a small background request that is billed. */
export const CHAT_TITLES = ["first-words", "written"] as const
export type ChatTitles = (typeof CHAT_TITLES)[number]

export const profileSettingsSchema = z.strictObject({
	provider: z.literal("bedrock"),
	region: regionSchema,
	modelId: modelIdSchema,
	route: z.enum(ROUTE_SETTINGS),
	serviceTier: z.enum(SELECTABLE_TIERS),
	whenTierCannotServe: z._default(z.enum(TIER_FALLBACKS), "ask"),
	/** Which tiers and models there are differs by it. */
	api: z.enum(REQUEST_APIS),
	credentials: credentialsSchema,
	/** Null = AWS's own endpoint of the region. */
	endpoint: z.nullable(endpointSchema),
	http: z._default(z.enum(HTTP_PROTOCOLS), "http2"),
	/** What application profiles stand for, where AWS may not be asked. One word for each ARN. */
	declaredModels: z._default(
		z
			.array(declaredModelSchema)
			.check(
				z.refine(
					(words) => new Set(words.map(({ arn }) => arn)).size === words.length,
					problem("names an ARN twice"),
				),
			),
		[],
	),
	/** Negotiated, percent off list prices. */
	discountPercent: z.number().check(z.gte(0, problem("is below {0}", 0)), z.lte(100, problem("is above {0}", 100))),
	/** For models whose price no list knows. One for each id and tier. */
	ownPrices: z
		.array(ownPriceSchema)
		.check(
			z.refine(
				(prices) => new Set(prices.map(({ modelId, tier }) => `${modelId} ${tier}`)).size === prices.length,
				problem("has two prices for one model and tier"),
			),
		),
	/** Kept where the model does not think, and not sent. */
	reasoning: z._default(z.enum(REASONING_LEVELS), "off"),
	/** For models that think by a budget; null = a share of the answer's limit. */
	thinkingBudgetTokens: z._default(
		z.nullable(z.int().check(z.gte(MIN_THINKING_BUDGET, problem("is below {0}", MIN_THINKING_BUDGET)))),
		null,
	),
	promptCaching: z._default(z.enum(CACHE_LIFETIMES), "5m"),
	/** Of an answer, thoughts included; null = the model's own limit. */
	maxTokens: z._default(z.nullable(z.int().check(z.gte(1, problem("is below {0}", 1)))), null),
	/** Null = the model's own. 0 is a temperature. */
	temperature: z._default(
		z.nullable(z.number().check(z.gte(0, problem("is below {0}", 0)), z.lte(1, problem("is above {0}", 1)))),
		null,
	),
	/** Null = 5 minutes, 15 for Flex. */
	idleLimitMinutes: z._default(
		z.nullable(
			z
				.number()
				.check(
					z.gte(1, problem("is below {0}", 1)),
					z.lte(MAX_IDLE_LIMIT_MINUTES, problem("is above {0} minutes", MAX_IDLE_LIMIT_MINUTES)),
				),
		),
		null,
	),
	/** USD; null = none. What is known of a task's cost counts. */
	taskLimitUsd: z._default(
		z.nullable(
			z
				.number()
				.check(
					z.gt(0, problem("is not above 0")),
					z.lte(MAX_TASK_LIMIT_USD, problem("is above {0} USD", MAX_TASK_LIMIT_USD)),
				),
		),
		null,
	),
	backgroundTier: z._default(z.enum(BACKGROUND_TIERS), "same"),
	chatTitles: z._default(z.enum(CHAT_TITLES), "first-words"),
})
export type ProfileSettings = z.infer<typeof profileSettingsSchema>

/** `demo`: connection and credentials come from the running emulator, not from the settings. */
export const PROFILE_KINDS = ["aws", "demo"] as const
export const profileSchema = z.strictObject({
	id: nonEmpty,
	name: nonEmpty,
	kind: z.enum(PROFILE_KINDS),
	settings: profileSettingsSchema,
	/** The person was told what Priority costs, and took it. */
	knowsPriority: z.optional(z.literal(true)),
})
export type Profile = z.infer<typeof profileSchema>

export const storedSettingsSchema = z.strictObject({
	version: z.literal(1),
	activeProfileId: nonEmpty,
	profiles: z.array(profileSchema).check(z.minLength(1)),
})
export type StoredSettings = z.infer<typeof storedSettingsSchema>

export const DEFAULT_PROFILE_SETTINGS: ProfileSettings = {
	provider: "bedrock",
	region: "us-east-1",
	modelId: "openai.gpt-oss-120b-1:0",
	route: "auto",
	serviceTier: "default",
	whenTierCannotServe: "ask",
	api: "converse",
	credentials: { method: "default-chain" },
	endpoint: null,
	http: "http2",
	declaredModels: [],
	discountPercent: 0,
	ownPrices: [],
	reasoning: "off",
	thinkingBudgetTokens: null,
	promptCaching: "5m",
	maxTokens: null,
	temperature: null,
	idleLimitMinutes: null,
	taskLimitUsd: null,
	backgroundTier: "same",
	chatTitles: "first-words",
}
