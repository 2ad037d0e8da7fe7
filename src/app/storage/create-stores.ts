import { join } from "node:path"
import { AttachmentStore } from "../attachments/attachment-store"
import { ChatLocks } from "./chat-locks"
import { ChatStore } from "./chat-store"
import type { ReportProblem } from "../ports"
import { RefreshedPricesStore } from "./refreshed-prices-store"
import { RefusalsStore } from "./refusals-store"
import type { SessionDependencies } from "../session"

export type Stores = Pick<SessionDependencies, "chats" | "locks" | "attachments" | "indexFile" | "prices" | "refusals">

export type StoresOptions = { readonly reportProblem: ReportProblem; readonly now?: () => Date }

/** What all windows keep below one folder, and where. The settings are apart: they are watched. */
export function createStores(folder: string, options: StoresOptions): Stores {
	return {
		chats: new ChatStore(join(folder, "chats")),
		locks: new ChatLocks(join(folder, "history")),
		attachments: new AttachmentStore(join(folder, ATTACHMENTS_FOLDER)),
		indexFile: join(folder, "history", "index.json"),
		prices: new RefreshedPricesStore(join(folder, "prices"), options.reportProblem),
		refusals: new RefusalsStore(join(folder, "refusals.json"), options),
	}
}

/** The one folder whose files the view shows by itself. */
export const ATTACHMENTS_FOLDER = "attachments"
