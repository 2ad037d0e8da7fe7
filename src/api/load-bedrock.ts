/**
 * The Bedrock provider with the AWS SDK in it, loaded when the first request is near. The build makes it a file of its
 * own (dist/bedrock.cjs), since loading it costs more than all the rest.
 */
export function loadBedrock(): Promise<typeof import("./providers/bedrock")> {
	return import("./providers/bedrock")
}
