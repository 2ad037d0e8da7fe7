import type { ConversationChange, ConversationChangeCode } from "../../../provider-contract"

/** Counts what was changed, without its content. */
export class Changes {
	readonly #counts = new Map<ConversationChangeCode, number>()

	count(code: ConversationChangeCode, number = 1): void {
		if (number > 0) this.#counts.set(code, (this.#counts.get(code) ?? 0) + number)
	}

	list(): ConversationChange[] {
		return [...this.#counts].map(([code, count]) => ({ code, params: { count } }))
	}
}
