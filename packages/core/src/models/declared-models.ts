import { calledRegion, parseModelRef, type ModelRef } from "./model-ref"
import type { Route } from "./route"
import { resolveRoute } from "./routes"

/** Who said which model was called: its id, AWS, the person's own word, or nobody. */
export const MODEL_NAMED_BY = ["id", "account", "person", "nobody"] as const
export type ModelNamedBy = (typeof MODEL_NAMED_BY)[number]

/** A person's word on what an application inference profile stands for, for accounts that may not ask AWS. */
export type DeclaredModel = {
	readonly arn: string
	/** Base id, or a profile id where the profile's price is meant. */
	readonly modelId: string
}

/** Whether it names an application inference profile, which does not say its model. */
export function isApplicationProfile(ref: ModelRef | null): boolean {
	return ref?.kind === "arn" && ref.resource === "application-inference-profile"
}

/**
 * The model and the route that the person named for an application profile; undefined where nothing was said about it. A
 * base id is priced by the route that `auto` takes.
 */
export function declaredModel(
	ref: ModelRef,
	region: string,
	declaredModels: readonly DeclaredModel[] = [],
): { readonly baseModelId: string; readonly route: Route } | undefined {
	const word = isApplicationProfile(ref) ? declaredModels.find(({ arn }) => arn === ref.modelId) : undefined
	const meant = word ? parseModelRef(word.modelId) : null
	if (!meant?.baseModelId) return undefined
	const resolved = resolveRoute(meant, calledRegion(ref, region), "auto")
	return { baseModelId: meant.baseModelId, route: resolved.ok ? resolved.route : "in-region" }
}
