import { mostPromptCharacters, tierChoice, type SelectableTier } from "@bedrock-tiers/core"
import {
	pricedRegion,
	pricingOf,
	sameAskedTier,
	type ProfileSettings,
	type TierAnswer,
	type TierRefusal,
	type ToHost,
	type ToWebview,
} from "@bedrock-tiers/protocol"
import { backgroundSettings } from "./background"
import type { ChatRecord, ChatStore } from "./chat-store"
import { ChatTask, type Connection } from "./chat-task"
import type {
	ChosenFiles,
	ConnectProfile,
	KeyValueStore,
	ReadPriceList,
	ReportProblem,
	TierMemory,
	Workspace,
} from "./ports"
import { newProfile, ProfileRefused } from "./profile-list"
import { inWords } from "./problem-words"
import type { RefreshedPricesStore } from "./refreshed-prices-store"
import type { RefusalsStore } from "./refusals-store"
import type { Settings } from "./settings"
import { SettingsTransfer } from "./settings-transfer"

const CURRENT_CHAT_KEY = "currentChat"

type SaveSettings = Extract<ToHost, { type: "save-settings" }>

export type SessionDependencies = {
	readonly settings: Settings
	readonly chats: ChatStore
	/** Remembers which chat this window shows. */
	readonly window: KeyValueStore
	readonly prices: RefreshedPricesStore
	readonly refusals: RefusalsStore
	readonly readPriceList: ReadPriceList
	readonly connect: ConnectProfile
	readonly workspace: Workspace
	readonly files: ChosenFiles
	readonly post: (message: ToWebview) => void
	readonly reportProblem: ReportProblem
}

/** What one window does with the webview's messages: settings, and the chat that is open. */
export class Session {
	readonly #dependencies: SessionDependencies
	readonly #transfer: SettingsTransfer
	/** Loading, or loaded. */
	#chat: Promise<ChatTask> | undefined
	#openTask: ChatTask | undefined
	#refreshing = false
	/** The last refusal that is being written; never rejects. */
	#remembering: Promise<void> = Promise.resolve()

	constructor(dependencies: SessionDependencies) {
		this.#dependencies = dependencies
		this.#transfer = new SettingsTransfer(dependencies.settings, dependencies.files)
	}

	async handle(message: ToHost): Promise<void> {
		try {
			await this.#handle(message)
		} catch (error) {
			if (!(error instanceof ProfileRefused)) throw error
			const requestId = "requestId" in message ? message.requestId : null
			this.#dependencies.post({ type: "refused", requestId, field: error.field, message: error.message })
		}
	}

	async #handle(message: ToHost): Promise<void> {
		const { settings, post } = this.#dependencies
		switch (message.type) {
			case "ready":
				return this.postState()
			case "save-settings":
				return this.#saveSettings(message)
			case "select-profile":
				await settings.select(message.profileId)
				return this.postState()
			case "add-profile":
				return this.#done(message, settings.add(newProfile(message.name)))
			case "rename-profile":
				return this.#done(message, settings.rename(message.profileId, message.name))
			case "duplicate-profile":
				return this.#done(message, settings.duplicate(message.profileId, message.name))
			case "delete-profile":
				return this.#done(message, settings.delete(message.profileId))
			case "choose-import":
				return this.chooseImport()
			case "import-profiles":
				await this.#transfer.add(message.names)
				return this.postState()
			case "leave-import":
				this.#transfer.leave()
				return this.postState()
			case "export-profiles": {
				const report = await this.#transfer.export(message.profileIds, message.withSecrets)
				return report && post({ type: "exported", report })
			}
			case "send":
				return this.#send(message.text)
			case "retry":
				return this.#retry(message.tier, message.beyondLimit ?? false)
			case "stop":
				return this.#openTask?.stop()
			case "new-chat":
				return this.newChat()
			case "allow-tools":
				await (await this.#openChat()).allowTools(message.allowed)
				return this.postState()
			case "choose-chat-tier":
				await (await this.#openChat()).chooseTier(message.tier)
				return this.postState()
			case "refresh-prices":
				return this.refreshPrices()
			case "remove-refreshed-prices":
				await this.#dependencies.prices.remove(this.#region)
				return this.postState()
			case "forget-refusal":
				return this.#postRefusals(this.#dependencies.refusals.forget(message.profileId, message.asked))
		}
	}

	/** Puts the open chat aside (it stays in its file) and starts an empty one. */
	async newChat(): Promise<void> {
		this.dispose()
		this.#chat = Promise.resolve(this.#newTask())
		await this.postState()
	}

	/** Lets the person choose a file of Roo Code's settings, and shows what is in it. Nothing is added by that. */
	async chooseImport(): Promise<void> {
		const sentence = await this.#transfer.choose()
		if (sentence === undefined) return this.postState()
		this.#dependencies.post({ type: "refused", requestId: null, field: "", message: sentence })
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
			reportProblem(error instanceof Error ? error.message : String(error))
		} finally {
			this.#refreshing = false
		}
		await this.postState()
	}

