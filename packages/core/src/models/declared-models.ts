import { calledRegion, parseModelRef, type ModelRef } from "./model-ref"
import type { Route } from "./route"
import { resolveRoute } from "./routes"

/**
 * Source of the name of the called model: the model id, AWS (the account), the user's declaration, or unknown. The
 * values are part of stored usage records.
 */
export const MODEL_NAMED_BY = ["id", "account", "person", "nobody"] as const
export type ModelNamedBy = (typeof MODEL_NAMED_BY)[number]

/** Model behind an application inference profile, declared by the user for accounts that may not read it from AWS. */
export type DeclaredModel = {
	readonly arn: string
	/** Base model id, or a profile id to use the price of that profile. */
	readonly modelId: string
}

/** Whether the ref is an application inference profile, whose ARN does not name the model. */
export function isApplicationProfile(ref: ModelRef | null): boolean {
	return ref?.kind === "arn" && ref.resource === "application-inference-profile"
}

/**
 * The model and the route that the user declared for an application inference profile; `undefined` when nothing was
 * declared for it. A base model id is priced by the route that `auto` resolves to.
 */
export function declaredModel(
	ref: ModelRef,
	region: string,
	declaredModels: readonly DeclaredModel[] = [],
): { readonly baseModelId: string; readonly route: Route } | undefined {
	const declaration = isApplicationProfile(ref) ? declaredModels.find(({ arn }) => arn === ref.modelId) : undefined
	const modelRef = declaration ? parseModelRef(declaration.modelId) : null
	if (!modelRef?.baseModelId) return undefined
	const resolved = resolveRoute(modelRef, calledRegion(ref, region), "auto")
	return { baseModelId: modelRef.baseModelId, route: resolved.ok ? resolved.route : "in-region" }
}
