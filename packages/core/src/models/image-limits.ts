import { MAX_REQUEST_BYTES } from "./prompt-limits"

/** Of one message's images through Converse. Source: client-bedrock-runtime 3.1164, Message.content. */
export const MAX_IMAGES_PER_MESSAGE = 20
/** 3.75 MB there; read as the larger of the two megabytes. */
export const MAX_IMAGE_BYTES = 3_932_160
/** Pixels of an image's width, and of its height. Same source. */
export const MAX_IMAGE_SIDE = 8_000

/** Why images are not sent: the model takes none, nobody knows whether it does, or they are too many or too large. */
export const IMAGE_REFUSALS = ["not-taken", "not-known", "too-many", "too-large-together"] as const
export type ImageRefusal = (typeof IMAGE_REFUSALS)[number]

/** Characters that so many bytes have on the wire. */
export function base64Length(bytes: number): number {
	return Math.ceil(bytes / 3) * 4
}

/**
 * Why a message's images cannot be sent; null = they can, as far as their number and size tell.
 * @param takesImages what the catalog says of the model; null = not known
 * @param otherBytes what is on the wire beside them
 */
export function imageRefusal(
	images: readonly { readonly bytes: number }[],
	takesImages: boolean | null,
	otherBytes = 0,
): ImageRefusal | null {
	if (images.length === 0) return null
	if (takesImages === false) return "not-taken"
	if (takesImages === null) return "not-known"
	if (images.length > MAX_IMAGES_PER_MESSAGE) return "too-many"
	const total = images.reduce((sum, { bytes }) => sum + base64Length(bytes), otherBytes)
	return total > MAX_REQUEST_BYTES ? "too-large-together" : null
}
