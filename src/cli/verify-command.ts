import {
	formatUsd,
	REQUEST_APIS,
	ROUTE_SETTINGS,
	SELECTABLE_TIERS,
	type RequestApi,
	type ServiceTier,
} from "@bedrock-tiers/core"
import { HTTP_PROTOCOLS, type HttpProtocol } from "@bedrock-tiers/protocol"
import { Command, Option } from "commander"
import { ProviderFailure, type ApiHandler } from "../api"
import { loadBedrock } from "../api/load-bedrock"
import { readEndpoint, readModelId, readRegion, readTier, declaredModelIdOption, declaredModelsFor } from "./arguments"
import {
	interruptSignal,
	note,
	noteOtherEndpoint,
	noteOtherRegion,
	printJson,
	printLine,
	table,
	tierName,
} from "./output"
import type { Target } from "./priced-target"
import {
	OPERATION_NAMES,
	planVerification,
	sumUsd,
	VERIFY_INPUT_TOKENS,
	VERIFY_OUTPUT_TOKENS,
	VERIFY_PROMPT,
	type PlannedRequest,
} from "./verify-plan"
import { appendRecord, readRecords } from "./verify-record"
import { isAsExpected, sendRequests, type VerifiedRow, type VerifySurprise } from "./verify-requests"

type VerifyOptions = Target & {
	api: RequestApi | "both"
	tiers: ServiceTier[]
	endpoint?: string
	http: HttpProtocol
	yes?: boolean
	record?: string
	json?: boolean
}

export function verifyCommand(): Command {
	return new Command("verify")
		.description("Try each API and tier of a model on a real AWS account, and say what came of it")
		.requiredOption("--model <id>", "model id, profile id or ARN", readModelId)
		.requiredOption("--region <region>", "AWS region whose endpoint is called", readRegion)
		.addOption(new Option("--route <route>", "how the model is reached").choices(ROUTE_SETTINGS).default("auto"))
		.addOption(new Option("--api <api>", "Bedrock API").choices([...REQUEST_APIS, "both"]).default("both"))
		.option("--tiers <list>", "tiers, parted by commas", readTiers, [...SELECTABLE_TIERS])
		.addOption(declaredModelIdOption("the model behind an application profile, where AWS may not be asked"))
		.option("--endpoint <url>", "another endpoint: https, or http on this machine", readEndpoint)
		.addOption(
			new Option("--http <protocol>", "http1 for proxies and gateways").choices(HTTP_PROTOCOLS).default("http2"),
		)
		.option("--yes", "send it: without this nothing is sent")
		.option("--record <file>", "append what came of it to a JSON file")
		.option("--json", "print one JSON object a line")
		.addHelpText(
			"after",
			"\nIt costs money, though little: it says how much at most before it sends anything. Credentials come from the\n" +
				"usual AWS places. Exit 1: something was not as expected, or nothing was accepted.",
		)
		.action(async (options: VerifyOptions) => {
			try {
				if (!(await verify(options))) process.exitCode = 1
			} catch (error) {
				if (!ProviderFailure.is(error)) throw error
				note(`${error.code}: ${error.message}`)
				process.exitCode = 1
			}
		})
}

function readTiers(text: string): ServiceTier[] {
	return [...new Set(text.split(",").map((name) => readTier(name.trim())))]
}

