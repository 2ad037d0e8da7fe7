import type { Pricing } from "@bedrock-tiers/core"
import type { ErrorDetail } from "@bedrock-tiers/error-details"
import type {
	Credentials,
	ParameterRequest,
	TierRequest,
	Profile,
	ProfileSecrets,
	RefreshedPrices,
	TierOutcome,
	ToHost,
	ToolResult,
} from "@bedrock-tiers/protocol"
import type { ApiHandler, ToolDefinition } from "../api"

type Messages = { readonly [Message in ToHost as Message["type"]]: Message }
export type MessageType = keyof Messages
/** The webview's message of a type. */
export type Message<Type extends MessageType> = Messages[Type]
/** Handlers of the webview's messages, by type. */
export type Handlers = { readonly [Type in MessageType]: (message: Message<Type>) => Promise<void> | void }

/** Interfaces that the use cases need from the platform. src/vscode and src/extension.ts implement them. */

/** Small values that survive a window reload. */
export type KeyValueStore = {
	get(key: string): unknown
	set(key: string, value: unknown): PromiseLike<void>
}

/** Small values that other windows write, too. */
export type SharedStore = KeyValueStore & {
	/**
	 * Reads the stored value, passes it to `edit` and writes the result; no other window can write in between. Rejects
	 * when the value cannot be written, and with the error that `edit` throws; the stored value is then unchanged.
	 */
	update(key: string, edit: (value: unknown) => unknown): PromiseLike<void>
	/** Reads the stored values again, so that `get` returns what other windows have written. */
	reload(): void
}

/** Files that the user chooses in a dialog. */
export type ChosenFiles = {
	/** `undefined` when the user chose no file. Throws a DetailedError when the file cannot be read. */
	open(): Promise<{ readonly name: string; readonly text: string } | undefined>
	/** @returns path of the saved file; `undefined` when the user canceled */
	save(suggestedName: string, text: string): Promise<string | undefined>
}

/** A text as the editor has it now, including unsaved edits. */
export type EditorText = {
	/** Path as shown to the user: relative to the open folder that contains the file, if any. */
	readonly path: string
	/** Line numbers from 1, both inclusive; `null` for the whole file. */
	readonly lines: { readonly from: number; readonly to: number } | null
	readonly text: string
}

/** The text editor. `chooseFile` throws a DetailedError when the file cannot be read as text. */
export type Editor = {
	/** `undefined` when nothing is selected. */
	selection(): EditorText | undefined
	/** Text of a file that the user chooses; `undefined` when the user canceled. */
	chooseFile(): Promise<EditorText | undefined>
}

/** Values that are encrypted at rest. */
export type SecretStore = {
	get(key: string): PromiseLike<string | undefined>
	set(key: string, value: string): PromiseLike<void>
	delete(key: string): PromiseLike<void>
}

/** Remembered refusals, and a callback that receives each new tier outcome from Bedrock. */
export type TierMemory = {
	readonly knownRefusals: readonly TierRequest[]
	readonly refusedParameters: readonly ParameterRequest[]
	readonly onTierOutcome: (outcome: TierOutcome) => void
}

/** Creates the handler for the profile's model, with the profile's credentials. */
export type ConnectProfile = (
	profile: Profile,
	secrets: ProfileSecrets,
	pricing: Pricing,
	memory: TierMemory,
) => Promise<ApiHandler>

/** Tools that the model may call after the user allowed it. */
export type ChatTools = {
	readonly definitions: readonly ToolDefinition[]
	/** Never throws: a failure is a result for the model. `input` is unvalidated output of the model. */
	run(name: string, input: unknown, signal: AbortSignal): Promise<ToolResult>
}

/** The workspace as it is now. */
export type Workspace = {
	/** Whether a folder is open. */
	isOpen(): boolean
	/** Tools that read files in the open folders only. */
	tools(): Promise<ChatTools>
}

/**
 * Reads AWS's price list for one region; `undefined` when the user canceled.
 * Throws a DetailedError; nothing has been changed then.
 */
export type ReadPriceList = (region: string) => Promise<RefreshedPrices | undefined>

/** Saves a text to a file that the user chooses; `name` is the suggested name. Does nothing when the user cancels. */
export type SaveFile = (name: string, text: string) => Promise<void>

/** Credentials of a profile and the destination to which its requests send them. */
export type CredentialUse = {
	readonly profileName: string
	readonly credentials: Credentials
	/** `null` for AWS's own endpoint of the region. */
	readonly endpoint: string | null
	readonly region: string
	/** Whether VS Code's proxy and certificate settings apply. */
	readonly byProxy: boolean
}

/** What the user is asked: the webview alone must not be able to do it. */
export type Confirmation =
	| { readonly action: "delete-chat" | "allow-tools" }
	| { readonly action: "send-credentials"; readonly uses: readonly CredentialUse[] }

/** Asks the user outside the webview; resolves to `true` when confirmed. */
export type Confirm = (confirmation: Confirmation) => Promise<boolean>

/** Reports a problem to the user outside the chat. */
export type ReportProblem = (...details: readonly ErrorDetail[]) => void

/** Translation and number format of the texts that the extension host shows or writes to files. */
export type HostLocale = {
	/** Replaces the placeholders {0}, {1} and so on of the translated message. The English message is the key. */
	readonly t: (message: string, ...values: readonly (string | number)[]) => string
	/** Language (BCP 47) of the available translation. Numbers are formatted in the same language as the texts. */
	readonly language: string
	/** Sentences that describe an error. */
	readonly details: (details: readonly ErrorDetail[]) => string
}
