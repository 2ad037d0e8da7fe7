import { isAllowedEndpoint } from "@bedrock-tiers/protocol"

type Environment = Readonly<Record<string, string | undefined>>

/** The local emulator's address, set by `npm start`; undefined when none runs. */
export function demoEndpoint(environment: Environment): string | undefined {
	return loopbackUrl(environment.BEDROCK_TIERS_DEMO_ENDPOINT)
}

/** Another place with AWS's price list, for tests; undefined = AWS's own. */
export function priceListUrl(environment: Environment): string | undefined {
	return loopbackUrl(environment.BEDROCK_TIERS_PRICE_LIST_URL)
}

/** An environment variable may lead to this machine, and nowhere else. */
function loopbackUrl(text: string | undefined): string | undefined {
	return text?.startsWith("http:") && isAllowedEndpoint(text) ? text : undefined
}
