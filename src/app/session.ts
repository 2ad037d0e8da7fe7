import { tierChoice, type SelectableTier } from "@bedrock-tiers/core"
import {
	pricedRegion,
	pricingOf,
	sameAskedTier,
	type Profile,
	type ProfileSettings,
	type TierAnswer,
	type TierRefusal,
	type ToHost,
	type ToWebview,
} from "@bedrock-tiers/protocol"
import type { ApiHandler } from "../api"
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
import { ProfileRefused } from "./profile-list"
import type { RefreshedPricesStore } from "./refreshed-prices-store"
import type { RefusalsStore } from "./refusals-store"
import type { Settings } from "./settings"
import { SettingsRequests } from "./settings-requests"

const CURRENT_CHAT_KEY = "currentChat"

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
	readonly #settingsRequests: SettingsRequests
	/** Loading, or loaded. */
	#chat: Promise<ChatTask> | undefined
	#openTask: ChatTask | undefined
	#refreshing = false
	/** The last refusal that is being written; never rejects. */
	#remembering: Promise<void> = Promise.resolve()

	constructor(dependencies: SessionDependencies) {
		this.#dependencies = dependencies
		const { settings, files, post } = dependencies
		this.#settingsRequests = new SettingsRequests({
			settings,
			files,
			post,
			postState: () => this.postState(),
			open: async (profile, asked) => (await this.#opener(profile))(asked),
		})
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
		switch (message.type) {
			case "ready":
				return this.postState()
			case "send":
				return this.#send(message.text)
			case "retry":
				return this.#retry(message.tier)
			case "stop":
				return this.#openTask?.stop()
			case "new-chat":
				return this.newChat()
			case "allow-tools":
				await (await this.#openChat()).allowTools(message.allowed)
				return this.postState()
			case "refresh-prices":
				return this.refreshPrices()
			case "remove-refreshed-prices":
				await this.#dependencies.prices.remove(this.#region)
				return this.postState()
			case "forget-refusal":
				return this.#postRefusals(this.#dependencies.refusals.forget(message.profileId, message.asked))
			default:
				await this.#settingsRequests.handle(message)
				return this.#remembering
		}
	}

	/** Puts the open chat aside (it stays in its file) and starts an empty one. */
	async newChat(): Promise<void> {
		this.#openTask?.stop()
		this.#chat = Promise.resolve(this.#newTask())
		await this.postState()
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
			reportProblem(error instanceof Error ? error.message : String(error))
		} finally {
			this.#refreshing = false
		}
		await this.postState()
	}

	/** Ends what is on its way. */
	dispose(): void {
		this.#openTask?.stop()
		this.#settingsRequests.stopTest()
	}

	async #send(text: string): Promise<void> {
		const chat = await this.#openChat()
		await this.#dependencies.window.set(CURRENT_CHAT_KEY, chat.id)
		await chat.send(text, await this.#connection())
		await this.#remembering
	}

	/** On the tier for this once: the profile keeps its own. */
	async #retry(serviceTier: SelectableTier): Promise<void> {
		const chat = await this.#openChat()
		await chat.retry(await this.#connection({ serviceTier }))
		await this.#remembering
	}

	/** How to reach Bedrock by the active profile as it is now. */
	async #connection(change: Partial<ProfileSettings> = {}): Promise<Connection> {
		const { settings, workspace } = this.#dependencies
		const profile = settings.activeProfile
		const asked = { ...profile.settings, ...change }
		const open = await this.#opener({ ...profile, settings: asked })
		return {
			open: () => open(asked),
			openBackground: (purpose) => open(backgroundSettings(asked, purpose)),
			openTools: workspace.isOpen() ? () => workspace.tools() : null,
			writesTitle: asked.chatTitles === "written",
			contextWindow: tierChoice(asked).model?.contextWindow ?? null,
		}
	}

	/** Opens connections by the profile, with its prices as they are now. */
	async #opener(profile: Profile): Promise<(settings: ProfileSettings) => Promise<ApiHandler>> {
		const { settings, connect, prices } = this.#dependencies
		const pricing = pricingOf(profile.settings, await prices.load(pricedRegion(profile.settings)))
		return async (asked) =>
			connect(
				{ ...profile, settings: asked },
				await settings.secrets(profile.id),
				pricing,
				await this.#memory(profile.id),
			)
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
		const { chats, window } = this.#dependencies
		const id = window.get(CURRENT_CHAT_KEY)
		const record = typeof id === "string" ? await chats.load(id) : undefined
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
				importPreview: this.#settingsRequests.importPreview,
			},
		})
	}
}
