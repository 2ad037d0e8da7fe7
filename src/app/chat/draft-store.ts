import { draftSchema, receive, type Draft, type ToWebview } from "@bedrock-tiers/protocol"
import type { KeyValueStore } from "../ports"

const DRAFT_KEY = "draft"

export type DraftStoreDependencies = {
	/** This window's own. */
	readonly window: KeyValueStore
	readonly post: (message: ToWebview) => void
}

/** The question that nobody has sent yet: a window that is reloaded finds it as it was. */
export class DraftStore {
	readonly #dependencies: DraftStoreDependencies

	constructor(dependencies: DraftStoreDependencies) {
		this.#dependencies = dependencies
	}

	async keep(draft: Draft): Promise<void> {
		try {
			await this.#dependencies.window.set(DRAFT_KEY, draft)
		} catch {
			// The page has it, too, and a word about it with every few letters would help nobody.
		}
	}

	/** Says nothing where nothing was kept, or what was kept does not fit. */
	post(): void {
		const { window, post } = this.#dependencies
		const received = receive(draftSchema, window.get(DRAFT_KEY))
		if (received.ok) post({ type: "draft", draft: received.message })
	}
}
