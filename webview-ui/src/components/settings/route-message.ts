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
	/** False where nothing can be called; the text then says what to do. */
	readonly works: boolean
}

/** What will be called, or what to do where nothing can be; no text where no model is named. */
export function routeMessage(
	settings: Pick<ProfileSettings, "modelId" | "region" | "route">,
	locale: Locale,
): RouteMessage {
	const { t } = locale
	const { modelId, region, route } = settings
	const ref = parseModelRef(modelId)
	if (!ref) return { text: "", works: false }
	const known = ref.baseModelId === null ? undefined : findModel(ref.baseModelId)
	const model = known?.name ?? modelId
	const answer = resolveRoute(ref, region, route)
	if (answer.ok && ref.kind !== "base") {
		const called = calledRegion(ref, region)
		return called === region
			? { text: t("routeField.asTyped", { id: modelId }), works: true }
			: { text: t("routeField.asTypedElsewhere", { id: modelId, called, region }), works: true }
	}
	if (answer.ok) {
		const id = answer.bedrockModelId
		return answer.verified
			? { text: t(`routeField.calledAs-${answer.route}`, { id }), works: true }
			: { text: t("routeField.notVerified", { id, region }), works: true }
	}
	if (!known) return { text: t("routeField.noKnownProfile", { model }), works: false }
	if (answer.reason === "only-global") return { text: t("routeField.onlyGlobal", { model, region }), works: false }
	if (answer.reason === "not-callable-here")
		return { text: t("routeField.notCallableHere", { model, region }), works: false }
	if (answer.reason === "no-such-profile") return { text: noSuchProfile(ref, model, answer, locale), works: false }
	const routes = locale.list(
		answer.available.map((each) => t(`routeField.${each}`)),
		"disjunction",
	)
	return { text: t("routeField.noSuchRoute", { model, region, routes }), works: false }
}

/** The id was typed, so a route cannot be chosen for it: another id can. */
function noSuchProfile(ref: ModelRef, model: string, { available }: RouteMiss, locale: Locale): string {
	const id = ref.modelId
	if (available.length === 0) return locale.t("routeField.noSuchProfile", { id, model })
	const routes = locale.list(
		available.map((route) => locale.t(`routeField.${route}`)),
		"disjunction",
	)
	return locale.t("routeField.noSuchProfileBut", { id, model, baseModelId: ref.baseModelId, routes })
}
