import { readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { isRegionCode } from "@bedrock-tiers/core"
import { receive, refreshedPricesSchema, type RefreshedPrices } from "@bedrock-tiers/protocol"
import { writeWholeFile } from "./write-whole-file"

/** Prices that the person had read from AWS's price list, a file for each region. */
export class RefreshedPricesStore {
	readonly #folder: string
	/** Null = there are none. */
	readonly #loaded = new Map<string, Promise<RefreshedPrices | null>>()

	constructor(folder: string) {
		this.#folder = folder
	}

	/** Null when there are none for the region, or none that can be read: the built-in catalog answers then. */
	load(region: string): Promise<RefreshedPrices | null> {
		let prices = this.#loaded.get(region)
		if (!prices) {
			prices = this.#read(region)
			this.#loaded.set(region, prices)
		}
		return prices
	}

	async save(prices: RefreshedPrices): Promise<void> {
		await writeWholeFile(this.#file(prices.region), JSON.stringify(prices))
		this.#loaded.set(prices.region, Promise.resolve(prices))
	}

	async remove(region: string): Promise<void> {
		await rm(this.#file(region), { force: true })
		this.#loaded.set(region, Promise.resolve(null))
	}

	async #read(region: string): Promise<RefreshedPrices | null> {
		try {
			const received = receive(refreshedPricesSchema, JSON.parse(await readFile(this.#file(region), "utf8")))
			return received.ok && received.message.region === region ? received.message : null
		} catch {
			return null
		}
	}

	#file(region: string): string {
		if (!isRegionCode(region)) throw new Error("Prices are kept by region code.")
		return join(this.#folder, `${region}.json`)
	}
}
