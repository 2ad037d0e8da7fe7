import { detail, detailsOf, ENGLISH, formatDetails } from "@bedrock-tiers/error-details"
import type { RefreshedPrices, ToWebview } from "@bedrock-tiers/protocol"
import * as vscode from "vscode"
import { version } from "../package.json"
import { loadBedrock } from "./api/load-bedrock"
import { profileOptions } from "./api/profile-options"
import { FileStore } from "./app/storage/file-store"
import { demoEndpoint, priceListUrl } from "./app/settings/environment"
import type { ConnectProfile, HostLocale, ReportProblem } from "./app/ports"
import { profileCredentials } from "./app/settings/profile-credentials"
import { readPriceList } from "./app/read-price-list"
import { Session } from "./app/session"
import { isValidSettingsValue, Settings } from "./app/settings/settings"
import { ATTACHMENTS_FOLDER, createStores } from "./app/create-stores"
import { watchFile } from "./app/storage/watch-file"
import { workspaceOf } from "./app/workspace"
import { chosenFiles } from "./vscode/chosen-files"
import { confirm, saveFile, secretStore, workspaceFolders } from "./vscode/adapters"
import { editor } from "./vscode/editor"
import { MAIN_VIEW_ID, MainView } from "./vscode/main-view"
import { showInformation, showWarning } from "./vscode/notifications"
import { outputChannel } from "./vscode/output-channel"
import { proxySettings } from "./vscode/proxy-settings"
import { selectTier } from "./vscode/select-tier"
import { StatusBar } from "./vscode/status-bar"

/** Entry point of the VS Code extension: creates the components and connects them. */
export function activate(context: vscode.ExtensionContext): void {
	// Without translations for VS Code's language the texts are English, so numbers are formatted as English too.
	const language = vscode.l10n.bundle ? vscode.env.language : "en"
	const locale: HostLocale = {
		t: vscode.l10n.t,
		language,
		details: (details) =>
			formatDetails(details, { language, textOf: (code) => vscode.l10n.bundle?.[code] ?? ENGLISH.textOf(code) }),
	}
	const endpoint = demoEndpoint(process.env)
	const reportProblem: ReportProblem = (...details) => showWarning(`Bedrock Tiers: ${locale.details(details)}`)
	const storage = context.globalStorageUri
	const fileIn = (folder: vscode.Uri, name: string) => vscode.Uri.joinPath(folder, name).fsPath
	const settingsFile = fileIn(storage, "settings.json")
	// Windows without an open folder have no workspace storage, so they share what they showed last.
	const window = new FileStore(fileIn(context.storageUri ?? storage, "window.json"), reportProblem)
	const settings = new Settings({
		store: new FileStore(settingsFile, reportProblem, isValidSettingsValue),
		window,
		secrets: secretStore(context.secrets),
		confirm,
		demo: endpoint !== undefined,
	})
	const attachments = vscode.Uri.joinPath(storage, ATTACHMENTS_FOLDER)
	const webviewFolder = vscode.Uri.joinPath(context.extensionUri, "dist", "webview")
	const view = new MainView(webviewFolder, attachments, (message) =>
		session
			.handle(message)
			.catch((error: unknown) => reportProblem(detail("action-failed", { reason: detailsOf(error) }))),
	)
	const statusBar = new StatusBar(locale)
	const output = outputChannel()
	const session = new Session({
		locale,
		settings,
		...createStores(storage.fsPath, { reportProblem }),
		editor,
		saveFile,
		confirm,
		window,
		readPriceList: refresh,
		connect: connectWith(endpoint),
		workspace: workspaceOf(workspaceFolders),
		files: chosenFiles,
		logRequest: output.logRequest,
		post: (message) => {
			view.post(message)
			statusBar.update(message)
			if (isAnswered(message)) void vscode.commands.executeCommand("setContext", "bedrock-tiers.answered", true)
		},
		reportProblem,
	})
	context.subscriptions.push(
		session,
		watchFile(settingsFile, () => session.reloadSettings()),
		// Fallback for drives that do not report file changes.
		vscode.window.onDidChangeWindowState(({ focused }) => (focused ? session.reloadSettings() : undefined)),
		statusBar,
		output,
		vscode.window.registerWebviewViewProvider(MAIN_VIEW_ID, view),
		vscode.workspace.onDidChangeWorkspaceFolders(() => session.postState()),
		vscode.commands.registerCommand("bedrock-tiers.open", () => view.show("chat")),
		vscode.commands.registerCommand("bedrock-tiers.addSelection", () =>
			Promise.all([session.addSelection((message) => view.postWhenLive(message)), view.show("chat")]),
		),
		vscode.commands.registerCommand("bedrock-tiers.openSettings", () => view.show("settings")),
		vscode.commands.registerCommand("bedrock-tiers.history", () => view.show("history")),
		vscode.commands.registerCommand("bedrock-tiers.showUsage", () => view.show("usage")),
		vscode.commands.registerCommand("bedrock-tiers.selectServiceTier", () => selectTier(session, locale)),
		vscode.commands.registerCommand("bedrock-tiers.refreshPrices", () => session.refreshPrices()),
		vscode.commands.registerCommand("bedrock-tiers.importSettings", async () => {
			await view.show("settings")
			await session.chooseImport()
		}),
		vscode.commands.registerCommand("bedrock-tiers.showLog", () => output.show()),
		vscode.commands.registerCommand("bedrock-tiers.getStarted", () =>
			vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false),
		),
		// The chat is shown at once: shown later, it would replace a view that the user has opened in the meantime.
		vscode.commands.registerCommand("bedrock-tiers.newChat", () =>
			Promise.all([view.show("chat"), session.newChat()]),
		),
	)
}

