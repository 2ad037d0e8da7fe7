import {
	fromStoredRefusal,
	receive,
	REFUSAL_REMEMBERED_DAYS,
	isSameTierRequest,
	tierRefusalSchema,
	toStoredRefusal,
	type TierRequest,
	type TierRefusal,
} from "@bedrock-tiers/protocol"
import type { ReportProblem } from "../ports"
import { JsonFile } from "./json-file"

const DAY_MS = 86_400_000

export type RefusalsStoreOptions = {
	readonly reportProblem: ReportProblem
	/** Defaults to the system clock. */
	readonly now?: () => Date
}

/**
 * Tiers that Bedrock refused, in one file for all windows. The file is read on each access, so that every window knows
 * the refusals of the others. A refusal expires after some days.
 */
export class RefusalsStore {
	readonly #file: JsonFile<readonly TierRefusal[]>
	readonly #now: () => Date
	/** The last change of this window, settled or pending; never rejects. */
	#lastChange: Promise<unknown> = Promise.resolve()

	constructor(file: string, { reportProblem, now = () => new Date() }: RefusalsStoreOptions) {
		this.#file = new JsonFile<readonly TierRefusal[]>(file, {
			empty: [],
			parse: parseRefusals,
			toStored: (refusals) => ({ version: 1, refusals: refusals.map(toStoredRefusal) }),
			quarantineCode: "storage.refusals-quarantined",
			reportProblem,
		})
		this.#now = now
	}

	/** Refusals that have not expired, including pending changes of this window. */
	async load(): Promise<TierRefusal[]> {
		await this.#lastChange
		return this.#current(this.#file.load())
	}

	#current(refusals: readonly TierRefusal[]): TierRefusal[] {
		const now = this.#now().getTime()
		return refusals.filter(({ rememberedUntil }) => Date.parse(rememberedUntil) > now)
	}

	/** Remembers a refusal from now on; replaces an older one of the same request. */
	remember(profileId: string, tierRequest: TierRequest): Promise<TierRefusal[]> {
		const refusedAt = this.#now()
		const until = new Date(refusedAt.getTime() + REFUSAL_REMEMBERED_DAYS * DAY_MS)
		const refusal = {
			profileId,
			tierRequest,
			refusedAt: refusedAt.toISOString(),
			rememberedUntil: until.toISOString(),
		}
		return this.#change((refusals) => [...refusals.filter(isNot(profileId, tierRequest)), refusal])
	}

	forget(profileId: string, tierRequest: TierRequest): Promise<TierRefusal[]> {
		return this.#change((refusals) => refusals.filter(isNot(profileId, tierRequest)))
	}

	/** Forgets all refusals of a profile, for a profile that may now belong to another account. */
	forgetProfile(profileId: string): Promise<TierRefusal[]> {
		return this.#change((refusals) => refusals.filter((refusal) => refusal.profileId !== profileId))
	}

	/** Resolves with all refusals when the change is written; rejects when it cannot be written. */
	async #change(edit: (refusals: TierRefusal[]) => TierRefusal[]): Promise<TierRefusal[]> {
		const change = this.#file.update((refusals) => edit(this.#current(refusals)))
		this.#lastChange = change.catch(() => undefined)
		return [...(await change)]
	}
}

function isNot(profileId: string, tierRequest: TierRequest) {
	return (refusal: TierRefusal) =>
		refusal.profileId !== profileId || !isSameTierRequest(refusal.tierRequest, tierRequest)
}

function parseRefusals(content: unknown) {
	const { version, refusals } = (content ?? {}) as { readonly version?: unknown; readonly refusals?: unknown }
	if (version !== 1 || !Array.isArray(refusals)) return undefined
	const valid = refusals.flatMap((entry) => {
		const received = receive(tierRefusalSchema, fromStoredRefusal(entry))
		return received.ok ? [received.message] : []
	})
	return { value: valid, isWhole: valid.length === refusals.length }
}
