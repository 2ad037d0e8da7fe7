import { authenticate } from "./authentication"
import { decodePath, sendJson, type Exchange } from "./exchange"
import { AwsFailure } from "./failures"
import { getProfile, listProfiles } from "./inference-profiles"
import type { Call } from "./prepare-answer"

/** A call of one of the two control-plane operations that the extension uses. AWS has a separate endpoint for them. */
export type ControlPlaneCall = {
	operation: "GetInferenceProfile" | "ListInferenceProfiles"
	/** Profile id or ARN, percent-decoded; empty for ListInferenceProfiles. */
	identifier: string
	query: URLSearchParams
}

const PATH = /^\/inference-profiles(?:\/(.+))?$/
/** Small, so that a client that reads only the first page misses profiles. */
const PAGE_SIZE = 10

/** Parses a control-plane call; `null` when the request is not one. */
export function parseControlPlaneCall({ method, path }: Exchange): ControlPlaneCall | null {
	const [pathname = "", query] = path.split("?")
	const match = PATH.exec(pathname)
	if (method !== "GET" || match === null) return null
	// A malformed path is not decoded: no profile has such an id.
	const identifier = decodePath(match[1] ?? "") ?? match[1] ?? ""
	const operation = identifier === "" ? "ListInferenceProfiles" : "GetInferenceProfile"
	return { operation, identifier, query: new URLSearchParams(query) }
}

/** @throws AwsFailure for missing credentials, for an unknown profile, and when the scenario denies access */
export function answerControlPlane(
	{ operation, identifier, query }: ControlPlaneCall,
	{ state, exchange, record, headers }: Omit<Call, "modelId">,
): void {
	const region = authenticate(exchange.headers)
	if (state.deniesProfiles()) {
		throw new AwsFailure(
			"AccessDeniedException",
			`User: arn:aws:iam::123456789012:user/emulator is not authorized to perform: bedrock:${operation}`,
		)
	}
	record.status = 200
	if (operation === "GetInferenceProfile")
		return sendJson(exchange, 200, getProfile(identifier, region ?? state.region), headers)
	const type = query.get("type")
	// A bearer token does not name a Region, and the list of callable profiles depends on it.
	const all = type === "APPLICATION" || region === null ? [] : listProfiles(region)
	const start = Number(query.get("nextToken") ?? 0)
	const end = start + PAGE_SIZE
	const more = end < all.length ? { nextToken: String(end) } : {}
	sendJson(exchange, 200, { inferenceProfileSummaries: all.slice(start, end), ...more }, headers)
}
