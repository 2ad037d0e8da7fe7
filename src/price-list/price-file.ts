import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import {
	isSelectableTier,
	PRICE_FIELDS,
	type PriceCard,
	type PriceField,
	ROUTES,
	SELECTABLE_TIERS,
	TIER_FACTORS,
	timesFactor,
	UNIT_PRICE_MEMBERS,
} from "@bedrock-tiers/core"
import type { DataFile, DataFolder } from "./data-folder"
import { formatLines, rowLine, sourceLine, type JsonObject, type Line } from "./price-file-text"
import { PriceListFailure } from "./price-list-failure"
import type { PriceUpdateReport } from "./price-list-update"

/**
 * Writes what the report changes into the catalog's files: all of them or none. A file in which nothing changes is not
 * touched, and in one that changes every other line stays as it is, byte by byte.
 * @param readThrough where the price list was read, for the catalog's sources
 * @returns the paths that were written, relative to data/
 * @throws PriceListFailure `refused` when a file is not what it was when it was read; any error of the file system
 */
export function writePriceFiles(data: DataFolder, report: PriceUpdateReport, readThrough: string): string[] {
	const cardsByModel = new Map<string, PriceCard[]>()
	for (const card of [...report.updatedRows, ...report.newRows])
		cardsByModel.set(card.modelId, [...(cardsByModel.get(card.modelId) ?? []), card])
	if (cardsByModel.size === 0) return []
	const linesByModel = new Map([...data.priceFiles].map(([modelId, file]) => [modelId, file.lines.lines] as const))
	const texts = new Map<DataFile, string>()
	for (const [modelId, cards] of cardsByModel) {
		const file = data.priceFiles.get(modelId)
		if (!file) throw new PriceListFailure("refused", `${modelId} has no price file. Nothing was changed.`)
		const lines = withCards(file.lines.lines, cards)
		linesByModel.set(modelId, lines)
		texts.set(file, formatLines({ ...file.lines, lines }, file.form))
	}
	const used = new Set(data.sourcesOfModels)
	for (const lines of linesByModel.values()) for (const { json } of lines) used.add(String(json.source))
	const lines = withSources(data.sources.lines.lines, used, readThrough)
	const sources = formatLines({ ...data.sources.lines, lines }, data.sources.form)
	if (sources !== data.sources.text) texts.set(data.sources, sources)
	replaceAll(data.folder, texts)
	return [...texts.keys()].map(({ path }) => path)
}

function withCards(lines: readonly Line[], cards: readonly PriceCard[]): Line[] {
	const rest = new Map(cards.map((card) => [identity(card), card]))
	const rows = lines.map(({ json }) => {
		const card = rest.get(identity(toIdentity(json)))
		if (!card) return json
		rest.delete(identity(card))
		return updated(json, card)
	})
	for (const card of rest.values()) {
		const at = rows.findIndex((row) => order(toIdentity(row)) > order(card))
		rows.splice(at === -1 ? rows.length : at, 0, newRow(card))
	}
	const untouched = new Map(lines.map((line) => [line.json, line]))
	return rows.map((row) => untouched.get(row) ?? rowLine(withOffRule(row, rows)))
}

/** The row's own members in their own order, those that are not known to us too. */
function updated({ note, ...row }: JsonObject, card: PriceCard): JsonObject {
	const stays = PRICE_FIELDS.every((field) => row[UNIT_PRICE_MEMBERS[field]] === card[UNIT_PRICE_MEMBERS[field]])
	const isFree = PRICE_FIELDS.some((field) => card[UNIT_PRICE_MEMBERS[field]] === 0)
	return {
		...row,
		...pricesOfCard(card),
		source: card.source,
		checkedOn: card.checkedOn,
		derived: card.derived,
		// A note is about the prices that it was written beside; one on a price of zero is owed.
		...(note !== undefined && (stays || isFree) && { note }),
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
		source: card.source,
		checkedOn: card.checkedOn,
		derived: card.derived,
	}
}

