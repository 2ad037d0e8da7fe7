import type { SelectableTier, TierChoice } from "@bedrock-tiers/core"
import { detailsOf } from "@bedrock-tiers/error-details"
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
import { AttachmentRequests } from "./attachments/attachment-requests"
import { ChatRequests } from "./chat/chat-requests"
import { DraftStore } from "./chat/draft-store"
import { OpenChat } from "./chat/open-chat"
import type { LogRequest } from "./chat/request-log"
import { TierOutcomes } from "./chat/tier-outcomes"
import type { Stores } from "./create-stores"
import { History } from "./history/history"
import type {
	ChosenFiles,
	Confirm,
	ConnectProfile,
	Editor,
	Handlers,
	HostLocale,
	KeyValueStore,
	Message,
	MessageType,
	ReadPriceList,
	ReportProblem,
	SaveFile,
	Workspace,
} from "./ports"
import { RequestRefused } from "./request-refused"
import { Connections } from "./settings/connections"
import type { Settings } from "./settings/settings"
import { SettingsRequests } from "./settings/settings-requests"

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
	readonly #attachmentRequests: AttachmentRequests
	readonly #chatRequests: ChatRequests
	readonly #open: OpenChat
	readonly #history: History
	readonly #tierOutcomes: TierOutcomes
	readonly #handlers: Handlers
	#refreshing = false
	/** The state as the webview has it; `null` until it is posted. */
	#shown: ViewState | null = null

	constructor(options: SessionDependencies) {
		const post = (message: ToWebview) => {
			this.#shown = applyToView(this.#shown, message)
			options.post(message)
		}
		const postState = () => this.postState()
		const dependencies = { ...options, post, postState }
		this.#dependencies = dependencies
		const { prices, refusals, parameterRefusals, settings } = dependencies
		const tierOutcomes = new TierOutcomes(dependencies)
		const connections = new Connections({ ...dependencies, tierOutcomes })
		const open = new OpenChat({ ...dependencies, changed: postState })
		const drafts = new DraftStore(dependencies)
		this.#tierOutcomes = tierOutcomes
		this.#open = open
		this.#settingsRequests = new SettingsRequests({
			...dependencies,
			open: async (profile, changed) => (await connections.opener(profile))(changed),
			forgetRefusals: async (profileId) => {
				await tierOutcomes.post(refusals.forgetProfile(profileId))
				await parameterRefusals.forgetProfile(profileId)
			},
		})
		this.#attachmentRequests = new AttachmentRequests({
			...dependencies,
			openChat: async () => (await open.task()).log,
		})
		this.#chatRequests = new ChatRequests({
			...dependencies,
			open,
			connect: (change) => connections.active(change),
			rememberRefusal: (request) => parameterRefusals.remember(settings.activeProfile.id, request),
		})
		this.#history = new History({
			...dependencies,
			open,
			activeModelId: () => this.#modelId,
			newChat: () => this.newChat(),
		})
		this.#handlers = {
			...this.#settingsRequests.handlers,
			...this.#attachmentRequests.handlers,
			...this.#chatRequests.handlers,
			...this.#history.handlers,
			ready: () => {
				drafts.post()
				// A new webview has no state.
				this.#shown = null
				return postState()
			},
			"keep-draft": ({ draft }) => drafts.save(draft),
			"refresh-prices": () => this.refreshPrices(),
			"remove-refreshed-prices": async () => {
				await prices.remove(this.#region)
				await postState()
			},
			"forget-refusal": ({ profileId, tierRequest }) =>
				tierOutcomes.post(refusals.forget(profileId, tierRequest)),
		}
	}

	/** Handles a message of the webview. Resolves when every tier outcome that was reported has been stored, too. */
	async handle(message: ToHost): Promise<void> {
		try {
			await this.#handle(message.type, message)
			await this.#tierOutcomes.stored
		} catch (error) {
			const { post } = this.#dependencies
			if (!(error instanceof RequestRefused)) throw error
			const requestId = "requestId" in message ? message.requestId : null
			post({ type: "refused", requestId, field: error.field, details: error.details })
		}
	}

	#handle<Type extends MessageType>(type: Type, message: Message<Type>): Promise<void> | void {
		return this.#handlers[type](message)
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
		return this.#attachmentRequests.addSelection(post)
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
		const serviceTier = (await this.#open.task()).log.record.tier ?? active.settings.serviceTier
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
		if ((await this.#open.task()).log.record.tier !== null)
			await this.#chatRequests.write((chat) => chat.log.change({ tier: null }))
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
			chat: chat.log.view(),
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
