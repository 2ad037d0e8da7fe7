import { currentTranslation } from "@bedrock-tiers/core"

/**
 * Loads the Bedrock provider, which contains the AWS SDK, shortly before the first request. The build emits it as a
 * separate bundle (dist/bedrock.cjs), because loading it costs more than loading all other code.
 */
export async function loadBedrock(): Promise<typeof import("./providers/bedrock")> {
	const bedrock = await import("./providers/bedrock")
	bedrock.setTranslation(currentTranslation())
	return bedrock
}
