import { parseModelRef, resolveRoute, ROUTE_SETTINGS, findModel, type RouteSetting } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import { useWords, type Words } from "../../words"
import { Dropdown } from "../ui/Dropdown"

type RouteFieldProps = {
	readonly settings: ProfileSettings
	readonly error: string | undefined
	readonly onChange: (route: RouteSetting) => void
}

export function RouteField({ settings, error, onChange }: RouteFieldProps) {
	const words = useWords()
	const { text, works } = routeSentence(settings, words)
	return (
		<Dropdown
			label={words.t("routeField.label")}
			value={settings.route}
			options={ROUTE_SETTINGS.map((route) => ({ value: route, text: words.t(`routeField.${route}`) }))}
			error={error}
			hint={<p className={works ? "hint" : "warning"}>{text}</p>}
			onChange={onChange}
		/>
	)
}

/** What will be called, or what to do where nothing can be. */
export function routeSentence(settings: ProfileSettings, words: Words): { text: string; works: boolean } {
	const { t } = words
	const { modelId, region, route } = settings
	const ref = parseModelRef(modelId)
	if (!ref) return { text: t("routeField.notVerified", { id: modelId, region }), works: false }
	if (ref.kind !== "base") return { text: t("routeField.asTyped", { id: modelId }), works: true }
	const known = findModel(ref.baseModelId)
	const model = known?.name ?? modelId
	const answer = resolveRoute(ref, region, route)
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
	const routes = words.list(
		answer.available.map((each) => t(`routeField.${each}`)),
		"disjunction",
	)
	return { text: t("routeField.noSuchRoute", { model, region, routes }), works: false }
}
