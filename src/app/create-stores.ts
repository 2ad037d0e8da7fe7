import { join } from "node:path"
import { AttachmentStore } from "./attachments/attachment-store"
import type { ReportProblem } from "./ports"
import { ChatLocks } from "./storage/chat-locks"
import { ChatStore } from "./storage/chat-store"
import { RefreshedPricesStore } from "./storage/refreshed-prices-store"
import { RefusalsStore } from "./storage/refusals-store"

/** Stores that all windows share. */
export type Stores = {
	readonly chats: ChatStore
	/** Which window is answering in which chat. */
	readonly locks: ChatLocks
	readonly attachments: AttachmentStore
	/** Index of the chats. It is a cache and may be deleted at any time. */
	readonly indexFile: string
	readonly prices: RefreshedPricesStore
	readonly refusals: RefusalsStore
}

export type StoresOptions = { readonly reportProblem: ReportProblem; readonly now?: () => Date }

/** Creates the stores below one folder. Settings have a file of their own, since it is watched. */
export function createStores(folder: string, options: StoresOptions): Stores {
	return {
		chats: new ChatStore(join(folder, "chats"), options.reportProblem),
		locks: new ChatLocks(join(folder, "history")),
		attachments: new AttachmentStore(join(folder, ATTACHMENTS_FOLDER)),
		indexFile: join(folder, "history", "index.json"),
		prices: new RefreshedPricesStore(join(folder, "prices"), options.reportProblem),
		refusals: new RefusalsStore(join(folder, "refusals.json"), options),
	}
}

/** The only folder whose files the webview loads directly. */
export const ATTACHMENTS_FOLDER = "attachments"
