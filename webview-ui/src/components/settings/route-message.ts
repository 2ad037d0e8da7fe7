import {
	calledRegion,
	findModel,
	parseModelRef,
	resolveRoute,
	type ModelRef,
	type RouteMiss,
} from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"

export type RouteMessage = {
	readonly text: string
	/** False when the model cannot be called this way; the text then says what to do. */
	readonly works: boolean
}

/** Message with the id that will be called, or with what to do when none can be; empty text for an invalid model id. */
export function routeMessage(
	settings: Pick<ProfileSettings, "modelId" | "region" | "route">,
	locale: Locale,
): RouteMessage {
	const { t } = locale
	const { modelId, region, route } = settings
	const ref = parseModelRef(modelId)
	if (!ref) return { text: "", works: false }
	const catalogModel = ref.baseModelId === null ? undefined : findModel(ref.baseModelId)
	const model = catalogModel?.name ?? modelId
	const resolved = resolveRoute(ref, region, route)
	if (resolved.ok && ref.kind !== "base") {
		const called = calledRegion(ref, region)
		return called === region
			? { text: t("routeField.asTyped", { id: modelId }), works: true }
			: { text: t("routeField.asTypedElsewhere", { id: modelId, called, region }), works: true }
	}
	if (resolved.ok) {
		const id = resolved.bedrockModelId
		return resolved.verified
			? { text: t(`routeField.calledAs-${resolved.route}`, { id }), works: true }
			: { text: t("routeField.notVerified", { id, region }), works: true }
	}
	if (resolved.reason === "not-in-catalog") return { text: t("routeField.noKnownProfile", { model }), works: false }
	if (resolved.reason === "only-global") return { text: t("routeField.onlyGlobal", { model, region }), works: false }
	if (resolved.reason === "not-callable-here")
		return { text: t("routeField.notCallableHere", { model, region }), works: false }
	if (resolved.reason === "no-such-profile" || resolved.reason === "needs-profile")
		return { text: missingProfileMessage(ref, model, resolved, locale), works: false }
	const routes = locale.list(
		resolved.available.map((each) => t(`routeField.${each.route}`)),
		"disjunction",
	)
	return { text: t("routeField.noSuchRoute", { model, region, routes }), works: false }
}

/** Message for a profile id that does not exist. No route can be chosen for a typed id, so it suggests another id. */
function missingProfileMessage(ref: ModelRef, model: string, { available }: RouteMiss, locale: Locale): string {
	const id = ref.modelId
	if (available.length === 0) return locale.t("routeField.noSuchProfile", { id, model })
	const routes = locale.list(
		available.map(({ route }) => locale.t(`routeField.${route}`)),
		"disjunction",
	)
	return locale.t("routeField.noSuchProfileBut", { id, model, baseModelId: ref.baseModelId, routes })
}
