import type { Pricing } from "@bedrock-tiers/core"
import type {
	TierRequest,
	Profile,
	ProfileSecrets,
	RefreshedPrices,
	TierOutcome,
	ToolResult,
} from "@bedrock-tiers/protocol"
import type { ApiHandler, ToolDefinition } from "../api"

/** What the use cases need from outside; src/vscode and src/extension.ts supply it. */

/** Small values that survive a reload. */
export type KeyValueStore = {
	get(key: string): unknown
	set(key: string, value: unknown): PromiseLike<void>
}

/** Small values that other windows write too. */
export type SharedStore = KeyValueStore & {
	/**
	 * Reads what is stored now, gives it to `edit` and writes what that returns, with no other window in between. Rejects
	 * when it could not be written, and with what `edit` throws; nothing is changed then.
	 */
	update(key: string, edit: (value: unknown) => unknown): PromiseLike<void>
	/** Reads anew what `get` gives. */
	reload(): void
}

/** Files that the person chooses. */
export type ChosenFiles = {
	/** Undefined when none was chosen. Throws an Error with a sentence for people when it cannot be read. */
	open(): Promise<{ readonly name: string; readonly text: string } | undefined>
	/** @returns where it lies; undefined when the person called it off */
	save(suggestedName: string, text: string): Promise<string | undefined>
}

/** A text as the editor has it now, with edits that were not saved. */
export type EditorText = {
	/** As people know it: below the open folder, where it lies in one. */
	readonly path: string
	/** From 1, both included; null = the whole file. */
	readonly lines: { readonly from: number; readonly to: number } | null
	readonly text: string
}

/** The editor beside the chat. Both throw an Error with a sentence for people. */
export type Editor = {
	/** Undefined when nothing is selected. */
	selection(): EditorText | undefined
	/** A file that the person chooses; undefined when they called it off. */
	chooseFile(): Promise<EditorText | undefined>
}

/** Values that are encrypted at rest. */
export type SecretStore = {
	get(key: string): PromiseLike<string | undefined>
	set(key: string, value: string): PromiseLike<void>
	delete(key: string): PromiseLike<void>
}

/** What is remembered of refused tiers, and who is told of what Bedrock says to one. */
export type TierMemory = {
	readonly knownRefusals: readonly TierRequest[]
	readonly onTierOutcome: (answer: TierOutcome) => void
}

/** A connection to the model that the profile names, credentials included. */
export type ConnectProfile = (
	profile: Profile,
	secrets: ProfileSecrets,
	pricing: Pricing,
	memory: TierMemory,
) => Promise<ApiHandler>

/** What the model may call, once the person allowed it. */
export type ChatTools = {
	readonly definitions: readonly ToolDefinition[]
	/** Never throws: what cannot be done is an answer for the model. `input` is what the model wrote, unchecked. */
	run(name: string, input: unknown, signal: AbortSignal): Promise<ToolResult>
}

/** The workspace as it is now. */
export type Workspace = {
	/** Whether a folder is open. */
	isOpen(): boolean
	/** Tools that read in the open folders, and nowhere else. */
	tools(): Promise<ChatTools>
}

/**
 * Reads AWS's price list for one region; undefined when the person called it off.
 * Throws an Error with a sentence for people, and then nothing was changed.
 */
export type ReadPriceList = (region: string) => Promise<RefreshedPrices | undefined>

/** Puts a text into a file that the person names; the name is a suggestion. Does nothing when they call it off. */
export type SaveFile = (name: string, text: string) => Promise<void>

/** Whether the person wants what cannot be undone. */
export type Confirm = (question: string, detail: string, action: string) => Promise<boolean>

/** Something the person should know that no message of the chat can carry. */
export type ReportProblem = (sentence: string) => void
