/**
 * Loads the Bedrock provider, which contains the AWS SDK, shortly before the first request. The build emits it as a
 * separate bundle (dist/bedrock.cjs), because loading it costs more than loading all other code.
 */
export function loadBedrock(): Promise<typeof import("./providers/bedrock")> {
	return import("./providers/bedrock")
}
