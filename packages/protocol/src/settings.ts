import {
	isApplicationProfile,
	isRegionCode,
	MIN_THINKING_BUDGET,
	normalizeModelId,
	parseModelRef,
	readModelRef,
	REASONING_LEVELS,
	REQUEST_APIS,
	ROUTE_SETTINGS,
	SELECTABLE_TIERS,
	type OwnPrice,
	type DeclaredModel,
} from "@bedrock-tiers/core"
import { modelRefDetail } from "@bedrock-tiers/error-details"
import * as z from "zod/mini"
import { problem } from "./problem"

/** The user's settings, without secrets. The schemas are strict: an unknown key is an error, not a silent loss. */

const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * https is allowed for every host, http for loopback hosts only: a prompt must not cross a network unencrypted. A user
 * name or a password is not allowed, because it would be stored in the settings.
 */
export function isAllowedEndpoint(text: string): boolean {
	if (!URL.canParse(text)) return false
	const url = new URL(text)
	if (url.username !== "" || url.password !== "") return false
	return url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK_HOST.test(url.hostname))
}

/** An allowed endpoint without its query and fragment, which can contain a key of a gateway. */
export function redactEndpoint(endpoint: string): string {
	const { origin, pathname, search, hash } = new URL(endpoint)
	return search === "" && hash === "" ? endpoint : `${origin}${pathname}`
}

/** Whether the endpoint is on this machine: an emulator, which also provides the control plane. */
export function isLoopbackEndpoint(text: string): boolean {
	return isAllowedEndpoint(text) && LOOPBACK_HOST.test(new URL(text).hostname)
}

const nonEmpty = z.string().check(z.minLength(1))

export const regionSchema = z.string().check(z.refine(isRegionCode, problem("region")))
/** A pasted id is stored in its normalized form. */
export const modelIdSchema = z.string().check(
	z.overwrite(normalizeModelId),
	z.superRefine((text, context) => {
		const ref = readModelRef(text)
		if ("problem" in ref) context.addIssue({ code: "custom", params: { detail: modelRefDetail(text, ref) } })
	}),
)
export const endpointSchema = z.string().check(z.refine(isAllowedEndpoint, problem("endpoint")))

/** `http1` uses VS Code's certificate settings, which HTTP/2 does not. Both use its proxy settings. */
export const HTTP_PROTOCOLS = ["http2", "http1"] as const
export type HttpProtocol = (typeof HTTP_PROTOCOLS)[number]

/** How requests are authenticated. The keys themselves are in SecretStorage, never here. */
export const credentialsSchema = z.discriminatedUnion("method", [
	/** The AWS SDK's default chain: environment, SSO, shared files, containers, instance. */
	z.strictObject({ method: z.literal("default-chain") }),
	z.strictObject({
		method: z.literal("profile"),
		profile: z.string().check(z.trim(), z.minLength(1)),
	}),
	/** A Bedrock API key, sent as a bearer token. */
	z.strictObject({ method: z.literal("api-key") }),
	/** An access key pair, with a session token when it is temporary. All parts are secret. */
	z.strictObject({ method: z.literal("static-keys") }),
])
export type Credentials = z.infer<typeof credentialsSchema>
export const CREDENTIAL_METHODS = [
	"default-chain",
	"profile",
	"api-key",
	"static-keys",
] as const satisfies readonly Credentials["method"][]

/** Maximum user-set price in USD per million tokens: a higher price is most likely in another unit. */
export const MAX_OWN_USD_PER_MTOK = 10_000
const unitPrice = z.nullable(z.number().check(z.gte(0), z.lte(MAX_OWN_USD_PER_MTOK)))

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
		.check(z.refine((text) => isApplicationProfile(parseModelRef(text)), problem("not-application-profile"))),
	modelId: modelIdSchema.check(z.refine((text) => parseModelRef(text)?.kind !== "arn", problem("not-a-model-id"))),
}) satisfies z.ZodMiniType<DeclaredModel>

/** Whether no two items have the same key. */
function hasUniqueKeys<Item>(items: readonly Item[], keyOf: (item: Item) => string): boolean {
	return new Set(items.map(keyOf)).size === items.length
}

/**
 * What to do when the requested tier cannot serve (it is refused for the model, or it has no capacity): `standard`
 * retries on Standard at once, `ask` offers that, `stop` only reports the failure.
 */
export const TIER_FALLBACKS = ["ask", "standard", "stop"] as const
export type WhenTierCannotServe = (typeof TIER_FALLBACKS)[number]

/**
 * How long a prompt with cache points stays cached; `off`: no cache points are sent. A model without the 1-hour TTL
 * gets five minutes.
 */
export const CACHE_LIFETIMES = ["off", "5m", "1h"] as const
export type CacheLifetime = (typeof CACHE_LIFETIMES)[number]

/** Maximum idle limit: minutes for which Bedrock may send nothing. */
export const MAX_IDLE_LIMIT_MINUTES = 120

