import type { ContentBlock, ImageFormat } from "@aws-sdk/client-bedrock-runtime"
import { detail } from "@bedrock-tiers/error-details"
import type { ImageBlock } from "../../../provider-contract"
import { badInput } from "../../../provider-failure"

/**
 * Formats that Bedrock accepts, with their first bytes in hex. Source: Converse API, ImageFormat
 * (client-bedrock-runtime 3.1164).
 */
const FORMATS = {
	"image/png": { format: "png", firstBytes: "89504e470d0a1a0a" },
	"image/jpeg": { format: "jpeg", firstBytes: "ffd8ff" },
	"image/gif": { format: "gif", firstBytes: "47494638" },
	"image/webp": { format: "webp", firstBytes: "52494646" },
} as const satisfies Record<string, { format: ImageFormat; firstBytes: string }>

const BASE64 = /^[A-Za-z0-9+/\s]+(?:=\s*){0,2}$/

/** Decodes and checks an image. Throws a `bad-input` failure that says what is wrong, before anything is sent. */
export function toImage({ source }: ImageBlock): ContentBlock.ImageMember {
	if (source.type !== "base64") throw badInput(detail("request.image-is-url"))
	const known = FORMATS[source.media_type as keyof typeof FORMATS]
	if (!known) throw badInput(detail("request.image-type-invalid", { mediaType: source.media_type }))
	if (!BASE64.test(source.data)) throw badInput(detail("request.image-not-base64"))
	const bytes = Buffer.from(source.data, "base64")
	if (!bytes.toString("hex", 0, 12).startsWith(known.firstBytes))
		throw badInput(detail("request.image-type-differs", { format: known.format.toUpperCase() }))
	return { image: { format: known.format, source: { bytes } } }
}
