import type { RequestTiming } from "@bedrock-tiers/core"

/** Times one attempt, from when it goes to the connection. */
export class Stopwatch {
	#sentAt: number | null = null
	#firstTokenAt: number | null = null

	get isSent(): boolean {
		return this.#sentAt !== null
	}

	sent(): void {
		this.#sentAt ??= performance.now()
	}

	/** Called for each event that brings something; the first counts. */
	sawToken(): void {
		this.#firstTokenAt ??= performance.now()
	}

	/** Null = it was not sent. */
	read(): RequestTiming | null {
		if (this.#sentAt === null) return null
		const since = (time: number) => Math.max(0, Math.round(time - (this.#sentAt ?? time)))
		return {
			firstTokenMs: this.#firstTokenAt === null ? null : since(this.#firstTokenAt),
			totalMs: since(performance.now()),
		}
	}
}
