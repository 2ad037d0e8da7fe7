import { readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"

/**
 * A fake of the part of VS Code's API that the extension uses. It records everything that the extension passes to it in
 * `vscodeCalls`. Tests set the user's choices in `userChoices`.
 */

/**
 * Everything that the extension passed to VS Code, in order: notices, dialogs, status bar, log lines, webview messages.
 */
export const vscodeCalls: { readonly where: string; readonly what: unknown }[] = []

export const userChoices = {
	/** Result of the next open dialog; `undefined` when the user cancels it. */
	fileToOpen: undefined as string | undefined,
	/** Folder in which save dialogs place files. */
	saveFolder: "",
	/** Paths of saved files, in order. */
	savedFiles: [] as string[],
	/** Whether the user confirms a modal dialog. */
	answerDialog: (): boolean | Promise<boolean> => true,
	/** Index of the item that the user selects in a quick pick; `null` when the user cancels it. */
	quickPickIndex: null as number | null,
	/** Paths of the open workspace folders. */
	workspaceFolders: [] as string[],
	/** VS Code's own settings by full name. */
	configuration: {} as Readonly<Record<string, unknown>>,
	/** Text selected in the active editor; empty without an active editor. */
	selection: "",
}

type Listener = (value: never) => unknown
const registered = new Map<string, (...values: unknown[]) => unknown>()
let provider: { resolveWebviewView(view: unknown): void } | undefined

function record(where: string, what: unknown): void {
	vscodeCalls.push({ where, what: structuredClone(what) })
}

const subscription = { dispose: () => undefined }
const event = () => subscription

export class Uri {
	readonly scheme = "file"
	private constructor(readonly path: string) {}
	get fsPath(): string {
		return this.path
	}
	static file(path: string): Uri {
		return new Uri(path)
	}
	static joinPath(uri: Uri, ...parts: string[]): Uri {
		return new Uri(join(uri.path, ...parts))
	}
	toString(): string {
		return `file://${this.path}`
	}
}

export class ThemeIcon {
	constructor(readonly id: string) {}
}
/** Exists for `instanceof` checks only. */
export class TabInputText {
	readonly uri: unknown
}
export const StatusBarAlignment = { Left: 1, Right: 2 } as const
export const ProgressLocation = { Notification: 15 } as const
export const env = { language: "en" }
export const l10n = {
	bundle: undefined,
	t: (message: string, ...values: unknown[]) =>
		message.replaceAll(/\{(\d)\}/g, (_whole, index) => String(values[Number(index)])),
}

function recordWrites<T extends object>(where: string, target: T): T {
	return new Proxy(target, {
		set(object, key, value: unknown) {
			if (typeof value !== "function") record(`${where}.${String(key)}`, value)
			return Reflect.set(object, key, value)
		},
	})
}

function quickPick() {
	const listeners: { accept?: () => void; hide?: () => void } = {}
	const list = {
		items: [] as unknown[],
		selectedItems: [] as unknown[],
		onDidAccept: (listener: () => void) => void (listeners.accept = listener),
		onDidHide: (listener: () => void) => void (listeners.hide = listener),
		hide: () => listeners.hide?.(),
		dispose: () => undefined,
		show() {
			record("list", list.items)
			list.selectedItems = userChoices.quickPickIndex === null ? [] : [list.items[userChoices.quickPickIndex]]
			if (userChoices.quickPickIndex === null) listeners.hide?.()
			else listeners.accept?.()
		},
	}
	return recordWrites("list", list)
}

function channel(name: string) {
	const line = (level: string) => (text: string) => record(`output channel ${name}`, `${level} ${text}`)
	return { info: line("info"), warn: line("warn"), show: () => undefined, dispose: () => undefined }
}

export const window = {
	get activeTextEditor() {
		if (userChoices.selection === "") return undefined
		const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 1 }, isEmpty: false }
		return { document: { uri: Uri.file("/w/selected.ts"), getText: () => userChoices.selection }, selection: range }
	},
	tabGroups: { all: [] },
	showWarningMessage: async (text: string, options?: unknown, action?: string) => {
		record("warning", [text, options, action])
		return (await userChoices.answerDialog()) ? action : undefined
	},
	showInformationMessage: async (text: string) => record("notice", text),
	showErrorMessage: async (text: string) => record("error", text),
	showQuickPick: async (items: unknown[], options: unknown) => {
		record("list", [items, options])
		return items[0]
	},
	showOpenDialog: async (options: object) => {
		record("dialog", Object.keys(options))
		return userChoices.fileToOpen === undefined ? undefined : [Uri.file(userChoices.fileToOpen)]
	},
	showSaveDialog: async ({ defaultUri }: { defaultUri: Uri }) => {
		record("dialog", defaultUri.path)
		const path = join(
			userChoices.saveFolder,
			`${userChoices.savedFiles.length}-${defaultUri.path.split("/").at(-1)}`,
		)
		userChoices.savedFiles.push(path)
		return Uri.file(path)
	},
	withProgress: (options: { title: string }, run: (progress: unknown, token: unknown) => unknown) => {
		record("progress", options.title)
		const report = (progress: unknown) => record("progress", progress)
		return run({ report }, { onCancellationRequested: event })
	},
	registerWebviewViewProvider: (_id: string, registeredProvider: typeof provider) => {
		provider = registeredProvider
		return subscription
	},
	onDidChangeWindowState: event,
	createStatusBarItem: () => recordWrites("status bar", { show: () => undefined, dispose: () => undefined }),
	createQuickPick: quickPick,
	createOutputChannel: channel,
}

export const workspace = {
	get workspaceFolders() {
		return userChoices.workspaceFolders.map((path) => ({ name: path.split("/").at(-1) ?? "", uri: Uri.file(path) }))
	},
	onDidChangeWorkspaceFolders: event,
	getConfiguration: (section: string) => ({
		get: (name: string) => userChoices.configuration[`${section}.${name}`],
	}),
	asRelativePath: (uri: Uri) => uri.path,
	openTextDocument: async (uri: Uri) => {
		const text = await readFile(uri.path, "utf8")
		return { getText: () => text }
	},
	fs: {
		stat: (uri: Uri) => stat(uri.path),
		readFile: (uri: Uri) => readFile(uri.path),
		writeFile: (uri: Uri, bytes: Uint8Array) => writeFile(uri.path, bytes),
	},
}

export const commands = {
	registerCommand: (name: string, run: (...values: unknown[]) => unknown) => {
		registered.set(name, run)
		return subscription
	},
	executeCommand: async (name: string, ...values: unknown[]) => record(`command ${name}`, values),
}

export const registeredCommands: ReadonlyMap<string, (...values: unknown[]) => unknown> = registered

/**
 * Opens the extension's webview. Messages to it are recorded in `vscodeCalls`. `post` sends a message from the webview
 * and resolves when the extension has handled it.
 */
export function openWebview(): {
	readonly html: string
	readonly options: unknown
	post(message: unknown): Promise<void>
} {
	let receive: Listener = () => undefined
	const webview = {
		options: {} as unknown,
		html: "",
		cspSource: "https://page.test",
		asWebviewUri: (uri: Uri) => uri,
		onDidReceiveMessage: (listener: Listener) => void (receive = listener),
		postMessage: async (message: unknown) => {
			record("page", message)
			return true
		},
	}
	provider?.resolveWebviewView({ webview, visible: true, onDidDispose: event, onDidChangeVisibility: event })
	return {
		get html() {
			return webview.html
		},
		get options() {
			return webview.options
		},
		post: async (message) => void (await receive(message as never)),
	}
}
