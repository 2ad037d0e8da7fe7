import { authenticate } from "./authentication"
import type { EmulatorState } from "./emulator-state"
import { sendJson, type Exchange } from "./exchange"
import { AwsFailure } from "./failures"
import { getProfile, listProfiles } from "./inference-profiles"
import type { UsageRecord } from "./recorder"

/** The two operations of Bedrock's control plane that the extension asks; at AWS they have an endpoint of their own. */
export type ControlPlaneCall = {
	operation: "GetInferenceProfile" | "ListInferenceProfiles"
	/** Percent-decoded; empty for the list. */
	identifier: string
	query: URLSearchParams
}

const PATH = /^\/inference-profiles(?:\/(.+))?$/
/** Few, so that a client that reads only the first page is found out. */
const PAGE = 10

/** The control-plane call that a request makes; null when it makes none. */
export function controlPlaneCall({ method, path }: Exchange): ControlPlaneCall | null {
	const [pathname = "", query] = path.split("?")
	const match = PATH.exec(pathname)
	if (method !== "GET" || match === null) return null
	const identifier = decodeURIComponent(match[1] ?? "")
	const operation = identifier === "" ? "ListInferenceProfiles" : "GetInferenceProfile"
	return { operation, identifier, query: new URLSearchParams(query) }
}

/** @throws AwsFailure for missing credentials, for a profile that does not exist, and where the scenario denies it */
export function answerControlPlane(
	{ operation, identifier, query }: ControlPlaneCall,
	call: { state: EmulatorState; exchange: Exchange; record: UsageRecord; headers: Record<string, string> },
): void {
	const { state, exchange, record, headers } = call
	const { region } = authenticate(exchange.headers)
	if (state.deniesProfiles) {
		throw new AwsFailure(
			"AccessDeniedException",
			`User: arn:aws:iam::123456789012:user/emulator is not authorized to perform: bedrock:${operation}`,
		)
	}
	record.status = 200
	if (operation === "GetInferenceProfile")
		return sendJson(exchange, 200, getProfile(identifier, region ?? state.region), headers)
	const type = query.get("type")
	// A bearer token names no Region, and what can be called depends on it.
	const all = type === "APPLICATION" || region === null ? [] : listProfiles(region)
	const start = Number(query.get("nextToken") ?? 0)
	const end = start + PAGE
	const more = end < all.length ? { nextToken: String(end) } : {}
	sendJson(exchange, 200, { inferenceProfileSummaries: all.slice(start, end), ...more }, headers)
}
