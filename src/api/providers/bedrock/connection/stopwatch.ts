import type { RequestTiming } from "@bedrock-tiers/core"

/** Times one attempt, starting when it is handed to the connection. */
export class Stopwatch {
	#sentAt: number | null = null
	#firstTokenAt: number | null = null

	get isSent(): boolean {
		return this.#sentAt !== null
	}

	recordSent(): void {
		this.#sentAt ??= performance.now()
	}

	/** Called for each event with content; only the first call counts. */
	recordToken(): void {
		this.#firstTokenAt ??= performance.now()
	}

	/** `null` when nothing was sent. */
	read(): RequestTiming | null {
		if (this.#sentAt === null) return null
		const since = (time: number) => Math.max(0, Math.round(time - (this.#sentAt ?? time)))
		return {
			firstTokenMs: this.#firstTokenAt === null ? null : since(this.#firstTokenAt),
			totalMs: since(performance.now()),
		}
	}
}
