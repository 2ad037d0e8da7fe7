import { readFileSync } from "node:fs"
import { join } from "node:path"
import { EventStreamCodec } from "@smithy/core/event-streams"
import { fromUtf8, toUtf8 } from "@smithy/core/serde"
import type { RequestApi, ServiceTier } from "@bedrock-tiers/core"
import type { ApiStreamChunk } from "../../../../src/api/provider-contract"

/**
 * One response as AWS sends it, frame by frame, with the meaning of each frame. Written by hand from AWS's
 * documentation. The expected results of the tests are computed from these meanings alone.
 */
export type Fixture = {
	readonly about: string
	readonly api: RequestApi
	readonly modelId: string
	/** Requested tier. */
	readonly serviceTier: ServiceTier
	/** Served tier in InvokeModel's response header; `null` without such a header. */
	readonly headerTier: string | null
	/** Prices of the served tier, in USD per million tokens; `null` when not priced. */
	readonly usdPerMTok: Readonly<Record<Counted, number | null>>
	readonly frames: readonly Frame[]
	/** A frame that reports the usage again, with different counts. */
	readonly secondReport: Frame
}

export type Frame = {
	readonly headers: Readonly<Record<string, string>>
	/** Converse: members of the event. */
	readonly payload?: JsonMembers
	/** InvokeModel: the model's native response chunk, sent as base64 in the member `bytes`. */
	readonly chunk?: JsonMembers
	/** Padding member next to `bytes`. */
	readonly p?: string
	/** Content chunks that the provider yields for this frame. */
	readonly content?: readonly Content[]
	readonly metadata?: Metadata
}

export type JsonMembers = Readonly<Record<string, unknown>>
/**
 * `textAfterAnswerStart`: the text that this chunk becomes once the answer has begun, when reasoning tags are part of
 * the answer.
 */
export type Content = ApiStreamChunk & { readonly textAfterAnswerStart?: string }

export type Metadata = {
	readonly stopReason?: string
	/** Token counts reported by the model; later counts overwrite earlier ones. */
	readonly modelCounts?: Partial<Counts>
	/** Whether the model's counts are complete with this frame. */
	readonly countsComplete?: boolean
	/** Token counts reported by Bedrock, used when the model reports none. */
	readonly bedrockCounts?: Counts
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

/**
 * Encodes a frame: lengths, headers, payload, both checksums.
 * @param text replaces the JSON of the payload or of the chunk
 */
export function encodeFrame({ headers, payload, chunk, p }: Frame, text?: string): Uint8Array {
	const payloadText = chunk === undefined ? text : undefined
	const chunkBase64 = chunk === undefined ? undefined : Buffer.from(text ?? JSON.stringify(chunk)).toString("base64")
	return codec.encode({
		headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { type: "string", value }])),
		body: fromUtf8(payloadText ?? JSON.stringify(chunkBase64 === undefined ? payload : { bytes: chunkBase64, p })),
	})
}
