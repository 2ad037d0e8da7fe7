import { detail } from "@bedrock-tiers/error-details"
import { isLoopbackEndpoint } from "@bedrock-tiers/protocol"
import { badInput } from "../../../provider-failure"
import type { ProxySettings } from "../../../provider-contract"

type Environment = Readonly<Record<string, string | undefined>>

/** Proxy of one request. */
export type Proxy = {
	readonly url: URL
	/** Value of the `Proxy-Authorization` header; `null` for the user name and password in the URL, if any. */
	readonly authorization: string | null
	/** Whether the certificate of an https proxy is checked. The certificate behind the proxy always is. */
	readonly checksCertificate: boolean
}

const FROM_ENVIRONMENT: ProxySettings = {
	enabled: true,
	url: null,
	noProxy: null,
	authorization: null,
	checksCertificate: true,
}

/**
 * Returns the proxy for an address, or `null` for a direct connection. The settings have precedence over the variables
 * HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in lower or upper case. Addresses on this machine have no proxy.
 * @param address origin of the request
 * @throws ProviderFailure `bad-input` when the proxy's address is invalid; it is not quoted, as it can have a password
 */
export function proxyFor(
	address: string,
	settings: ProxySettings = FROM_ENVIRONMENT,
	environment: Environment = process.env,
): Proxy | null {
	const variable = (name: string) => environment[name.toLowerCase()]?.trim() || environment[name]?.trim() || null
	if (!settings.enabled || isLoopbackEndpoint(address)) return null
	const text = settings.url?.trim() || variable("HTTPS_PROXY") || variable("HTTP_PROXY")
	const excluded = settings.noProxy ?? variable("NO_PROXY")?.split(/[\s,]+/) ?? []
	if (!text || isExcluded(new URL(address), excluded)) return null
	return {
		url: readProxyUrl(text),
		authorization: settings.authorization,
		checksCertificate: settings.checksCertificate,
	}
}

function readProxyUrl(text: string): URL {
	const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
	const url = URL.canParse(withScheme) ? new URL(withScheme) : null
	if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === "")
		throw badInput(detail("request.proxy-invalid"))
	return url
}

/** An entry is `*`, a host, or a domain (with or without `.` or `*.`) that covers its subdomains; each may have a port. */
function isExcluded({ hostname, port, protocol }: URL, entries: readonly string[]): boolean {
	const host = hostname.toLowerCase().replace(/^\[|\]$/g, "")
	const usedPort = port || (protocol === "https:" ? "443" : "80")
	return entries.some((entry) => {
		if (entry.trim() === "*") return true
		const [, name = "", excludedPort] = /^(?:\*?\.)?\[?(.*?)\]?(?::(\d+))?$/.exec(entry.trim().toLowerCase()) ?? []
		if (name === "" || (excludedPort !== undefined && excludedPort !== usedPort)) return false
		return host === name || host.endsWith(`.${name}`)
	})
}