	/** Ends what is on its way. */
	dispose(): void {
		this.#openTask?.stop()
	}

	async #saveSettings(message: SaveSettings): Promise<void> {
		const { settings, post, refusals } = this.#dependencies
		const { profileId, requestId } = message
		const before = settings.profiles.find(({ id }) => id === profileId)
		await settings.save(profileId, message.settings, message, message.base)
		post({ type: "saved", requestId })
		if (before && mayBeAnotherAccount(before.settings, message))
			await this.#postRefusals(refusals.forgetProfile(profileId))
		return this.postState()
	}

	/** A text that cannot fit is refused before it is part of the chat, which no later question would get out of. */
	async #send(text: string): Promise<void> {
		const chat = await this.#openChat()
		const connection = await this.#connection(chat.tier ? { serviceTier: chat.tier } : {})
		const most = mostPromptCharacters(connection.contextWindow)
		if (text.length > most) return this.#refuseLongText(text.length, most)
		const failure = await this.#rememberChat(chat.id)
		await chat.send(text, connection)
		// Where the chat itself could not be saved, that is said already.
		if (failure && chat.isSaved) this.#dependencies.reportProblem(failure)
		await this.#remembering
	}

	/** What could not be written is no reason to lose a question. Resolves with a sentence then. */
	async #rememberChat(id: string): Promise<string | undefined> {
		const { window } = this.#dependencies
		try {
			if (window.get(CURRENT_CHAT_KEY) !== id) await window.set(CURRENT_CHAT_KEY, id)
			return undefined
		} catch (error) {
			return `This window will not know its chat after a reload (${inWords(error)}). The chat itself is saved.`
		}
	}

	/** On the tier for this once: the chat and the profile keep theirs. */
	async #retry(serviceTier: SelectableTier, beyondLimit: boolean): Promise<void> {
		const chat = await this.#openChat()
		await chat.retry(await this.#connection({ serviceTier, ...(beyondLimit ? { taskLimitUsd: null } : {}) }))
		await this.#remembering
	}

	/** How to reach Bedrock by the active profile as it is now. */
	async #connection(change: Partial<ProfileSettings> = {}): Promise<Connection> {
		const { settings, connect, prices, workspace } = this.#dependencies
		const profile = settings.activeProfile
		const asked = { ...profile.settings, ...change }
		const pricing = pricingOf(asked, await prices.load(pricedRegion(asked)))
		const open = async (answered: ProfileSettings) =>
			connect(
				{ ...profile, settings: answered },
				await settings.secrets(profile.id),
				pricing,
				await this.#memory(profile.id),
			)
		return {
			open: () => open(asked),
			openBackground: (purpose) => open(backgroundSettings(asked, purpose)),
			openTools: workspace.isOpen() ? () => workspace.tools() : null,
			writesTitle: asked.chatTitles === "written",
			askedTier: asked.serviceTier,
			contextWindow: tierChoice(asked).model?.contextWindow ?? null,
			limitUsd: asked.taskLimitUsd,
		}
	}

	/** Refusals are the profile's, since it stands for an account. */
	async #memory(profileId: string): Promise<TierMemory> {
		const { refusals } = this.#dependencies
		const known = (await refusals.load()).filter((refusal) => refusal.profileId === profileId)
		const knownRefusals = known.map(({ asked }) => asked)
		const onTierAnswered = ({ asked, accepted }: TierAnswer) => {
			if (!accepted) this.#remembering = this.#postRefusals(refusals.remember(profileId, asked))
			else if (knownRefusals.some((refused) => sameAskedTier(refused, asked)))
				this.#remembering = this.#postRefusals(refusals.forget(profileId, asked))
		}
		return { knownRefusals, onTierAnswered }
	}

	/** The chat goes on also where they could not be written. */
	async #postRefusals(change: Promise<TierRefusal[]>): Promise<void> {
		const { post, reportProblem } = this.#dependencies
		try {
			post({ type: "refusals", refusals: await change })
		} catch (error) {
			reportProblem(`The refusal of a tier could not be kept: ${String(error)}`)
		}
	}

	/** The region that prices are for. */
	get #region(): string {
		return pricedRegion(this.#dependencies.settings.activeProfile.settings)
	}

	/** The chat that this window showed last, else an empty one. */
	#openChat(): Promise<ChatTask> {
		return (this.#chat ??= this.#loadChat())
	}

	async #loadChat(): Promise<ChatTask> {
		const { chats, window, reportProblem } = this.#dependencies
		const id = window.get(CURRENT_CHAT_KEY)
		const record = typeof id === "string" ? await chats.load(id) : undefined
		if (typeof id === "string" && !record && (await chats.exists(id)))
			reportProblem(
				"The chat that was open here cannot be read. Its file was left as it is, and a new chat begun.",
			)
		return this.#newTask(record)
	}

	#newTask(record?: ChatRecord): ChatTask {
		const { chats, post, reportProblem } = this.#dependencies
		// A chat that was put aside may still end its answer; the webview shows another one by then.
		const postWhileOpen = (message: ToWebview) => {
			if (this.#openTask === task) post(message)
		}
		const changed = () => {
			if (this.#openTask === task) void this.postState()
		}
		const task = new ChatTask({ store: chats, post: postWhileOpen, changed, reportProblem }, record)
		this.#openTask = task
		return task
	}

	/** Tells the webview everything: after something changed that is not of the chat's own doing. */
	async postState(): Promise<void> {
		const { settings, post, prices, workspace, refusals } = this.#dependencies
		const [chat, secretsSetFor, refreshedPrices, refused] = await Promise.all([
			this.#openChat(),
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
				importPreview: this.#transfer.preview,
			},
		})
	}

	#refuseLongText(characters: number, most: number): void {
		const [has, takes] = [characters, most].map((count) => count.toLocaleString("en-US"))
		const message = `has ${has} characters; the model takes ${takes} at most, and most likely fewer`
		this.#dependencies.post({ type: "refused", requestId: null, field: "text", message })
	}

	async #done({ requestId }: { readonly requestId: string }, work: Promise<void>): Promise<void> {
		await work
		this.#dependencies.post({ type: "done", requestId })
		await this.postState()
	}
}

/** Who signs otherwise, or asks elsewhere, may be told something else. */
function mayBeAnotherAccount(before: ProfileSettings, { settings, apiKey, staticKeys }: SaveSettings): boolean {
	return (
		apiKey !== undefined ||
		staticKeys !== undefined ||
		before.endpoint !== settings.endpoint ||
		JSON.stringify(before.credentials) !== JSON.stringify(settings.credentials)
	)
}
