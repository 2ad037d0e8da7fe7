const PROTOCOLS: readonly string[] = ["https:", "mailto:"]

/**
 * The address that a link may lead to, in the form in which it is called (a look-alike name shows as the "xn--…" that it is).
 * Null = none: other protocols run or open something, a relative one leads nowhere, a user name hides where it leads.
 */
export function safeAddress(address: string): string | null {
	if (!URL.canParse(address)) return null
	const { protocol, username, password, href } = new URL(address)
	return PROTOCOLS.includes(protocol) && username === "" && password === "" ? href : null
}
