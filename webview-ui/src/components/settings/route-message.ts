import { calledRegion, parseModelRef, resolveRoute, type ModelRef, type RouteMiss } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"
import { namedModel } from "./model-options"

type RouteSettings = Pick<ProfileSettings, "modelId" | "region" | "route">

/**
 * Message with the id that will be called, or, when none can be (`works` is false), with what to do; empty text for an
 * invalid model id.
 */
export function routeMessage(
	{ modelId, region, route }: RouteSettings,
	locale: Locale,
): { readonly text: string; readonly works: boolean } {
	const { t } = locale
	const ref = parseModelRef(modelId)
	if (!ref) return { text: "", works: false }
	const resolved = resolveRoute(ref, region, route)
	if (!resolved.ok) return { text: missMessage(ref, region, resolved, locale), works: false }
	const id = resolved.bedrockModelId
	const called = calledRegion(ref, region)
	if (called !== region) return { text: t("routeField.asTypedElsewhere", { id, called, region }), works: true }
	if (ref.kind !== "base") return { text: t("routeField.asTyped", { id }), works: true }
	return {
		text: resolved.verified
			? t(`routeField.calledAs-${resolved.route}`, { id })
			: t("routeField.notVerified", { id, region }),
		works: true,
	}
}

function missMessage(ref: ModelRef, region: string, { reason, available }: RouteMiss, { t, list }: Locale): string {
	const id = ref.modelId
	const model = namedModel(id)?.name ?? id
	const routes = list(
		available.map(({ route }) => t(`routeField.${route}`)),
		"disjunction",
	)
	switch (reason) {
		case "not-in-catalog":
			return t("routeField.noKnownProfile", { model })
		case "only-global":
			return t("routeField.onlyGlobal", { model, region })
		case "not-callable-here":
			return t("routeField.notCallableHere", { model, region })
		case "no-such-route":
			return t("routeField.noSuchRoute", { model, region, routes })
		// No route can be chosen for an id typed in full, so the message suggests another id.
		case "no-such-profile":
		case "needs-profile":
			if (available.length === 0) return t("routeField.noSuchProfile", { id, model })
			return t("routeField.noSuchProfileBut", { id, model, baseModelId: ref.baseModelId, routes })
	}
}