/** Whether the message is a complete answer, which completes the walkthrough step of the first message. */
function isAnswered(message: ToWebview): boolean {
	return message.type === "message" && message.message.role === "assistant" && message.message.status === "complete"
}

/** Reads AWS's price list with a cancellable progress notification, and shows a summary of the result. */
async function refresh(region: string): Promise<RefreshedPrices | undefined> {
	const title = vscode.l10n.t("Reading AWS's price list for {0}", region)
	const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true }
	const reading = await vscode.window.withProgress(options, async (progress, token) => {
		const abort = new AbortController()
		token.onCancellationRequested(() => abort.abort())
		try {
			return await readPriceList(region, {
				baseUrl: priceListUrl(process.env),
				signal: abort.signal,
				onProgress: (filesRead, files) =>
					progress.report({ message: vscode.l10n.t("{0} of {1} files", filesRead, files) }),
			})
		} catch (error) {
			if (abort.signal.aborted) return undefined
			throw error
		}
	})
	if (!reading) return undefined
	const { prices, confirmed, different, notUnderstood } = reading
	const messages = [
		vscode.l10n.t(
			"Prices for {0} of {1}: {2} differ from the built-in ones, {3} are the same.",
			region,
			prices.publishedOn,
			different,
			confirmed,
		),
		...(notUnderstood > 0
			? [vscode.l10n.t("{0} entries of the list were not understood and left out.", notUnderstood)]
			: []),
	]
	showInformation(messages.join(" "))
	return prices
}

function connectWith(demo: string | undefined): ConnectProfile {
	return async ({ kind, settings }, secrets, pricing, memory) => {
		const { AwsBedrockHandler } = await loadBedrock()
		const isDemo = kind === "demo"
		return new AwsBedrockHandler({
			...profileOptions(settings),
			// The emulator requires an API key but accepts any.
			credentials: isDemo
				? { method: "api-key", apiKey: "local-emulator" }
				: profileCredentials(settings.credentials, secrets),
			endpoint: isDemo ? (demo ?? null) : settings.endpoint,
			proxy: proxySettings(),
			pricing,
			...memory,
			applicationId: `bedrock-tiers#${version}`,
		})
	}
}
