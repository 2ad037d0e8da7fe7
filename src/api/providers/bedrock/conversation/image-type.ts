import type { ImageFormat } from "@aws-sdk/client-bedrock-runtime"
import { detail } from "@bedrock-tiers/error-details"
import type { ImageBlock } from "../../../provider-contract"
import { badInput } from "../../../provider-failure"

/**
 * Formats that Bedrock accepts, with their first bytes in hex. Source: Converse API, ImageFormat
 * (client-bedrock-runtime 3.1164).
 */
const FIRST_BYTES = {
	png: "89504e470d0a1a0a",
	jpeg: "ffd8ff",
	gif: "47494638",
	webp: "52494646",
} as const satisfies Record<ImageFormat, string>
const FORMATS = Object.keys(FIRST_BYTES) as ImageFormat[]

const BASE64 = /^[A-Za-z0-9+/\s]+(?:=\s*){0,2}$/

/**
 * Returns the image with the media type of its bytes, whatever type it declares. Throws a `bad-input` failure that says
 * what is wrong, before anything is sent.
 */
export function withMediaType(image: ImageBlock): ImageBlock {
	const { source } = image
	if (source.type !== "base64") throw badInput(detail("request.image-is-url"))
	if (!BASE64.test(source.data)) throw badInput(detail("request.image-not-base64"))
	const format = formatOf(Buffer.from(source.data.slice(0, 64), "base64"))
	if (!format) throw unsupported(source.media_type)
	const media_type = `image/${format}`
	return media_type === source.media_type ? image : { ...image, source: { ...source, media_type } }
}

function formatOf(bytes: Buffer): ImageFormat | undefined {
	const start = bytes.toString("hex", 0, 12)
	return FORMATS.find((format) => start.startsWith(FIRST_BYTES[format]))
}

function unsupported(mediaType: string) {
	const declared = FORMATS.find((format) => mediaType === `image/${format}`)
	return badInput(
		declared
			? detail("request.image-type-differs", { format: declared.toUpperCase() })
			: detail("request.image-type-invalid", { mediaType }),
	)
}
