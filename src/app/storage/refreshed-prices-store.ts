import { join } from "node:path"
import { isRegionCode } from "@bedrock-tiers/core"
import { receive, refreshedPricesSchema, type RefreshedPrices } from "@bedrock-tiers/protocol"
import type { ReportProblem } from "../ports"
import { JsonFile } from "./json-file"

/** Prices that the user loaded from AWS's price list, one file per region. */
export class RefreshedPricesStore {
	readonly #folder: string
	readonly #reportProblem: ReportProblem
	/** Loaded prices by region; `null` when there are none. */
	readonly #loaded = new Map<string, RefreshedPrices | null>()

	constructor(folder: string, reportProblem: ReportProblem) {
		this.#folder = folder
		this.#reportProblem = reportProblem
	}

	/** `null` when the region has none or they cannot be read; the built-in catalog applies then. */
	load(region: string): RefreshedPrices | null {
		const loaded = this.#loaded.get(region)
		if (loaded !== undefined) return loaded
		const prices = this.#file(region).load()
		this.#loaded.set(region, prices)
		return prices
	}

	async save(prices: RefreshedPrices): Promise<void> {
		await this.#file(prices.region).update(() => prices)
		this.#loaded.set(prices.region, prices)
	}

	async remove(region: string): Promise<void> {
		await this.#file(region).remove()
		this.#loaded.set(region, null)
	}

	#file(region: string): JsonFile<RefreshedPrices | null> {
		// eslint-disable-next-line bedrock-tiers/untranslated-text -- only a programming error can cause it
		if (!isRegionCode(region)) throw new Error("Prices are kept by region code.")
		return new JsonFile<RefreshedPrices | null>(join(this.#folder, `${region}.json`), {
			empty: null,
			parse(content) {
				const received = receive(refreshedPricesSchema, content)
				return received.ok && received.message.region === region
					? { value: received.message, isWhole: true }
					: undefined
			},
			quarantineCode: "storage.prices-quarantined",
			reportProblem: this.#reportProblem,
		})
	}
}
