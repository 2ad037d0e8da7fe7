import { join } from "node:path"
import { AttachmentStore } from "./attachments/attachment-store"
import { ChatLocks } from "./storage/chat-locks"
import { ChatStore } from "./storage/chat-store"
import { ParameterRefusalsStore } from "./storage/parameter-refusals-store"
import { RefreshedPricesStore } from "./storage/refreshed-prices-store"
import { RefusalsStore, type RefusalsStoreOptions } from "./storage/refusals-store"

/** Stores that all windows share. */
export type Stores = ReturnType<typeof createStores>

/** Creates the stores below one folder. Settings have a file of their own, since it is watched. */
export function createStores(folder: string, options: RefusalsStoreOptions) {
	return {
		chats: new ChatStore(join(folder, "chats"), options.reportProblem),
		/** Which window is answering in which chat. */
		locks: new ChatLocks(join(folder, "history")),
		attachments: new AttachmentStore(join(folder, ATTACHMENTS_FOLDER)),
		/** Index of the chats. It is a cache and may be deleted at any time. */
		indexFile: join(folder, "history", "index.json"),
		prices: new RefreshedPricesStore(join(folder, "prices"), options.reportProblem),
		refusals: new RefusalsStore(join(folder, "refusals.json"), options),
		parameterRefusals: new ParameterRefusalsStore(join(folder, "parameter-refusals.json"), options),
	}
}

/** The only folder whose files the webview loads directly. */
export const ATTACHMENTS_FOLDER = "attachments"
