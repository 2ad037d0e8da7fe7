import { readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { isRegionCode, t } from "@bedrock-tiers/core"
import { receive, refreshedPricesSchema, type RefreshedPrices } from "@bedrock-tiers/protocol"
import type { ReportProblem } from "../ports"
import { errorMessage } from "./error-message"
import { quarantineFile } from "./quarantine"
import { writeFileAtomic } from "./write-file-atomic"

/** Prices that the user loaded from AWS's price list, one file per region. */
export class RefreshedPricesStore {
	readonly #folder: string
	readonly #reportProblem: ReportProblem
	/** Loaded prices by region; `null` when there are none. */
	readonly #loaded = new Map<string, Promise<RefreshedPrices | null>>()

	constructor(folder: string, reportProblem: ReportProblem) {
		this.#folder = folder
		this.#reportProblem = reportProblem
	}

	/**
	 * `null` when the region has none or they cannot be read; the built-in catalog applies then. A damaged file is
	 * quarantined and reported.
	 */
	load(region: string): Promise<RefreshedPrices | null> {
		let prices = this.#loaded.get(region)
		if (!prices) {
			prices = this.#read(region)
			this.#loaded.set(region, prices)
		}
		return prices
	}

	async save(prices: RefreshedPrices): Promise<void> {
		await writeFileAtomic(this.#file(prices.region), JSON.stringify(prices))
		this.#loaded.set(prices.region, Promise.resolve(prices))
	}

	async remove(region: string): Promise<void> {
		await rm(this.#file(region), { force: true })
		this.#loaded.set(region, Promise.resolve(null))
	}

	async #read(region: string): Promise<RefreshedPrices | null> {
		const file = this.#file(region)
		try {
			const received = receive(refreshedPricesSchema, JSON.parse(await readFile(file, "utf8")))
			if (received.ok && received.message.region === region) return received.message
		} catch (error) {
			if (isMissing(error)) return null
		}
		this.#quarantine(file)
		return null
	}

	#quarantine(file: string): void {
		try {
			const quarantined = quarantineFile(file)
			if (quarantined === undefined) return
			this.#reportProblem(
				t("The prices that were read from AWS could not be read and were put aside: {0}", quarantined),
			)
		} catch (error) {
			this.#reportProblem(errorMessage(error))
		}
	}

	#file(region: string): string {
		// eslint-disable-next-line bedrock-tiers/untranslated-text -- only a programming error can cause it
		if (!isRegionCode(region)) throw new Error("Prices are kept by region code.")
		return join(this.#folder, `${region}.json`)
	}
}

function isMissing(error: unknown): boolean {
	const { code } = error as NodeJS.ErrnoException
	return code === "ENOENT" || code === "ENOTDIR"
}
