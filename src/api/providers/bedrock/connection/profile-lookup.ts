import type { Route } from "@bedrock-tiers/core"
import { createControlPlane } from "./client"
import type { BedrockHandlerOptions } from "../handler-options"

/** Model and route of an application inference profile. */
export type ProfileModel = { readonly baseModelId: string; readonly route: Route }

/** Why a lookup failed: `denied` when permission is missing, `failed` otherwise (e.g. timeout, no such profile). */
export type LookupFailure = "denied" | "failed"

/** Maximum duration of a lookup, including the sign-in. */
const LOOKUP_LIMIT_MS = 5000

type ControlPlane = Awaited<ReturnType<typeof createControlPlane>>
type Ask<T> = (controlPlane: ControlPlane, timeout: { abortSignal: AbortSignal }) => Promise<T>

/**
 * Looks up inference profiles in Bedrock's control plane. A model that was found is cached for the life of the process,
 * because a profile never changes its model. Failures are cached only for the life of this object, because permissions
 * can be granted at any time.
 */
export class ProfileLookup {
	readonly #options: BedrockHandlerOptions
	readonly #lookups = new Map<string, Promise<unknown>>()

	constructor(options: BedrockHandlerOptions) {
		this.#options = options
	}

	/** Calls GetInferenceProfile. Throws only the signal's reason. */
	async model(arn: string, region: string, signal: AbortSignal): Promise<ProfileModel | LookupFailure> {
		signal.throwIfAborted()
		const known = rememberedModel(this.#options, arn)
		if (known) return known
		return this.#lookUp(arn, region, signal, async ({ client, GetInferenceProfileCommand }, timeout) => {
			const command = new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn })
			const { models = [] } = await client.send(command, timeout)
			const arns = models.map(({ modelArn = "" }) => modelArn)
			const model = readModels(arns, region)
			if (model) remember(this.#options, arn, model)
			return model ?? "failed"
		})
	}

	/**
	 * Calls ListInferenceProfiles for the ids of AWS's own profiles that can be called from the region. Throws only the
	 * signal's reason.
	 */
	async profileIds(region: string, signal: AbortSignal): Promise<readonly string[] | LookupFailure> {
		signal.throwIfAborted()
		return this.#lookUp(region, region, signal, async ({ client, paginateListInferenceProfiles }, timeout) => {
			const ids: string[] = []
			const config = { client, pageSize: 1000 }
			const pages = paginateListInferenceProfiles(config, { typeEquals: "SYSTEM_DEFINED" }, timeout)
			for await (const { inferenceProfileSummaries = [] } of pages)
				for (const { status, inferenceProfileId } of inferenceProfileSummaries)
					if (status === "ACTIVE" && inferenceProfileId !== undefined) ids.push(inferenceProfileId)
			return ids
		})
	}

	/** Requests with the same key share one lookup, so an abort ends the wait, not the lookup. */
	async #lookUp<T>(key: string, region: string, signal: AbortSignal, ask: Ask<T>): Promise<T | LookupFailure> {
		const pending = this.#lookups.get(key) as Promise<T | LookupFailure> | undefined
		const result = pending ?? this.#askControlPlane(region, ask)
		this.#lookups.set(key, result)
		let onAbort = () => {}
		const aborted = new Promise<never>((_, reject) => {
			onAbort = () => reject(signal.reason as Error)
			signal.addEventListener("abort", onAbort)
		})
		return Promise.race([result, aborted]).finally(() => signal.removeEventListener("abort", onAbort))
	}

	async #askControlPlane<T>(region: string, ask: Ask<T>): Promise<T | LookupFailure> {
		const controlPlane = await createControlPlane(this.#options, region)
		try {
			return await ask(controlPlane, { abortSignal: AbortSignal.timeout(LOOKUP_LIMIT_MS) })
		} catch (error) {
			return error instanceof Error && error.name === "AccessDeniedException" ? "denied" : "failed"
		} finally {
			controlPlane.client.destroy()
		}
	}
}

const FOUNDATION_MODEL = /^arn:[^:]+:bedrock:([^:]*):[^:]*:foundation-model\/(.+)$/

/**
 * All ARNs of a profile name one model in the regions where it may run: the profile's own region, several, or any (an
 * empty region). Returns `null` when they name no model or several models.
 */
function readModels(arns: readonly string[], region: string): ProfileModel | null {
	const models = arns.map((arn) => FOUNDATION_MODEL.exec(arn))
	const ids = new Set(models.map((match) => match?.[2]))
	const [baseModelId] = ids
	if (baseModelId === undefined || ids.size > 1) return null
	const regions = models.map((match) => match?.[1] ?? "")
	if (regions.includes("")) return { baseModelId, route: "global" }
	return { baseModelId, route: regions.every((modelRegion) => modelRegion === region) ? "in-region" : "geo" }
}

const MAX_REMEMBERED = 100
const remembered = new Map<string, ProfileModel>()

/** Returns the model that an earlier request of this process found. */
export function rememberedModel({ endpoint }: BedrockHandlerOptions, arn: string): ProfileModel | undefined {
	return remembered.get(`${endpoint ?? ""} ${arn}`)
}

function remember({ endpoint }: BedrockHandlerOptions, arn: string, model: ProfileModel): void {
	const [oldest] = remembered.keys()
	if (remembered.size >= MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
	remembered.set(`${endpoint ?? ""} ${arn}`, model)
}