function pricesOfCard(card: PriceCard): JsonObject {
	return Object.fromEntries(PRICE_FIELDS.map((field) => [UNIT_PRICE_MEMBERS[field], card[UNIT_PRICE_MEMBERS[field]]]))
}

/** The catalog wants every row that is off its tier's factor to say why, and no other row. */
function withOffRule(row: JsonObject, rows: readonly JsonObject[]): JsonObject {
	const { offRule, ...rest } = row
	const base = rows.find((other) => identity({ ...toIdentity(row), tier: "default" }) === identity(toIdentity(other)))
	if (!base || row.tier === "default" || !PRICE_FIELDS.some((field) => isOff(field, row, base))) return rest
	return { ...rest, offRule: offRule ?? `AWS's price list of ${String(row.checkedOn)} prints it so.` }
}

function isOff(field: PriceField, row: JsonObject, base: JsonObject): boolean {
	const from = base[UNIT_PRICE_MEMBERS[field]]
	const factor = typeof row.tier === "string" && isSelectableTier(row.tier) ? TIER_FACTORS[row.tier] : 1
	return row[UNIT_PRICE_MEMBERS[field]] !== (typeof from === "number" ? timesFactor(from, factor) : null)
}

type Identity = Pick<PriceCard, "route" | "region" | "tier" | "fromPromptTokens">

function toIdentity(row: JsonObject): Identity {
	return { ...(row as unknown as Identity), fromPromptTokens: Number(row.fromPromptTokens ?? 0) }
}

function identity({ route, region, tier, fromPromptTokens }: Identity): string {
	return `${route} ${region} ${tier} ${fromPromptTokens}`
}

/** The order of the files: route, region, band of prompt lengths, tier. */
function order({ route, region, tier, fromPromptTokens }: Identity): string {
	const tierIndex = SELECTABLE_TIERS.findIndex((known) => known === tier)
	return `${ROUTES.indexOf(route)} ${region.padEnd(20)} ${String(fromPromptTokens).padStart(9, "0")} ${tierIndex}`
}

/** The sources that something comes from, with those that are new after the other price lists. */
function withSources(lines: readonly Line[], used: ReadonlySet<string>, readThrough: string): Line[] {
	const kept = lines.filter(({ json }) => used.has(keyOf(json)))
	const known = new Set(lines.map(({ json }) => keyOf(json)))
	const added = [...used].filter((key) => key.startsWith(LIST) && !known.has(key)).sort()
	const last = kept.findLastIndex(({ json }) => keyOf(json).startsWith(LIST))
	const offers = "AWS Price List (AmazonBedrock, AmazonBedrockFoundationModels)"
	const entries = added.map((key) =>
		sourceLine(key, { title: `${offers}, published ${key.slice(LIST.length)}`, readThrough }),
	)
	return [...kept.slice(0, last + 1), ...entries, ...kept.slice(last + 1)]
}

const LIST = "aws-price-list-"

function keyOf(json: JsonObject): string {
	return Object.keys(json)[0] ?? ""
}

/** Writes beside the files first, then renames; what was renamed already is put back when a later one fails. */
function replaceAll(folder: string, texts: ReadonlyMap<DataFile, string>): void {
	const beside = (file: DataFile) => `${join(folder, file.path)}.${process.pid}.new`
	const replaced: DataFile[] = []
	try {
		for (const [file, text] of texts) {
			if (readFileSync(join(folder, file.path), "utf8") !== file.text)
				throw new PriceListFailure("refused", `${file.path} changed meanwhile. Nothing was changed.`)
			writeFileSync(beside(file), text, { flag: "wx" })
		}
		for (const file of texts.keys()) {
			renameSync(beside(file), join(folder, file.path))
			replaced.push(file)
		}
	} catch (error) {
		for (const file of replaced) writeFileSync(join(folder, file.path), file.text)
		throw error
	} finally {
		for (const file of texts.keys()) rmSync(beside(file), { force: true })
	}
}
