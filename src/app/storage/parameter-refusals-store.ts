import {
	parameterRefusalSchema,
	receive,
	REFUSAL_REMEMBERED_DAYS,
	type ParameterRefusal,
	type ParameterRequest,
} from "@bedrock-tiers/protocol"
import { JsonFile } from "./json-file"
import type { RefusalsStoreOptions } from "./refusals-store"

const DAY_MS = 86_400_000

/**
 * Parameters that Bedrock refused and that the user chose to leave out, in one file for all windows. The file is read on
 * each access. A refusal expires like that of a tier, because models change without notice.
 */
export class ParameterRefusalsStore {
	readonly #file: JsonFile<readonly ParameterRefusal[]>
	readonly #now: () => Date

	constructor(file: string, { reportProblem, now = () => new Date() }: RefusalsStoreOptions) {
		this.#file = new JsonFile<readonly ParameterRefusal[]>(file, {
			empty: [],
			parse: parseRefusals,
			toStored: (refusals) => ({ version: 1, refusals }),
			quarantineCode: "storage.refusals-quarantined",
			reportProblem,
		})
		this.#now = now
	}

	/** Parameters to leave out for a profile, whose refusals have not expired. */
	load(profileId: string): ParameterRequest[] {
		return this.#current(this.#file.load())
			.filter((refusal) => refusal.profileId === profileId)
			.map(({ parameterRequest }) => parameterRequest)
	}

	/** Rejects when the refusal cannot be written. */
	async remember(profileId: string, parameterRequest: ParameterRequest): Promise<void> {
		const until = new Date(this.#now().getTime() + REFUSAL_REMEMBERED_DAYS * DAY_MS)
		const refusal = { profileId, parameterRequest, rememberedUntil: until.toISOString() }
		await this.#file.update((refusals) => [...this.#current(refusals), refusal])
	}

	/** Forgets the refusals of a profile, for a profile that may now belong to another account. */
	async forgetProfile(profileId: string): Promise<void> {
		if (this.load(profileId).length === 0) return
		await this.#file.update((refusals) => refusals.filter((refusal) => refusal.profileId !== profileId))
	}

	#current(refusals: readonly ParameterRefusal[]): ParameterRefusal[] {
		const now = this.#now().getTime()
		return refusals.filter(({ rememberedUntil }) => Date.parse(rememberedUntil) > now)
	}
}

function parseRefusals(content: unknown) {
	const { version, refusals } = (content ?? {}) as { readonly version?: unknown; readonly refusals?: unknown }
	if (version !== 1 || !Array.isArray(refusals)) return undefined
	const valid = refusals.flatMap((entry) => {
		const received = receive(parameterRefusalSchema, entry)
		return received.ok ? [received.message] : []
	})
	return { value: valid, isWhole: valid.length === refusals.length }
}
