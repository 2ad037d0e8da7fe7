import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import { ProxyError } from "./proxy-tunnel"

/** The proxy's failure to connect, if there was one. Over HTTP/2 it is the cause of a cancelled stream. */
export function proxyError(error: unknown): ProxyError | undefined {
	if (!(error instanceof Error)) return undefined
	return [error, error.cause].find((candidate) => candidate instanceof ProxyError)
}

/** Names the proxy by its host, because its address can have a password. */
export function proxyDetail({ proxy, status, cause }: ProxyError): ErrorDetail {
	if (status === 407) return detail("request.proxy-authentication", { proxy })
	if (status !== null) return detail("request.proxy-refused", { proxy, status })
	const { code, message } = cause as NodeJS.ErrnoException
	return detail("request.proxy-unreachable", { proxy, reason: code ?? message })
}
