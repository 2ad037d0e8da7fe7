import { isAllowedEndpoint } from "@bedrock-tiers/protocol"

type Environment = Readonly<Record<string, string | undefined>>

/** URL of the local emulator, set by `npm start`; `undefined` when no emulator runs. */
export function demoEndpoint(environment: Environment): string | undefined {
	return loopbackUrl(environment.BEDROCK_TIERS_DEMO_ENDPOINT)
}

/** Base URL of another price list, for tests; `undefined` for AWS's own. */
export function priceListUrl(environment: Environment): string | undefined {
	return loopbackUrl(environment.BEDROCK_TIERS_PRICE_LIST_URL)
}

/** Accepts a loopback URL only, so that an environment variable cannot redirect requests to another machine. */
function loopbackUrl(text: string | undefined): string | undefined {
	return text?.startsWith("http:") && isAllowedEndpoint(text) ? text : undefined
}
