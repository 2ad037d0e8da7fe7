const PROTOCOLS: readonly string[] = ["https:", "mailto:"]

/**
 * URL of a link in normalized form, in which a look-alike host name is shown in its "xn--…" form. `null` when the link
 * is not allowed: other protocols run or open something, a relative URL has no target, and a user name hides the host.
 */
export function safeUrl(text: string): string | null {
	if (!URL.canParse(text)) return null
	const { protocol, username, password, href } = new URL(text)
	return PROTOCOLS.includes(protocol) && username === "" && password === "" ? href : null
}
