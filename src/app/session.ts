import { dirname, join } from "node:path"
import { t, tierChoice, type SelectableTier, type TierChoice } from "@bedrock-tiers/core"
import {
	pricedRegion,
	pricingOf,
	refusalsFor,
	type Profile,
	type ProfileSettings,
	type TierRefusal,
	type ToHost,
	type ToWebview,
} from "@bedrock-tiers/protocol"
import { QuestionRefused, resolveQuestion, type QuestionRequest } from "./chat/resolve-question"
import { AttachmentRequests } from "./attachments/attachment-requests"
import type { AttachmentStore } from "./attachments/attachment-store"
import type { ChatLocks } from "./storage/chat-locks"
import type { ChatStore } from "./storage/chat-store"
import type { ChatTask, Connection, Question } from "./chat/chat-task"
import { Connections } from "./settings/connections"
import { ChatIndex } from "./history/chat-index"
import { History } from "./history/history"
import { OpenChat } from "./chat/open-chat"
import type {
	ChosenFiles,
	Confirm,
	ConnectProfile,
	Editor,
	KeyValueStore,
	ReadPriceList,
	ReportProblem,
	SaveFile,
	Workspace,
} from "./ports"
import { DraftStore } from "./chat/draft-store"
import { ProfileRefused } from "./settings/profile-list"
import type { RefreshedPricesStore } from "./storage/refreshed-prices-store"
import type { RefusalsStore } from "./storage/refusals-store"
import type { LogRequest } from "./chat/request-log"
import type { Settings } from "./settings/settings"
import { SettingsRequests } from "./settings/settings-requests"
import { TierOutcomes } from "./chat/tier-outcomes"
import { errorMessage } from "./storage/error-message"

type Ask = (chat: ChatTask, connection: Connection) => Promise<void>

export type SessionDependencies = {
	readonly settings: Settings
	readonly chats: ChatStore
	/** Which window answers in which chat. */
	readonly locks: ChatLocks
	/** What questions have besides their words. */
	readonly attachments: AttachmentStore
	readonly editor: Editor
	/** What is known of the chats without reading them: may be lost at any time. */
	readonly indexFile: string
	readonly saveFile: SaveFile
	readonly confirm: Confirm
	/** Remembers which chat this window shows. */
	readonly window: KeyValueStore
	readonly prices: RefreshedPricesStore
	readonly refusals: RefusalsStore
	readonly readPriceList: ReadPriceList
	readonly connect: ConnectProfile
	readonly workspace: Workspace
	readonly files: ChosenFiles
	readonly logRequest: LogRequest
	readonly post: (message: ToWebview) => void
	readonly reportProblem: ReportProblem
}

/** What there is to choose from, where a tier is chosen outside the webview. */
export type TierPick = {
	readonly profile: Profile
	readonly choice: TierChoice
	/** Of the profile's model, as it would be called now. */
	readonly refusals: readonly TierRefusal[]
}

/** What one window does with the webview's messages: settings, and the chat that is open. */
export class Session {
	readonly #dependencies: SessionDependencies
	readonly #settingsRequests: SettingsRequests
	readonly #open: OpenChat
	readonly #history: History
	readonly #attachmentRequests: AttachmentRequests
	readonly #drafts: DraftStore
	readonly #tierAnswers: TierOutcomes
	readonly #connections: Connections
	#refreshing = false

