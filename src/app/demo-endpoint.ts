import { isAllowedEndpoint } from "@bedrock-tiers/protocol"

/** Set by `npm start`: where the local emulator listens. */
const DEMO_ENDPOINT_VARIABLE = "BEDROCK_TIERS_DEMO_ENDPOINT"

/** The emulator's address; undefined when none runs, or when what is set is not on this machine. */
export function demoEndpoint(environment: Readonly<Record<string, string | undefined>>): string | undefined {
	const endpoint = environment[DEMO_ENDPOINT_VARIABLE]
	return endpoint?.startsWith("http:") && isAllowedEndpoint(endpoint) ? endpoint : undefined
}
