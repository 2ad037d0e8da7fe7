import { nearestModelId, type ModelRefError, type RouteMiss } from "@bedrock-tiers/core"
import { detail, type ErrorDetail } from "./error-detail"

/** Names the invalid part of a model id or ARN. */
export function modelRefDetail(text: string, { problem, detail: part }: ModelRefError): ErrorDetail {
	switch (problem) {
		case "too-long":
		case "arn-incomplete":
			return detail(`model-ref.${problem}`)
		case "not-an-id": {
			const nearest = nearestModelId(text)
			return nearest === null
				? detail("model-ref.not-an-id", { text })
				: detail("model-ref.not-an-id-nearest", { text, nearest })
		}
		case "arn-account":
			return part === "" ? detail("model-ref.arn-no-account") : detail("model-ref.arn-account", { text: part })
		default:
			return detail(`model-ref.${problem}`, { text: part })
	}
}

/** Says why there is no route, followed by the ids by which the model can be called instead. */
export function routeDetails(miss: RouteMiss): ErrorDetail[] {
	const { reason, region, available } = miss
	const ids = available.map(({ route, bedrockModelId }) => `${bedrockModelId} (${route})`)
	if (ids.length === 0 || reason === "only-global") return [reasonDetail(miss)]
	return [reasonDetail(miss), detail("route.alternatives", { region, modelIds: ids.join(" / ") })]
}

function reasonDetail({ reason, model, region, requested, available }: RouteMiss): ErrorDetail {
	switch (reason) {
		case "only-global":
			return detail("route.only-global", { model, region, globalModelId: available[0]?.bedrockModelId ?? "" })
		case "no-such-route":
			return detail("route.no-such-route", { model, route: requested, region })
		case "no-such-profile":
			return detail("route.no-such-profile", { model, prefix: requested })
		case "not-callable-here":
			return detail("route.not-callable-here", { model, region })
		case "needs-profile":
		case "not-in-catalog":
			return detail(`route.${reason}`, { model })
	}
}
