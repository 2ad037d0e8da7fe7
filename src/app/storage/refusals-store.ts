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
import { quarantineCopy } from "./quarantine"
import { t } from "@bedrock-tiers/core"
import { writeFileAtomic } from "./write-file-atomic"

const DAY_MS = 86_400_000

export type RefusalsStoreOptions = {
	readonly reportProblem: ReportProblem
	/** Absent = the machine's clock. */
	readonly now?: () => Date
}

/**
 * Tiers that Bedrock refused, in one file for all windows: it is read anew each time, so that what one window learns the other
 * knows. A refusal goes by itself after some days.
 */
export class RefusalsStore {
	readonly #file: string
	readonly #reportProblem: ReportProblem
	readonly #now: () => Date
	/** The last change, failed or not: each one reads what the one before has written. */
	#lastChange: Promise<unknown> = Promise.resolve()
	/** What was told last of a file that could not be put aside. */
	#reported = ""

	constructor(file: string, { reportProblem, now = () => new Date() }: RefusalsStoreOptions) {
		this.#file = file
		this.#reportProblem = reportProblem
		this.#now = now
	}

	/** Those that are still remembered, what this window has just learnt among them. Of a file that cannot be read as a whole a copy is put aside and reported; what fits of it goes on. */
	async load(): Promise<TierRefusal[]> {
		await this.#lastChange
		return this.#read()
	}

	async #read(): Promise<TierRefusal[]> {
		let text: string
		try {
			text = await readFile(this.#file, "utf8")
		} catch {
			// Not there yet.
			return []
		}
		const { refusals, isWhole } = readEntries(text)
		if (!isWhole) this.#quarantine()
		const now = this.#now().getTime()
		return refusals.filter(({ rememberedUntil }) => Date.parse(rememberedUntil) > now)
	}

	/** A copy: what can be read of it goes on. The same file is told of once. */
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
			if (this.#reported === errorMessage(error)) return
			this.#reported = errorMessage(error)
			this.#reportProblem(this.#reported)
		}
	}

	/** From now on; an older refusal of the same gives way. */
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

	/** All of the profile's: it may stand for another account now. */
	forgetProfile(profileId: string): Promise<TierRefusal[]> {
		return this.#change((refusals) => refusals.filter((refusal) => refusal.profileId !== profileId))
	}

	/** Resolves with what there is when it is in the file; rejects when it could not be written. */
	#change(edit: (refusals: TierRefusal[]) => TierRefusal[]): Promise<TierRefusal[]> {
		const change = this.#lastChange.then(async () => {
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

/** Those that fit, and whether that is all that the file holds. */
function readEntries(text: string): { readonly refusals: TierRefusal[]; readonly isWhole: boolean } {
	try {
		const { version, refusals } = JSON.parse(text) as { version?: unknown; refusals?: unknown }
		if (version !== 1 || !Array.isArray(refusals)) return { refusals: [], isWhole: false }
		const fitting = refusals.flatMap((entry) => {
			const received = receive(tierRefusalSchema, fromStoredRefusal(entry))
			return received.ok ? [received.message] : []
		})
		return { refusals: fitting, isWhole: fitting.length === refusals.length }
	} catch {
		return { refusals: [], isWhole: false }
	}
}
