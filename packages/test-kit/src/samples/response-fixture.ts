import { readFileSync } from "node:fs"
import { join } from "node:path"
import { EventStreamCodec } from "@smithy/core/event-streams"
import { fromUtf8, toUtf8 } from "@smithy/core/serde"
import type { RequestApi, ServiceTier } from "@bedrock-tiers/core"
import type { ApiStreamChunk } from "../../../../src/api/provider-contract"

/**
 * One answer as AWS sends it, frame by frame, and what each frame means, written by hand from AWS's documents. What is
 * expected of the product is computed from these meanings alone.
 */
export type Fixture = {
	readonly about: string
	readonly api: RequestApi
	readonly modelId: string
	/** What is asked for. */
	readonly serviceTier: ServiceTier
	/** InvokeModel tells the served tier in a header. */
	readonly headerTier: string | null
	/** Of the served tier, in USD per million tokens. */
	readonly usdPerMTok: Readonly<Record<Counted, number | null>>
	readonly frames: readonly Frame[]
	/** Other counts, as a further report of the same answer. */
	readonly secondReport: Frame
}

export type Frame = {
	readonly headers: Readonly<Record<string, string>>
	/** Converse: the event's own members. */
	readonly payload?: JsonMembers
	/** InvokeModel: the model's own words, which go as base64 in the member `bytes`. */
	readonly chunk?: JsonMembers
	/** The padding beside the base64. */
	readonly p?: string
	readonly brings?: readonly Content[]
	readonly tells?: Tells
}

export type JsonMembers = Readonly<Record<string, unknown>>
/** `inTheAnswer`: what it reads once the answer has begun, where tags are the answer's own. */
export type Content = ApiStreamChunk & { readonly inTheAnswer?: string }

export type Tells = {
	readonly stopReason?: string
	/** The model's own counts; later ones stand over earlier ones. */
	readonly own?: Partial<Counts>
	/** The own counts are whole with this frame. */
	readonly reports?: boolean
	/** Bedrock's counts, which stand in where the model reports none. */
	readonly bedrock?: Counts
	readonly servedTier?: string
}

export const COUNTED = ["input", "output", "cacheRead", "cacheWrite", "cacheWrite1h"] as const
type Counted = (typeof COUNTED)[number]
export type Counts = {
	readonly inputTokens: number
	readonly outputTokens: number
	readonly cacheReadTokens: number
	readonly cacheWriteTokens: number
	readonly cacheWrite1hTokens: number
}

export const FIXTURES = [
	"converse-text",
	"converse-thinking-tools",
	"invoke-anthropic",
	"invoke-chat-completions",
	"invoke-nova",
] as const

export function readFixture(name: (typeof FIXTURES)[number]): Fixture {
	return JSON.parse(readFileSync(join(import.meta.dirname, "responses", `${name}.json`), "utf8")) as Fixture
}

const codec = new EventStreamCodec(toUtf8, fromUtf8)

/** The frame's bytes: lengths, headers, payload, both checksums. */
export function encodeFrame({ headers, payload, chunk, p }: Frame, text?: string): Uint8Array {
	const words = chunk === undefined ? text : undefined
	const inside = chunk === undefined ? undefined : Buffer.from(text ?? JSON.stringify(chunk)).toString("base64")
	return codec.encode({
		headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { type: "string", value }])),
		body: fromUtf8(words ?? JSON.stringify(inside === undefined ? payload : { bytes: inside, p })),
	})
}