/** @returns `true` when every result was as expected, or when --yes was not given and nothing was sent */
async function verify(options: VerifyOptions): Promise<boolean> {
	const { model, region, route, declaredModelId, tiers, http, record, json } = options
	const apis = options.api === "both" ? REQUEST_APIS : [options.api]
	const planned = planVerification(options, apis, tiers)
	const maxUsd = sumUsd(planned.map((request) => request.maxUsd))
	const { AwsBedrockHandler, sdkVersion } = await loadBedrock()
	const handlerFor = ({ api, tier }: Pick<PlannedRequest, "api" | "tier">) =>
		new AwsBedrockHandler({
			region,
			modelId: model,
			route,
			serviceTier: tier,
			api,
			credentials: { method: "default-chain" },
			endpoint: options.endpoint ?? null,
			http,
			declaredModels: declaredModelsFor(model, declaredModelId),
			whenTierCannotServe: "stop",
			maxAttempts: 1,
			maxTokens: VERIFY_OUTPUT_TOKENS,
			applicationId: "bedrock-tiers-cli",
		})
	noteOtherRegion(model, region)
	const callableHandler = findCallableHandler(planned, handlerFor)
	const called = callableHandler.getModel().id
	if (record !== undefined) await readRecords(record)
	const endpoint = await callableHandler.endpoint()
	noteOtherEndpoint(endpoint)
	if (json) {
		printJson({ type: "plan", modelId: model, calledModelId: called, region, endpoint, requests: planned, maxUsd })
	} else printPlan(planned, called, region)
	if (!options.yes) {
		note("Nothing was sent. Add --yes to send it.")
		return true
	}
	const rows: VerifiedRow[] = []
	for await (const row of sendRequests(planned, handlerFor, interruptSignal())) {
		rows.push(row)
		if (json) printJson({ type: "row", ...row })
	}
	const asExpected = isAsExpected(planned, rows)
	const accepted = rows.filter(({ outcome }) => outcome === "accepted")
	if (json) printJson({ type: "result", asExpected, totalUsd: sumUsd(accepted.map(({ totalUsd }) => totalUsd)) })
	else printRows(planned, rows, asExpected)
	if (record !== undefined) {
		await appendRecord(record, {
			date: new Date().toISOString(),
			modelId: model,
			calledModelId: called,
			region,
			endpoint,
			sdkVersion,
			asExpected,
			rows,
		})
		note(`Recorded in ${record}${endpoint === null ? "" : ", with this endpoint: it proves nothing about AWS"}.`)
	}
	return asExpected
}

/**
 * The handler for the first API through which the model can be called.
 * @throws ProviderFailure of the last API when there is none
 */
function findCallableHandler<Handler extends ApiHandler>(
	planned: readonly PlannedRequest[],
	handlerFor: (request: PlannedRequest) => Handler,
): Handler {
	let miss: unknown
	for (const request of planned) {
		const handler = handlerFor(request)
		try {
			handler.getModel()
			return handler
		} catch (error) {
			miss = error
		}
	}
	throw miss
}

function printPlan(planned: readonly PlannedRequest[], called: string, region: string): void {
	const sent = planned.filter(({ send }) => send)
	printLine(
		`${sent.length} requests to ${called} in ${region}: "${VERIFY_PROMPT}", at most ${VERIFY_OUTPUT_TOKENS} tokens each.`,
	)
	printLine()
	const rows = planned.map(({ api, way, tier, send, support }) => [
		OPERATION_NAMES[api][way],
		tierName(tier),
		send
			? support === "contested"
				? "sent; AWS's own sources disagree on it"
				: "sent"
			: "not sent: not taken here",
	])
	printLine(`${table([["OPERATION", "TIER", ""], ...rows])}\n`)
	printLine(maxCostMessage(planned))
}

function maxCostMessage(planned: readonly PlannedRequest[]): string {
	const known = planned.flatMap(({ maxUsd }) => maxUsd ?? [])
	if (known.length === 0) return "What it costs is not known: there is no price for this model here."
	const maxCost = `at most ${formatUsd(sumUsd(known) ?? 0)}, if each prompt is below ${VERIFY_INPUT_TOKENS} tokens`
	const unknown = planned.length - known.length
	return unknown === 0
		? `It costs ${maxCost}.`
		: `No price is known for ${unknown} of them; the others cost ${maxCost}.`
}

const SURPRISES: Readonly<Record<VerifySurprise, string>> = {
	"tier-left-out": "sent without the tier, which its model does not take",
	"served-otherwise": "another tier served it",
	"served-tier-not-reported": "accepted, but no served tier was reported",
	"usage-not-reported": "no usage was reported",
	"refused-though-listed": "refused, though AWS lists it",
	failed: "failed",
}

function printRows(planned: readonly PlannedRequest[], rows: readonly VerifiedRow[], asExpected: boolean): void {
	const lines = rows.map((row) => [
		OPERATION_NAMES[row.api][row.way],
		tierName(row.tier),
		row.outcome,
		row.servedTier === null ? "-" : tierName(row.servedTier),
		row.totalUsd === null ? "-" : formatUsd(row.totalUsd),
		row.requestMs === null ? "-" : `${row.requestMs} ms`,
		row.surprise === null ? "" : `! ${SURPRISES[row.surprise]}`,
	])
	printLine()
	printLine(table([["OPERATION", "ASKED", "OUTCOME", "SERVED", "COST", "TIME", ""], ...lines], [4, 5]))
	printLine()
	for (const message of new Set(rows.filter(({ code }) => code !== null).map(({ message }) => message)))
		printLine(`- ${message}`)
	if (rows.length < planned.length) printLine(`${planned.length - rows.length} further requests were left out.`)
	printLine(asExpected ? "All of it was as expected." : "Not all of it was as expected.")
}