/** Maximum cost limit of a task in USD: a higher limit is most likely a mistake. */
export const MAX_TASK_LIMIT_USD = 100_000
/** Share of a task's cost limit from which the user is warned. */
export const TASK_LIMIT_WARNING_SHARE = 0.8

/** Tier of background requests, for which no user waits: titles, summaries. `same`: the tier of the chat. */
export const BACKGROUND_TIERS = ["same", ...SELECTABLE_TIERS] as const
export type BackgroundTier = (typeof BACKGROUND_TIERS)[number]

/** How a chat gets its title. `written`: the model writes it, in a small background request that is billed. */
export const CHAT_TITLES = ["first-words", "written"] as const

export const profileSettingsSchema = z.strictObject({
	provider: z.literal("bedrock"),
	region: regionSchema,
	modelId: modelIdSchema,
	route: z.enum(ROUTE_SETTINGS),
	serviceTier: z.enum(SELECTABLE_TIERS),
	whenTierCannotServe: z._default(z.enum(TIER_FALLBACKS), "ask"),
	/** The available tiers and models differ by API. */
	api: z.enum(REQUEST_APIS),
	credentials: credentialsSchema,
	/** `null` for AWS's own endpoint of the region. */
	endpoint: z.nullable(endpointSchema),
	http: z._default(z.enum(HTTP_PROTOCOLS), "http2"),
	/** Models behind application inference profiles, for accounts that may not read them from AWS. One per ARN. */
	declaredModels: z._default(
		z
			.array(declaredModelSchema)
			.check(z.refine((models) => hasUniqueKeys(models, ({ arn }) => arn), problem("duplicate-arn"))),
		[],
	),
	/** Negotiated discount in percent of list prices, 0 to 100. */
	discountPercent: z.number().check(z.gte(0), z.lte(100)),
	/** User-set prices for models without a list price. One per model id and tier. */
	ownPrices: z
		.array(ownPriceSchema)
		.check(
			z.refine(
				(prices) => hasUniqueKeys(prices, ({ modelId, tier }) => `${modelId} ${tier}`),
				problem("duplicate-price"),
			),
		),
	/** Stored but not sent when the model does not support reasoning. */
	reasoning: z._default(z.enum(REASONING_LEVELS), "off"),
	/** Tokens, for models with a thinking budget; `null` for a share of the answer's token limit. */
	thinkingBudgetTokens: z._default(z.nullable(z.int().check(z.gte(MIN_THINKING_BUDGET))), null),
	promptCaching: z._default(z.enum(CACHE_LIFETIMES), "5m"),
	/** Token limit of an answer, reasoning included; `null` for the model's own limit. */
	maxTokens: z._default(z.nullable(z.int().check(z.gte(1))), null),
	/** `null` for the model's default. 0 is a valid temperature. */
	temperature: z._default(z.nullable(z.number().check(z.gte(0), z.lte(1))), null),
	/** `null` for 5 minutes, or 15 minutes on Flex. */
	idleLimitMinutes: z._default(z.nullable(z.number().check(z.gte(1), z.lte(MAX_IDLE_LIMIT_MINUTES))), null),
	/** USD; `null` for no limit. The known part of a task's cost counts. */
	taskLimitUsd: z._default(z.nullable(z.number().check(z.gt(0), z.lte(MAX_TASK_LIMIT_USD))), null),
	backgroundTier: z._default(z.enum(BACKGROUND_TIERS), "same"),
	chatTitles: z._default(z.enum(CHAT_TITLES), "first-words"),
})
export type ProfileSettings = z.infer<typeof profileSettingsSchema>

export const profileSchema = z.strictObject({
	id: nonEmpty,
	name: nonEmpty,
	/** `demo`: the connection and the credentials come from the running emulator, not from the settings. */
	kind: z.enum(["aws", "demo"]),
	settings: profileSettingsSchema,
	/** The user was informed of the price of Priority and accepted it. */
	knowsPriority: z.optional(z.literal(true)),
})
export type Profile = z.infer<typeof profileSchema>

export const storedSettingsSchema = z.strictObject({
	version: z.literal(1),
	activeProfileId: nonEmpty,
	profiles: z.array(profileSchema).check(z.minLength(1)),
})
export type StoredSettings = z.infer<typeof storedSettingsSchema>

/** Settings that older versions did not have get their defaults from the schema. */
export const DEFAULT_PROFILE_SETTINGS: ProfileSettings = profileSettingsSchema.parse({
	provider: "bedrock",
	region: "us-east-1",
	modelId: "openai.gpt-oss-120b-1:0",
	route: "auto",
	serviceTier: "default",
	api: "converse",
	credentials: { method: "default-chain" },
	endpoint: null,
	discountPercent: 0,
	ownPrices: [],
} satisfies z.input<typeof profileSettingsSchema>)