	constructor(dependencies: SessionDependencies) {
		this.#dependencies = dependencies
		const { settings, files, chats, indexFile, saveFile, refusals, post } = dependencies
		this.#tierAnswers = new TierOutcomes(dependencies)
		this.#connections = new Connections({ ...dependencies, tierOutcomes: this.#tierAnswers })
		this.#settingsRequests = new SettingsRequests({
			settings,
			files,
			post,
			postState: () => this.postState(),
			open: async (profile, tierRequest) => (await this.#connections.opener(profile))(tierRequest),
			forgetRefusals: (profileId) => this.#tierAnswers.post(refusals.forgetProfile(profileId)),
		})
		this.#open = new OpenChat({ ...dependencies, changed: () => this.postState() })
		this.#attachmentRequests = new AttachmentRequests(dependencies)
		this.#drafts = new DraftStore(dependencies)
		this.#history = new History({
			chats,
			index: new ChatIndex(chats, indexFile),
			speedsFile: join(dirname(indexFile), "speeds.json"),
			saveFile,
			post,
		})
	}

	async handle(message: ToHost): Promise<void> {
		try {
			await this.#handle(message)
		} catch (error) {
			if (error instanceof QuestionRefused) return this.#refuse(error.field, error.message)
			if (!(error instanceof ProfileRefused)) throw error
			const requestId = "requestId" in message ? message.requestId : null
			this.#dependencies.post({ type: "refused", requestId, field: error.field, message: error.message })
		}
	}

	async #handle(message: ToHost): Promise<void> {
		switch (message.type) {
			case "ready":
				this.#drafts.post()
				return this.postState()
			case "keep-draft":
				return this.#drafts.keep(message.draft)
			case "send":
				return this.#sendQuestion(message, (chat, connection, question) => chat.send(question, connection))
			case "retry":
				return this.#ask((chat, connection) => chat.retry(connection), {
					serviceTier: message.tier,
					...(message.beyondLimit ? { taskLimitUsd: null } : {}),
				})
			case "edit":
				return this.#sendQuestion(message, (chat, connection, question) =>
					chat.edit(message.messageId, question, connection),
				)
			case "attach-image":
				return this.#attachmentRequests.addImage(message)
			case "attach-text":
				return this.#attachmentRequests.addText(message.requestId, message.source)
			case "read-attachment":
				return this.#postAttachment(message.id)
			case "answer-again":
				return this.#ask((chat, connection) => chat.answerAgain(message.messageId, connection), {
					serviceTier: message.tier,
				})
			case "stop":
				return this.#open.stop()
			case "new-chat":
				return this.newChat()
			case "allow-tools":
				await this.#work((chat) => chat.allowTools(message.allowed))
				return this.postState()
			case "choose-chat-tier":
				await this.#work((chat) => chat.chooseTier(message.tier))
				return this.postState()
			case "refresh-prices":
				return this.refreshPrices()
			case "remove-refreshed-prices":
				await this.#dependencies.prices.remove(this.#region)
				return this.postState()
			case "forget-refusal":
				return this.#tierAnswers.post(
					this.#dependencies.refusals.forget(message.profileId, message.tierRequest),
				)
			case "list-history":
				return this.#listHistory()
			case "search-history":
				return this.#history.search(message)
			case "cancel-history-search":
				return this.#history.cancelSearch()
			case "open-chat":
				return this.#openFromHistory(message.chatId)
			case "delete-chat":
				return this.#deleteChat(message.chatId)
			case "export-chat":
				if (!(await this.#history.exportChat(message))) this.#refuse("", t("This chat cannot be read."))
				return
			case "export-usage":
				return this.#history.exportUsage(message)
			case "ask-speeds":
				return this.#history.tellSpeeds(message.modelId ?? this.#modelId)
			default:
				await this.#settingsRequests.handle(message)
				return this.#tierAnswers.kept
		}
	}

	/** Puts the open chat aside (it stays in its file) and starts an empty one. */
	async newChat(): Promise<void> {
		this.#open.begin()
		await this.postState()
	}

	/**
	 * What is selected in the editor goes beside the next question.
	 * @param post the webview may not be there yet
	 */
	addSelection(post: (message: ToWebview) => void): Promise<void> {
		return this.#attachmentRequests.addText(null, "selection", post)
	}

	chooseImport(): Promise<void> {
		return this.#settingsRequests.chooseImport()
	}

	/** Another window may have written the settings. */
	async readSettingsAgain(): Promise<void> {
		if (this.#dependencies.settings.reload()) await this.postState()
	}

	/** Reads AWS's price list for the region in use, once at a time. What there was stays when that fails. */
	async refreshPrices(): Promise<void> {
		if (this.#refreshing) return
		const { prices, readPriceList, reportProblem } = this.#dependencies
		this.#refreshing = true
		await this.postState()
		try {
			const refreshed = await readPriceList(this.#region)
			if (refreshed) await prices.save(refreshed)
		} catch (error) {
			reportProblem(errorMessage(error))
		} finally {
			this.#refreshing = false
		}
		await this.postState()
	}

	/** What the open chat's next request can ask the active profile's model for, and at what price. */
	async tierPick(): Promise<TierPick> {
		const { settings, prices, refusals } = this.#dependencies
		const active = settings.activeProfile
		const serviceTier = (await this.#open.task()).tier ?? active.settings.serviceTier
		const profile = { ...active, settings: { ...active.settings, serviceTier } }
		const pricing = pricingOf(profile.settings, await prices.load(this.#region))
		return {
			profile,
			choice: tierChoice({ ...profile.settings, pricing }),
			refusals: refusalsFor(await refusals.load(), profile.id, profile.settings),
		}
	}

	/** Stores the tier in the profile. The open chat goes by it, too, where it had one of its own. */
	async selectTier(profileId: string, serviceTier: SelectableTier): Promise<void> {
		const { settings } = this.#dependencies
		const profile = settings.profiles.find(({ id }) => id === profileId)
		if (profile) await settings.save(profileId, { ...profile.settings, serviceTier })
		if ((await this.#open.task()).tier !== null) await this.#work((chat) => chat.chooseTier(null))
		await this.postState()
	}

	/** Ends what is on its way. */
	dispose(): void {
		this.#open.stop()
		this.#history.cancelSearch()
		this.#settingsRequests.stopTest()
	}

	async #sendQuestion(
		tierRequest: QuestionRequest,
		ask: (chat: ChatTask, connection: Connection, question: Question) => Promise<void>,
	): Promise<void> {
		return this.#ask(async (chat, connection) =>
			ask(chat, connection, await resolveQuestion(tierRequest, chat, connection, this.#dependencies.attachments)),
		)
	}

	async #postAttachment(id: string): Promise<void> {
		const chat = await this.#open.task()
		await this.#attachmentRequests.postText(chat.id, id, chat.attachments)
	}

	/** @param change for this once: the chat and the profile keep theirs */
	async #ask(ask: Ask, change: Partial<ProfileSettings> = {}): Promise<void> {
		const { tier } = await this.#open.task()
		const connection = await this.#connections.active({ ...(tier ? { serviceTier: tier } : {}), ...change })
		await this.#work((chat) => ask(chat, connection))
		await this.#tierAnswers.kept
	}

	/** The active profile's model: its base model id, where that is known. */
	get #modelId(): string {
		const { settings } = this.#dependencies.settings.activeProfile
		return tierChoice(settings).model?.id ?? settings.modelId
	}

	/** The region that prices are for. */
	get #region(): string {
		return pricedRegion(this.#dependencies.settings.activeProfile.settings)
	}

	/** What writes to the open chat; refused while another window answers in it. */
	async #work(run: (chat: ChatTask) => Promise<void>): Promise<void> {
		const isDone = await this.#open.work(run)
		if (!isDone)
			this.#refuse(
				"",
				t("Another window is answering in this chat. Wait until it has ended, or start a new chat."),
			)
	}

	async #listHistory(): Promise<void> {
		return this.#history.list((await this.#open.task()).id)
	}

	async #openFromHistory(chatId: string): Promise<void> {
		if (!(await this.#open.open(chatId))) {
			this.#refuse("", t("This chat cannot be read."))
			return this.#listHistory()
		}
		await this.postState()
		this.#dependencies.post({ type: "show", view: "chat" })
	}

	/** Not while another window answers in it, which would write it again. */
	async #deleteChat(chatId: string): Promise<void> {
		const { chats, locks, attachments, confirm } = this.#dependencies
		if (await locks.isTakenElsewhere(chatId))
			return this.#refuse("", t("Another window is answering in this chat. Wait until it has ended."))
		if (
			!(await confirm(
				t("Delete this chat?"),
				t("Its messages and its costs go with it. This cannot be undone."),
				t("Delete"),
			))
		)
			return
		if ((await this.#open.task()).id === chatId) await this.newChat()
		await this.#open.ended(chatId)
		await chats.remove(chatId)
		await attachments.removeChat(chatId)
		await this.#listHistory()
	}

	/** Tells the webview everything: after something changed that is not of the chat's own doing. */
	async postState(): Promise<void> {
		const { settings, post, prices, workspace, refusals } = this.#dependencies
		const [chat, secretsSetFor, refreshedPrices, refused] = await Promise.all([
			this.#open.task(),
			settings.secretsSetFor(),
			prices.load(this.#region),
			refusals.load(),
		])
		post({
			type: "state",
			state: {
				profiles: settings.profiles,
				activeProfileId: settings.activeProfile.id,
				...secretsSetFor,
				chat: chat.view(),
				workspaceOpen: workspace.isOpen(),
				refreshedPrices,
				refreshing: this.#refreshing,
				refusals: refused,
				importPreview: this.#settingsRequests.importPreview,
			},
		})
	}

	#refuse(field: string, message: string): void {
		this.#dependencies.post({ type: "refused", requestId: null, field, message })
	}
}
