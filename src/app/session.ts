import { dirname, join } from "node:path"
import { type SelectableTier, type TierChoice } from "@bedrock-tiers/core"
import {
	applyToView,
	pricedRegion,
	profileTierChoice,
	refusalsFor,
	type Profile,
	type TierRefusal,
	type ToHost,
	type ToWebview,
	type ViewState,
	viewChanges,
} from "@bedrock-tiers/protocol"
import { ChatRequests } from "./chat/chat-requests"
import { DraftStore } from "./chat/draft-store"
import { OpenChat } from "./chat/open-chat"
import type { LogRequest } from "./chat/request-log"
import { TierOutcomes } from "./chat/tier-outcomes"
import type { Stores } from "./create-stores"
import { ChatIndex } from "./history/chat-index"
import { History } from "./history/history"
import { HistoryRequests } from "./history/history-requests"
import type {
	ChosenFiles,
	Confirm,
	ConnectProfile,
	Editor,
	KeyValueStore,
	ReadPriceList,
	ReportProblem,
	HostLocale,
	SaveFile,
	Workspace,
} from "./ports"
import { Connections } from "./settings/connections"
import type { Settings } from "./settings/settings"
import { SettingsRequests } from "./settings/settings-requests"
import { detailsOf } from "@bedrock-tiers/error-details"
import { RequestRefused } from "./request-refused"

export type SessionDependencies = Stores & {
	readonly settings: Settings
	readonly editor: Editor
	readonly saveFile: SaveFile
	readonly confirm: Confirm
	/** State of this window: which chat and profile it shows. */
	readonly window: KeyValueStore
	readonly readPriceList: ReadPriceList
	readonly connect: ConnectProfile
	readonly workspace: Workspace
	readonly files: ChosenFiles
	readonly logRequest: LogRequest
	readonly post: (message: ToWebview) => void
	readonly reportProblem: ReportProblem
	readonly locale: HostLocale
}

/** Options of the tier picker outside the webview. */
export type TierPick = {
	readonly profile: Profile
	readonly choice: TierChoice
	/** Remembered refusals for the profile's model, route and region. */
	readonly refusals: readonly TierRefusal[]
}

/** Use cases of one window: handles the webview's messages, and commands of the extension host. */
export class Session {
	readonly #dependencies: SessionDependencies
	readonly #settingsRequests: SettingsRequests
	readonly #chatRequests: ChatRequests
	readonly #historyRequests: HistoryRequests
	readonly #open: OpenChat
	readonly #history: History
	readonly #drafts: DraftStore
	readonly #tierOutcomes: TierOutcomes
	#refreshing = false
	/** The state as the webview has it; `null` until it is posted. */
	#shown: ViewState | null = null

