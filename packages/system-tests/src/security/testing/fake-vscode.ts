import { readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"

/**
 * A stand-in for VS Code's interface, as far as the extension uses it: it writes down everything that it is told. What the
 * person would choose is what the test puts into `person`.
 */

/** Everything that the extension gave to VS Code, in its order: notices, dialogs, status bar, log lines, messages to the page. */
export const said: { readonly where: string; readonly what: unknown }[] = []

export const person = {
	/** What the next dialog for opening gives; undefined = it is called off. */
	opens: undefined as string | undefined,
	/** Where files are saved. */
	savesIn: "",
	/** Files in the order in which they were saved. */
	saved: [] as string[],
	/** Which entry of a list is taken; null = none. */
	picks: null as number | null,
	folders: [] as string[],
	selection: "",
}

type Listener = (value: never) => unknown
const registered = new Map<string, (...values: unknown[]) => unknown>()
let provider: { resolveWebviewView(view: unknown): void } | undefined

function say(where: string, what: unknown): void {
	said.push({ where, what: structuredClone(what) })
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
/** For `instanceof` alone. */
export class TabInputText {
	readonly uri: unknown
}
export const StatusBarAlignment = { Left: 1, Right: 2 } as const
export const ProgressLocation = { Notification: 15 } as const
export const env = { language: "en" }
export const l10n = {
	bundle: undefined,
	t: (sentence: string, ...values: unknown[]) =>
		sentence.replaceAll(/\{(\d)\}/g, (_whole, index) => String(values[Number(index)])),
}

function recorder<T extends object>(where: string, target: T): T {
	return new Proxy(target, {
		set(object, key, value: unknown) {
			if (typeof value !== "function") say(`${where}.${String(key)}`, value)
			return Reflect.set(object, key, value)
		},
	})
}

function quickPick() {
	const on: { accept?: () => void; hide?: () => void } = {}
	const list = {
		items: [] as unknown[],
		selectedItems: [] as unknown[],
		onDidAccept: (listener: () => void) => void (on.accept = listener),
		onDidHide: (listener: () => void) => void (on.hide = listener),
		hide: () => on.hide?.(),
		dispose: () => undefined,
		show() {
			say("list", list.items)
			list.selectedItems = person.picks === null ? [] : [list.items[person.picks]]
			if (person.picks === null) on.hide?.()
			else on.accept?.()
		},
	}
	return recorder("list", list)
}

function channel(name: string) {
	const line = (level: string) => (text: string) => say(`output channel ${name}`, `${level} ${text}`)
	return { info: line("info"), warn: line("warn"), show: () => undefined, dispose: () => undefined }
}

export const window = {
	get activeTextEditor() {
		if (person.selection === "") return undefined
		const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 1 }, isEmpty: false }
		return { document: { uri: Uri.file("/w/selected.ts"), getText: () => person.selection }, selection: range }
	},
	tabGroups: { all: [] },
	showWarningMessage: async (text: string, options?: unknown, action?: string) => {
		say("warning", [text, options, action])
		return action
	},
	showInformationMessage: async (text: string) => say("notice", text),
	showErrorMessage: async (text: string) => say("error", text),
	showQuickPick: async (items: unknown[], options: unknown) => {
		say("list", [items, options])
		return items[0]
	},
	showOpenDialog: async (options: object) => {
		say("dialog", Object.keys(options))
		return person.opens === undefined ? undefined : [Uri.file(person.opens)]
	},
	showSaveDialog: async ({ defaultUri }: { defaultUri: Uri }) => {
		say("dialog", defaultUri.path)
		const path = join(person.savesIn, `${person.saved.length}-${defaultUri.path.split("/").at(-1)}`)
		person.saved.push(path)
		return Uri.file(path)
	},
	withProgress: (options: { title: string }, run: (progress: unknown, token: unknown) => unknown) => {
		say("progress", options.title)
		const report = (progress: unknown) => say("progress", progress)
		return run({ report }, { onCancellationRequested: event })
	},
	registerWebviewViewProvider: (_id: string, given: typeof provider) => {
		provider = given
		return subscription
	},
	onDidChangeWindowState: event,
	createStatusBarItem: () => recorder("status bar", { show: () => undefined, dispose: () => undefined }),
	createQuickPick: quickPick,
	createOutputChannel: channel,
}

export const workspace = {
	get workspaceFolders() {
		return person.folders.map((path) => ({ name: path.split("/").at(-1) ?? "", uri: Uri.file(path) }))
	},
	onDidChangeWorkspaceFolders: event,
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
	executeCommand: async (name: string, ...values: unknown[]) => say(`command ${name}`, values),
}

export const registeredCommands: ReadonlyMap<string, (...values: unknown[]) => unknown> = registered

/** The extension's page: what it is told comes into `said`, what it posts is answered when the promise resolves. */
export function openPage(): {
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
			say("page", message)
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
