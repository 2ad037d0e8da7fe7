import { textDetail } from "@bedrock-tiers/error-details"
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import {
	groupBy,
	isSelectableTier,
	type PriceCard,
	ROUTES,
	SELECTABLE_TIERS,
	tierPrice,
	tierPriceRuleOf,
	UNIT_PRICE_KEYS,
	type UnitPrices,
} from "@bedrock-tiers/core"
import type { DataFile, DataFolder } from "./data-folder"
import { formatLines, rowLine, sourceLine, type JsonObject, type Line } from "./price-file-text"
import { PriceListFailure } from "./price-list-failure"
import type { PriceUpdateReport } from "./price-list-update"

/**
 * Writes the changes of the report to the catalog's files, either all of them or none. A file without changes is not
 * written, and in a changed file every other line is preserved byte by byte.
 * @param readThrough host from which the price list was read, for the catalog's sources
 * @returns the paths that were written, relative to packages/core/data
 * @throws PriceListFailure `refused` when a file has changed since it was read; any file system error
 */
export function writePriceFiles(data: DataFolder, report: PriceUpdateReport, readThrough: string): string[] {
	const cardsByModel = groupBy([...report.updatedRows, ...report.newRows], ({ modelId }) => modelId)
	if (cardsByModel.size === 0) return []
	const linesByModel = new Map([...data.priceFiles].map(([modelId, file]) => [modelId, file.lines.lines] as const))
	const texts = new Map<DataFile, string>()
	for (const [modelId, cards] of cardsByModel) {
		const file = data.priceFiles.get(modelId)
		if (!file)
			throw new PriceListFailure("refused", textDetail(`${modelId} has no price file. Nothing was changed.`))
		const lines = mergeRows(modelId, file.lines.lines, cards)
		linesByModel.set(modelId, lines)
		texts.set(file, formatLines({ ...file.lines, lines }, file.form))
	}
	const used = new Set(data.sourcesOfModels)
	for (const lines of linesByModel.values()) for (const { json } of lines) used.add(String(json.source))
	const lines = updateSources(data.sources.lines.lines, used, readThrough)
	const sources = formatLines({ ...data.sources.lines, lines }, data.sources.form)
	if (sources !== data.sources.text) texts.set(data.sources, sources)
	replaceAll(data.folder, texts)
	return [...texts.keys()].map(({ path }) => path)
}

function mergeRows(modelId: string, lines: readonly Line[], cards: readonly PriceCard[]): Line[] {
	const rest = new Map(cards.map((card) => [identity(card), card]))
	const rows = lines.map(({ json }) => {
		const card = rest.get(identity(toIdentity(json)))
		if (!card) return json
		rest.delete(identity(card))
		return updateRow(json, card)
	})
	for (const card of rest.values()) {
		const index = rows.findIndex((row) => sortKey(toIdentity(row)) > sortKey(card))
		rows.splice(index === -1 ? rows.length : index, 0, newRow(card))
	}
	const untouched = new Map(lines.map((line) => [line.json, line]))
	return rows.map((row) => untouched.get(row) ?? rowLine(withOffRule(modelId, row, rows)))
}

/** Updates the prices of a row. All its members, also unknown ones, keep their order. */
function updateRow({ note, ...row }: JsonObject, card: PriceCard): JsonObject {
	const isUnchanged = UNIT_PRICE_KEYS.every((key) => row[key] === card[key])
	const isFree = UNIT_PRICE_KEYS.some((key) => card[key] === 0)
	return {
		...row,
		...pricesOfCard(card),
		// A note describes its row's prices, so it is dropped when they change. A row with a zero price requires one.
		...(note !== undefined && (isUnchanged || isFree) && { note }),
	}
}

function newRow(card: PriceCard): JsonObject {
	return {
		route: card.route,
		region: card.region,
		tier: card.tier,
		...(card.fromPromptTokens > 0 && { fromPromptTokens: card.fromPromptTokens }),
		...(card.belowPromptTokens !== null && { belowPromptTokens: card.belowPromptTokens }),
		...pricesOfCard(card),
	}
}

