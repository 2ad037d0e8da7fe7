import { readFile } from "node:fs/promises"
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
import { errorMessage } from "./error-message"
import { withFileLock } from "./file-lock"
import { quarantineCopy } from "./quarantine"
import { t } from "@bedrock-tiers/core"
import { writeFileAtomic } from "./write-file-atomic"

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
	readonly #file: string
	readonly #reportProblem: ReportProblem
	readonly #now: () => Date
	/** The last change of this window, settled or pending; never rejects. */
	#lastChange: Promise<unknown> = Promise.resolve()
	/** The last reported message about a file that could not be quarantined. */
	#lastReportedMessage = ""

	constructor(file: string, { reportProblem, now = () => new Date() }: RefusalsStoreOptions) {
		this.#file = file
		this.#reportProblem = reportProblem
		this.#now = now
	}

	/**
	 * Refusals that have not expired, including pending changes of this window. If the file has invalid parts, a copy
	 * is quarantined and reported, and the valid refusals are returned.
	 */
	async load(): Promise<TierRefusal[]> {
		await this.#lastChange
		return this.#read()
	}

	async #read(): Promise<TierRefusal[]> {
		let text: string
		try {
			text = await readFile(this.#file, "utf8")
		} catch {
			// The file does not exist yet.
			return []
		}
		const { refusals, isWhole } = readEntries(text)
		if (!isWhole) this.#quarantine()
		const now = this.#now().getTime()
		return refusals.filter(({ rememberedUntil }) => Date.parse(rememberedUntil) > now)
	}

	/** Quarantines a copy, because the valid refusals remain in use. Reports the same file only once. */
	#quarantine(): void {
		try {
			const quarantined = quarantineCopy(this.#file)
			if (!quarantined?.isNew) return
			this.#reportProblem(
				t(
					"The remembered refusals of service tiers could not be read and were put aside: {0}",
					quarantined.path,
				),
			)
		} catch (error) {
			if (this.#lastReportedMessage === errorMessage(error)) return
			this.#lastReportedMessage = errorMessage(error)
			this.#reportProblem(this.#lastReportedMessage)
		}
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

	/**
	 * Reads the file, changes it and writes it; no other window can write in between. Resolves with all refusals when the
	 * change is written; rejects when it cannot be written.
	 */
	#change(edit: (refusals: TierRefusal[]) => TierRefusal[]): Promise<TierRefusal[]> {
		const change = withFileLock(this.#file, async () => {
			const refusals = edit(await this.#read())
			await writeFileAtomic(this.#file, JSON.stringify({ version: 1, refusals: refusals.map(toStoredRefusal) }))
			return refusals
		})
		this.#lastChange = change.catch(() => undefined)
		return change
	}
}

function isNot(profileId: string, tierRequest: TierRequest) {
	return (refusal: TierRefusal) =>
		refusal.profileId !== profileId || !isSameTierRequest(refusal.tierRequest, tierRequest)
}

/** The valid refusals; `isWhole` is `false` when the file has invalid parts. */
function readEntries(text: string): { readonly refusals: TierRefusal[]; readonly isWhole: boolean } {
	try {
		const { version, refusals } = JSON.parse(text) as { version?: unknown; refusals?: unknown }
		if (version !== 1 || !Array.isArray(refusals)) return { refusals: [], isWhole: false }
		const valid = refusals.flatMap((entry) => {
			const received = receive(tierRefusalSchema, fromStoredRefusal(entry))
			return received.ok ? [received.message] : []
		})
		return { refusals: valid, isWhole: valid.length === refusals.length }
	} catch {
		return { refusals: [], isWhole: false }
	}
}
