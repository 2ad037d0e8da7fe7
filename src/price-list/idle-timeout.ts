import { detail } from "@bedrock-tiers/error-details"
import { PriceListFailure } from "./price-list-failure"

/**
 * Waits for a promise. Fails when it takes longer than `idleMs` or the signal aborts.
 * @throws PriceListFailure `stalled` or `cancelled`; `offline` when the work itself fails
 */
export async function withIdleTimeout<T>(
	work: Promise<T>,
	idleMs: number,
	signal: AbortSignal | undefined,
): Promise<T> {
	let timer: NodeJS.Timeout | undefined
	let onAbort: (() => void) | undefined
	const stopped = new Promise<never>((_, reject) => {
		const seconds = idleMs / 1000
		timer = setTimeout(
			() => reject(new PriceListFailure("stalled", detail("price-list.stalled", { seconds }))),
			idleMs,
		)
		onAbort = () => reject(new PriceListFailure("cancelled", detail("price-list.cancelled")))
		if (signal?.aborted) onAbort()
		else signal?.addEventListener("abort", onAbort, { once: true })
	})
	try {
		return await Promise.race([work, stopped])
	} catch (error) {
		if (error instanceof PriceListFailure) throw error
		// The stream may fail because of the abort before this race is rejected.
		if (signal?.aborted) throw new PriceListFailure("cancelled", detail("price-list.cancelled"))
		throw new PriceListFailure("offline", detail("price-list.offline", { reason: causeOf(error) }), {
			cause: error,
		})
	} finally {
		clearTimeout(timer)
		if (onAbort) signal?.removeEventListener("abort", onAbort)
		// The promise that lost the race may still reject; this avoids an unhandled rejection.
		work.catch(() => undefined)
		stopped.catch(() => undefined)
	}
}

function causeOf(error: unknown): string {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
	if (!(cause instanceof Error)) return String(cause)
	return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message
}
