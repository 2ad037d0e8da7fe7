import {
	formatUnitPrice,
	markEstimate,
	ROUTE_SETTINGS,
	type PriceField,
	type RouteSetting,
	type ServiceTier,
	type UnitPrices,
} from "@bedrock-tiers/core"
import { Command, Option } from "commander"
import {
	builtInPrices,
	explainPrice,
	fetchPriceUpdate,
	isUpToDate,
	PRICE_LIST_URL,
	pricedRegions,
	PriceListFailure,
	type PriceExplanation,
	type PriceUpdateReport,
	type ReasonSummary,
	type RowIdentity,
} from "../price-list"
import { visibleLine } from "../app/visible-text"
import { findDataFolder, readDataFolder, writePriceFiles } from "../price-list/checkout"
import { readEndpoint, readModelId, readRegion, readTier, TIER_WORDS } from "./arguments"
import { interruptSignal, note, noteProgress, printJson, printLine, table, tierName } from "./output"

type UpdateOptions = { region: string[]; from: string; write?: boolean; json?: boolean }
type ExplainOptions = { route: RouteSetting; json?: boolean }

export function pricesCommand(): Command {
	const prices = new Command("prices").description("Where prices come from, and whether AWS has changed them")
	for (const command of [updateCommand(), explainCommand()]) prices.addCommand(command.exitOverride())
	return prices
}

function updateCommand(): Command {
	return new Command("update")
		.description("Compare the catalog with AWS's public price list (no AWS account needed)")
		.option("--region <region>", "an AWS region; repeat for several (default: every priced one)", addRegion, [])
		.option("--from <url>", "where the price list is: https, or http on this machine", readEndpoint, PRICE_LIST_URL)
		.option("--write", "write what changed into the checkout's packages/core/data")
		.option("--json", "print one JSON object")
		.addHelpText(
			"after",
			"\nIt asks AWS for files that are the same for everyone. Nothing is changed without --write.",
		)
		.action(runUpdate)
}

function addRegion(text: string, previous: string[]): string[] {
	return [...previous, readRegion(text)]
}

async function runUpdate({ region: requestedRegions, from, write, json }: UpdateOptions): Promise<void> {
	const folder = findDataFolder(process.cwd())
	if (write && folder === null) {
		note("error: --write needs a checkout: there is no packages/core/data in this folder or above it.")
		process.exitCode = 2
		return
	}
	const signal = interruptSignal()
	try {
		// In a checkout, its data files are used, because they may be newer than the built-in catalog.
		const data = folder === null ? null : readDataFolder(folder)
		const catalog = data ?? builtInPrices()
		const regions = requestedRegions.length > 0 ? [...new Set(requestedRegions)] : pricedRegions(catalog)
		const onProgress = (filesRead: number, files: number) => noteProgress(filesRead, files, "files")
		const report = await fetchPriceUpdate({ catalog, regions, baseUrl: from, signal, onProgress })
		const written = write && data ? writePriceFiles(data, report, new URL(from).host) : []
		if (json) printJson({ ...report, prices: undefined, written })
		else printUpdate(report, written)
	} catch (error) {
		const failure = error instanceof PriceListFailure ? error : null
		const message = failure?.message ?? (error instanceof Error ? error.message : String(error))
		const unchanged = message.endsWith("Nothing was changed.") ? "" : " Nothing was changed."
		if (json) printJson({ type: "error", reason: failure?.reason ?? "unknown", message: message + unchanged })
		else note(`error: ${message}${unchanged}`)
		process.exitCode = 1
	}
}

function printUpdate(report: PriceUpdateReport, written: readonly string[]): void {
	const dates = [...new Set(report.files.flatMap(({ publishedOn }) => publishedOn ?? []))].sort()
	printLine(`AWS price list of ${dates.join(", ")}, ${report.regions.length} region(s)`)
	const missing = report.files.filter(({ publishedOn }) => publishedOn === null)
	for (const { offer, region } of missing) printLine(`Not published: ${offer} in ${region}`)
	const shown = report.changes.filter(({ kind }) => kind !== "now-printed")
	const nowPrinted = report.changes.length - shown.length
	if (shown.length > 0)
		printLine(
			`\n${table(
				[
					["MODEL", "ROUTE", "REGION", "TIER", "KIND", "OLD", "NEW", "", ""],
					...shown.map((change) => [
						...rowCells(change),
						change.field,
						change.oldUsdPerMTok === null ? "unknown" : formatUnitPrice(change.oldUsdPerMTok),
						formatUnitPrice(change.newUsdPerMTok),
						change.percent === null ? "" : signedPercent(change.percent),
						CHANGE_NOTES[change.kind],
					]),
				],
				[5, 6, 7],
			)}`,
		)
	if (nowPrinted > 0)
		printLine(`\n${nowPrinted} prices that the catalog had derived are printed now, and are the same.`)
	printRows("New rows", report.newRows)
	printRows("No longer in the list (kept here)", report.goneRows)
	if (report.offRule.length > 0) {
		printLine("\nNot half or 1.75 times their own base:")
		for (const row of report.offRule)
			printLine(
				`  ${rowCells(row).join("  ")}  ${row.field} ${formatUnitPrice(row.usdPerMTok)}, by the rule ${formatUnitPrice(row.expectedUsdPerMTok)}`,
			)
	}
	printReasons("Not understood", report.notUnderstood, true)
	printReasons("Left out, as they price something else", report.leftOut, false)
	printLine(`\n${report.confirmed} prices are as the catalog has them. ${conclusion(report, written)}`)
}

