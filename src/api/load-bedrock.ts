import { currentTranslation } from "@bedrock-tiers/core"

/**
 * The Bedrock provider with the AWS SDK in it, loaded when the first request is near. The build makes it a file of its
 * own (dist/bedrock.cjs), since loading it costs more than all the rest.
 */
export async function loadBedrock(): Promise<typeof import("./providers/bedrock")> {
	const bedrock = await import("./providers/bedrock")
	bedrock.setTranslation(currentTranslation())
	return bedrock
}