/** The prices with their source, in the order of a file. */
function pricesOfCard(card: PriceCard): JsonObject {
	const keys = [...UNIT_PRICE_KEYS, "source", "checkedOn", "derived"] as const
	return Object.fromEntries(keys.map((key) => [key, card[key]]))
}

/** Sets `offRule`. The catalog requires it for each row that is off its tier's rule, and forbids it for others. */
function withOffRule(modelId: string, row: JsonObject, rows: readonly JsonObject[]): JsonObject {
	const { offRule, ...rest } = row
	const base = rows.find((other) => identity({ ...toIdentity(row), tier: "default" }) === identity(toIdentity(other)))
	if (!base || row.tier === "default" || !UNIT_PRICE_KEYS.some((key) => isOff(modelId, key, row, base))) return rest
	return { ...rest, offRule: offRule ?? `AWS's price list of ${String(row.checkedOn)} prints it so.` }
}

function isOff(modelId: string, key: keyof UnitPrices, row: JsonObject, base: JsonObject): boolean {
	const from = base[key]
	const tier = typeof row.tier === "string" && isSelectableTier(row.tier) ? row.tier : "default"
	const rule = tierPriceRuleOf(modelId, String(row.region))
	return row[key] !== tierPrice(typeof from === "number" ? from : null, tier, rule)
}

type Identity = Pick<PriceCard, "route" | "region" | "tier" | "fromPromptTokens">

function toIdentity(row: JsonObject): Identity {
	return { ...(row as unknown as Identity), fromPromptTokens: Number(row.fromPromptTokens ?? 0) }
}

function identity({ route, region, tier, fromPromptTokens }: Identity): string {
	return `${route} ${region} ${tier} ${fromPromptTokens}`
}

/** Sort key for the order of rows in a file: route, region, band of prompt lengths, tier. */
function sortKey({ route, region, tier, fromPromptTokens }: Identity): string {
	const tierIndex = SELECTABLE_TIERS.findIndex((known) => known === tier)
	return `${ROUTES.indexOf(route)} ${region.padEnd(20)} ${String(fromPromptTokens).padStart(9, "0")} ${tierIndex}`
}

/** Removes unused sources and inserts the new price lists after the existing ones. */
function updateSources(lines: readonly Line[], used: ReadonlySet<string>, readThrough: string): Line[] {
	const usedLines = lines.filter(({ json }) => used.has(keyOf(json)))
	const known = new Set(lines.map(({ json }) => keyOf(json)))
	const added = [...used].filter((key) => key.startsWith(LIST_PREFIX) && !known.has(key)).sort()
	const last = usedLines.findLastIndex(({ json }) => keyOf(json).startsWith(LIST_PREFIX))
	const offers = "AWS Price List (AmazonBedrock, AmazonBedrockFoundationModels)"
	const entries = added.map((key) =>
		sourceLine(key, { title: `${offers}, published ${key.slice(LIST_PREFIX.length)}`, readThrough }),
	)
	return [...usedLines.slice(0, last + 1), ...entries, ...usedLines.slice(last + 1)]
}

const LIST_PREFIX = "aws-price-list-"

function keyOf(json: JsonObject): string {
	return Object.keys(json)[0] ?? ""
}

/** Writes temporary files next to the originals, then renames them. Restores replaced files when a later one fails. */
function replaceAll(folder: string, texts: ReadonlyMap<DataFile, string>): void {
	const temporaryPath = (file: DataFile) => `${join(folder, file.path)}.${process.pid}.new`
	const replaced: DataFile[] = []
	try {
		for (const [file, text] of texts) {
			if (readFileSync(join(folder, file.path), "utf8") !== file.text)
				throw new PriceListFailure(
					"refused",
					textDetail(`${file.path} changed meanwhile. Nothing was changed.`),
				)
			writeFileSync(temporaryPath(file), text, { flag: "wx" })
		}
		for (const file of texts.keys()) {
			renameSync(temporaryPath(file), join(folder, file.path))
			replaced.push(file)
		}
	} catch (error) {
		for (const file of replaced) writeFileSync(join(folder, file.path), file.text)
		throw error
	} finally {
		for (const file of texts.keys()) rmSync(temporaryPath(file), { force: true })
	}
}
