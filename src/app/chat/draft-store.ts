import { draftSchema, receive, type Draft, type ToWebview } from "@bedrock-tiers/protocol"
import type { KeyValueStore } from "../ports"

const DRAFT_KEY = "draft"

export type DraftStoreDependencies = {
	/** State of this window only. */
	readonly window: KeyValueStore
	readonly post: (message: ToWebview) => void
}

/** Stores the unsent question, so that it survives a window reload. */
export class DraftStore {
	readonly #dependencies: DraftStoreDependencies

	constructor(dependencies: DraftStoreDependencies) {
		this.#dependencies = dependencies
	}

	async save(draft: Draft): Promise<void> {
		try {
			await this.#dependencies.window.set(DRAFT_KEY, draft)
		} catch {
			// The webview stores the draft, too, and an error message after every few keystrokes would be useless.
		}
	}

	/** Posts the stored draft, if there is a valid one. */
	post(): void {
		const { window, post } = this.#dependencies
		const received = receive(draftSchema, window.get(DRAFT_KEY))
		if (received.ok) post({ type: "draft", draft: received.message })
	}
}
