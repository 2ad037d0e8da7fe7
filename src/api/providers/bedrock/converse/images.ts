import type { ContentBlock, ImageFormat } from "@aws-sdk/client-bedrock-runtime"
import type { ImageBlock } from "../../../provider-contract"

/** Decodes a repaired image, whose media type is that of its bytes. */
export function toImage({ source }: ImageBlock): ContentBlock.ImageMember {
	const format = source.media_type.replace("image/", "") as ImageFormat
	return { image: { format, source: { bytes: Buffer.from(source.data, "base64") } } }
}