const CHANGE_NOTES = {
	changed: "",
	"first-price": "first price",
	"now-printed": "",
	follows: "derived, follows its base",
} as const

function conclusion(report: PriceUpdateReport, written: readonly string[]): string {
	if (written.length > 0) return `${written.length} files written. Now run: npm run catalog`
	return isUpToDate(report) ? "Nothing to do." : "Nothing was written: --write does that, in a checkout."
}

function rowCells({ modelId, route, region, tier }: RowIdentity): string[] {
	return [modelId, route, region, tierName(tier)]
}

function printRows(title: string, rows: readonly (RowIdentity & Partial<UnitPrices>)[]): void {
	if (rows.length === 0) return
	printLine(`\n${title}:`)
	const cells = rows.map((row) => [
		"",
		...rowCells(row),
		row.inputUsdPerMTok == null ? "" : `in ${formatUnitPrice(row.inputUsdPerMTok)}`,
		row.outputUsdPerMTok == null ? "" : `out ${formatUnitPrice(row.outputUsdPerMTok)}`,
	])
	printLine(table(cells))
}

function printReasons(title: string, summaries: readonly ReasonSummary[], withExamples: boolean): void {
	if (summaries.length === 0) return
	printLine(`\n${title}:`)
	for (const { reason, count, examples } of summaries) {
		printLine(`  ${count} ${reason}`)
		if (!withExamples) continue
		for (const { region, usageType, detail } of examples)
			printLine(visibleLine(`      ${usageType} (${region}${detail === null ? "" : `: ${detail}`})`))
	}
}

function signedPercent(percent: number): string {
	return `${percent > 0 ? "+" : ""}${percent.toFixed(1)} %`
}

function explainCommand(): Command {
	return new Command("explain")
		.description("Say which row of the catalog prices a request, why, from where, and how old it is")
		.argument("<model>", "model id, profile id or ARN", readModelId)
		.argument("<region>", "AWS region whose endpoint is called", readRegion)
		.argument("<tier>", TIER_WORDS, readTier)
		.addOption(new Option("--route <route>", "how the model is reached").choices(ROUTE_SETTINGS).default("auto"))
		.option("--json", "print one JSON object")
		.action((model: string, region: string, tier: ServiceTier, { route, json }: ExplainOptions) => {
			const explanation = explainPrice({ model, region, tier, route, now: Date.now() })
			if (json) printJson(explanation)
			else printExplanation(explanation)
		})
}

const FIELD_NAMES: Readonly<Record<PriceField, string>> = {
	input: "input",
	output: "output",
	cacheRead: "cache read",
	cacheWrite: "cache write",
	cacheWrite1h: "cache write, 1 h",
}

function bandName(from: number, below: number | null): string {
	const tokens = (count: number) => `${count.toLocaleString("en-US")} tokens`
	return below === null ? `of ${tokens(from)} or more:` : `of fewer than ${tokens(below)}:`
}

function printExplanation({ modelId, name, region, tier, why, card, bands, source, ageDays }: PriceExplanation): void {
	printLine(`${name ?? modelId}${name === null ? "" : ` (${modelId})`} in ${region}, ${tierName(tier)}\n`)
	for (const reason of why) printLine(reason)
	if (card === null) return printLine("\nNo price answers.")
	for (const { fromPromptTokens, belowPromptTokens, prices } of bands) {
		const rows = prices.map(({ field, usdPerMTok, derivedFrom }) => [
			FIELD_NAMES[field],
			usdPerMTok === null ? "not published" : markEstimate(formatUnitPrice(usdPerMTok), derivedFrom !== null),
			usdPerMTok === null ? "" : derivedFrom === null ? "printed by the source" : `derived: ${derivedFrom}`,
		])
		if (bands.length > 1) printLine(`\nPrompts ${bandName(fromPromptTokens, belowPromptTokens)}`)
		printLine(`\n${table([["KIND", "PER MILLION", "HOW"], ...rows], [1])}`)
	}
	printLine(`\nSource: ${source}`)
	printLine(`Dated ${card.checkedOn}, ${ageDays === 1 ? "1 day" : `${ageDays} days`} old`)
}
