import type { ContentBlock } from "@aws-sdk/client-bedrock-runtime"
import { detail } from "@bedrock-tiers/error-details"
import type { ImageBlock } from "../../../provider-contract"
import { badInput } from "../../../provider-failure"
import { formatOf } from "../conversation/image-type"

/** Decodes a repaired image. */
export function toImage({ source }: ImageBlock): ContentBlock.ImageMember {
	const bytes = Buffer.from(source.data, "base64")
	const format = formatOf(bytes)
	if (!format) throw badInput(detail("request.image-type-invalid", { mediaType: source.media_type }))
	return { image: { format, source: { bytes } } }
}
