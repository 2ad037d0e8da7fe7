import { detail } from "@bedrock-tiers/error-details"
import { withIdleTimeout } from "./idle-timeout"
import type { PriceList } from "./price-list"
import { PriceListFailure } from "./price-list-failure"
import { IDLE_MS, readPriceList, type ReadOptions } from "./read-price-list"

/**
 * Fetches and reads one bulk file. Redirects are refused, so that the file can only come from the documented URL.
 * @returns `null` when the file does not exist
 * @throws PriceListFailure
 */
export async function fetchPriceList(options: ReadOptions & { readonly url: string }): Promise<PriceList | null> {
	const { url, idleMs = IDLE_MS, signal } = options
	const connection = new AbortController()
	const onAbort = () => connection.abort()
	signal?.addEventListener("abort", onAbort, { once: true })
	try {
		const request = fetch(url, {
			redirect: "manual",
			signal: connection.signal,
			headers: { accept: "application/json" },
		})
		const response = await withIdleTimeout(request, idleMs, signal)
		// The storage behind AWS's price list responds with 403 when the file does not exist.
		if (response.status === 404 || response.status === 403) return null
		if (response.status >= 300 && response.status < 400)
			throw new PriceListFailure("redirected", detail("price-list.redirected", { url }))
		if (response.status !== 200)
			throw new PriceListFailure(
				"http-status",
				detail("price-list.http-status", { url, status: response.status }),
			)
		if (!response.body) throw new PriceListFailure("cut", detail("price-list.no-body", { url }))
		return await readPriceList(response.body, options)
	} finally {
		signal?.removeEventListener("abort", onAbort)
		connection.abort()
	}
}
