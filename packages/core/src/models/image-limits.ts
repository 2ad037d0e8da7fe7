import { MAX_REQUEST_BYTES } from "./prompt-limits"

/** Maximum number of images in one Converse message. Source: client-bedrock-runtime 3.1164, Message.content. */
export const MAX_IMAGES_PER_MESSAGE = 20
/**
 * Maximum size of an image in bytes. The source (client-bedrock-runtime 3.1164, Message.content) says 3.75 MB, which is
 * read as 3.75 MiB, the larger of the two.
 */
export const MAX_IMAGE_BYTES = 3_932_160
/** Maximum width and height of an image in pixels. Source: client-bedrock-runtime 3.1164, Message.content. */
export const MAX_IMAGE_SIDE = 8_000

/** Why images are not sent: not accepted by the model, acceptance unknown, too many, or too large together. */
export type ImageRefusal = "not-taken" | "not-known" | "too-many" | "too-large-together"

/** Number of base64 characters that encode this many bytes. */
export function base64Length(bytes: number): number {
	return Math.ceil(bytes / 3) * 4
}

/**
 * Why the images of a message cannot be sent; `null` when they can, judging by their number and size.
 * @param takesImages whether the model accepts images, according to the catalog; `null` when not known
 * @param otherBytes size of the rest of the request, in bytes
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
