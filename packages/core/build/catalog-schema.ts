import * as z from "zod"
import { PRICE_FIELDS } from "../src/prices/price-card"
import { ROUTES } from "../src/models/route"
import {
	BEDROCK_APIS,
	SELECTABLE_TIERS,
	SERVICE_TIERS,
	TIER_SUPPORT,
	type TierSupport,
} from "../src/tiers/service-tier"

/** Strict schemas of the files in `data/`: an unknown or misspelled key is an error. */

const PAID_TIERS = SERVICE_TIERS.filter((tier) => tier !== "default")

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const region = z.string().regex(/^[a-z]{2}(-[a-z]+){1,3}-\d{1,2}$/)
const regions = z.array(region)
/** USD per million tokens. The maximum is far above all known prices, but below any that is 1,000 times too high. */
const price = z.number().positive().max(1_000).nullable()
/** AWS lists some cache writes at zero. */
const cacheWritePrice = z.number().nonnegative().max(1_000).nullable()
const apis = z.array(z.enum(BEDROCK_APIS)).min(1)
/** Tiers of one API. A tier that is not listed is not supported. */
const support = z.strictObject(
	Object.fromEntries(PAID_TIERS.map((tier) => [tier, z.enum(TIER_SUPPORT).default("no")])) as Record<
		(typeof PAID_TIERS)[number],
		z.ZodDefault<z.ZodEnum<{ [Support in TierSupport]: Support }>>
	>,
)

export const sourcesSchema = z.record(
	z.string().regex(/^[a-z0-9-]+$/),
	z.strictObject({ title: z.string().min(1), readThrough: z.string().min(1) }),
)

export const modelSchema = z.strictObject({
	id: z.string().regex(/^[a-z0-9-]+\.[a-z0-9.-]+(:\d+)?$/),
	name: z.string().min(1),
	provider: z.string().min(1),
	contextWindow: z.int().positive().nullable(),
	maxOutputTokens: z.int().positive().nullable(),
	images: z.boolean().nullable(),
	reasoning: z.union([z.enum(["budget", "effort", "adaptive", "always"]), z.literal(false), z.null()]),
	promptCaching: z
		.strictObject({
			minTokens: z.int().positive(),
			maxPoints: z.int().positive(),
			fields: z.array(z.enum(["messages", "system", "tools"])).min(1),
			lifetimes: z.array(z.enum(["5m", "1h"])).min(1),
		})
		.nullable(),
	automaticCaching: z
		.strictObject({
			minTokens: z.int().positive().nullable(),
			lifetimeMinutes: z.int().positive().nullable(),
			apis,
		})
		.nullable(),
	apis,
	tiers: z.strictObject({ converse: support, "invoke-model": support, "chat-completions": support }),
	routes: z.strictObject({
		inRegion: regions,
		geo: z.array(z.strictObject({ prefix: z.string().regex(/^[a-z-]+$/), sourceRegions: regions.min(1) })),
		global: regions,
	}),
	lifecycle: z.strictObject({
		status: z.enum(["active", "preview", "legacy", "retired"]),
		endOfLife: isoDate.nullable(),
	}),
	sources: z.array(z.string()).min(1),
	note: z.string().min(1).optional(),
})

export const priceRowSchema = z.strictObject({
	route: z.enum(ROUTES),
	region: z.union([region, z.literal("*")]),
	tier: z.enum(SELECTABLE_TIERS),
	fromPromptTokens: z.int().positive().optional(),
	belowPromptTokens: z.int().positive().optional(),
	inputUsdPerMTok: price,
	outputUsdPerMTok: price,
	cacheReadUsdPerMTok: price,
	cacheWriteUsdPerMTok: cacheWritePrice,
	cacheWrite1hUsdPerMTok: price,
	source: z.string(),
	checkedOn: isoDate,
	derived: z.array(z.enum(PRICE_FIELDS)),
	/** What the source printed differently, or why a price is zero. Not included in the generated module. */
	note: z.string().min(1).optional(),
	/** Why AWS charges something other than the tier's factor times the base price. */
	offRule: z.string().min(1).optional(),
})

export const pricesSchema = z.strictObject({
	modelId: z.string(),
	/** Tiers that the model supports, or may support, and that have no published price. */
	unpriced: z
		.array(z.strictObject({ tiers: z.array(z.enum(SELECTABLE_TIERS)).min(1), reason: z.string().min(1) }))
		.optional(),
	/** Places from which an offered model can be called, and whose Standard price is not known. */
	unpricedPlaces: z
		.array(z.strictObject({ route: z.enum(ROUTES), regions: regions.min(1), reason: z.string().min(1) }))
		.optional(),
	/** Set when AWS rounds the model's Flex and Priority prices to two decimals (`tierPriceRule`). */
	roundedTierPrices: z.literal(true).optional(),
	rows: z.array(priceRowSchema),
})

export type AuthoredModel = z.infer<typeof modelSchema>
export type AuthoredPrices = z.infer<typeof pricesSchema>
export type AuthoredPriceRow = z.infer<typeof priceRowSchema>
export type AuthoredSources = z.infer<typeof sourcesSchema>