	constructor(options: SessionDependencies) {
		const post = (message: ToWebview) => {
			this.#shown = applyToView(this.#shown, message)
			options.post(message)
		}
		const dependencies = { ...options, post }
		this.#dependencies = dependencies
		const { settings, files, chats, indexFile, saveFile, locale, refusals } = dependencies
		const postState = () => this.postState()
		const tierOutcomes = new TierOutcomes(dependencies)
		const connections = new Connections({ ...dependencies, tierOutcomes })
		const open = new OpenChat({ ...dependencies, changed: postState })
		this.#tierOutcomes = tierOutcomes
		this.#open = open
		this.#drafts = new DraftStore(dependencies)
		this.#history = new History({
			chats,
			index: new ChatIndex(chats, indexFile),
			speedsFile: join(dirname(indexFile), "speeds.json"),
			saveFile,
			locale,
			post,
		})
		this.#settingsRequests = new SettingsRequests({
			settings,
			files,
			post,
			postState,
			open: async (profile, changed) => (await connections.opener(profile))(changed),
			forgetRefusals: (profileId) => tierOutcomes.post(refusals.forgetProfile(profileId)),
		})
		this.#chatRequests = new ChatRequests({
			...dependencies,
			open,
			connect: (change) => connections.active(change),
			outcomesStored: () => tierOutcomes.stored,
			postState,
		})
		this.#historyRequests = new HistoryRequests({
			...dependencies,
			history: this.#history,
			open,
			activeModelId: () => this.#modelId,
			newChat: () => this.newChat(),
			postState,
		})
	}

	async handle(message: ToHost): Promise<void> {
		try {
			await this.#handle(message)
		} catch (error) {
			const { post } = this.#dependencies
			if (!(error instanceof RequestRefused)) throw error
			const requestId = "requestId" in message ? message.requestId : null
			post({ type: "refused", requestId, field: error.field, details: error.details })
		}
	}

	async #handle(message: ToHost): Promise<void> {
		const { prices, refusals } = this.#dependencies
		switch (message.type) {
			case "ready":
				this.#drafts.post()
				// A new webview has no state.
				this.#shown = null
				return this.postState()
			case "keep-draft":
				return this.#drafts.save(message.draft)
			case "refresh-prices":
				return this.refreshPrices()
			case "remove-refreshed-prices":
				await prices.remove(this.#region)
				return this.postState()
			case "forget-refusal":
				return this.#tierOutcomes.post(refusals.forget(message.profileId, message.tierRequest))
			case "send":
			case "retry":
			case "edit":
			case "answer-again":
			case "stop":
			case "new-chat":
			case "allow-tools":
			case "choose-chat-tier":
			case "attach-image":
			case "attach-text":
			case "read-attachment":
				return this.#chatRequests.handle(message)
			case "list-history":
			case "search-history":
			case "cancel-history-search":
			case "open-chat":
			case "delete-chat":
			case "export-chat":
			case "export-usage":
			case "ask-speeds":
				return this.#historyRequests.handle(message)
			default:
				await this.#settingsRequests.handle(message)
				return this.#tierOutcomes.stored
		}
	}

	/** Starts an empty chat. The open one stays in its file. */
	newChat(): Promise<void> {
		return this.#chatRequests.newChat()
	}

	/**
	 * Attaches the editor's selection to the next question.
	 * @param post used instead of the session's, since the webview may not be ready yet
	 */
	addSelection(post: (message: ToWebview) => void): Promise<void> {
		return this.#chatRequests.addSelection(post)
	}

	chooseImport(): Promise<void> {
		return this.#settingsRequests.chooseImport()
	}

	/** Reads settings that another window may have written. */
	async reloadSettings(): Promise<void> {
		if (this.#dependencies.settings.reload()) await this.postState()
	}

	/** Reads AWS's price list for the active region, one at a time. On failure the previous prices stay. */
	async refreshPrices(): Promise<void> {
		if (this.#refreshing) return
		const { prices, readPriceList, reportProblem } = this.#dependencies
		this.#refreshing = true
		await this.postState()
		try {
			const refreshed = await readPriceList(this.#region)
			if (refreshed) await prices.save(refreshed)
		} catch (error) {
			reportProblem(...detailsOf(error))
		} finally {
			this.#refreshing = false
		}
		await this.postState()
	}

	/** The tiers that the open chat's next request can use, with their prices. */
	async tierPick(): Promise<TierPick> {
		const { settings, prices, refusals } = this.#dependencies
		const active = settings.activeProfile
		const serviceTier = (await this.#open.task()).tier ?? active.settings.serviceTier
		const profile = { ...active, settings: { ...active.settings, serviceTier } }
		return {
			profile,
			choice: profileTierChoice(profile.settings, await prices.load(this.#region)),
			refusals: refusalsFor(await refusals.load(), profile.id, profile.settings),
		}
	}

	/** Stores the tier in the profile, and removes the tier of the open chat so that it follows the profile. */
	async selectTier(profileId: string, serviceTier: SelectableTier): Promise<void> {
		const { settings } = this.#dependencies
		const profile = settings.profiles.find(({ id }) => id === profileId)
		if (profile) await settings.save(profileId, { ...profile.settings, serviceTier })
		if ((await this.#open.task()).tier !== null) await this.#chatRequests.write((chat) => chat.chooseTier(null))
		await this.postState()
	}

	/** Aborts running requests and searches. */
	dispose(): void {
		this.#open.stop()
		this.#history.cancelSearch()
		this.#settingsRequests.stopTest()
	}

	/** Base model id of the active profile; its model id when the base model is unknown. */
	get #modelId(): string {
		const { settings } = this.#dependencies.settings.activeProfile
		return profileTierChoice(settings, null).model?.id ?? settings.modelId
	}

	/** Region whose prices apply to the active profile. */
	get #region(): string {
		return pricedRegion(this.#dependencies.settings.activeProfile.settings)
	}

	/** Posts the view state to the webview: what changed, or all of it to a new webview. */
	async postState(): Promise<void> {
		const { settings, post, prices, workspace, refusals } = this.#dependencies
		const [chat, secretsSetFor, refreshedPrices, tierRefusals] = await Promise.all([
			this.#open.task(),
			settings.secretsSetFor(),
			prices.load(this.#region),
			refusals.load(),
		])
		const state: ViewState = {
			profiles: settings.profiles,
			activeProfileId: settings.activeProfile.id,
			...secretsSetFor,
			chat: chat.view(),
			workspaceOpen: workspace.isOpen(),
			refreshedPrices,
			refreshing: this.#refreshing,
			refusals: tierRefusals,
			importPreview: this.#settingsRequests.importPreview,
		}
		post(
			this.#shown
				? { type: "state-changed", changes: viewChanges(this.#shown, state) }
				: { type: "state", state },
		)
	}
}
