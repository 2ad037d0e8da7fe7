import type { Route } from "@bedrock-tiers/core"
import { createControlPlane, LOOKUP_LIMIT_MS } from "./client"
import type { BedrockHandlerOptions } from "../handler-options"

/** Model and route of an application inference profile. */
export type ProfileModel = { readonly baseModelId: string; readonly route: Route }

/** Why a lookup failed: `denied` when permission is missing, `failed` otherwise (e.g. timeout, no such profile). */
export type LookupFailure = "denied" | "failed"

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
	async model(arn: string, region: string, signal: AbortSignal | undefined): Promise<ProfileModel | LookupFailure> {
		signal?.throwIfAborted()
		const known = rememberedModel(this.#options, arn)
		return (
			known ??
			rejectOnAbort(
				this.#lookUpOnce(arn, () => this.#fetchModel(arn, region)),
				signal,
			)
		)
	}

	/**
	 * Calls ListInferenceProfiles for the ids of AWS's own profiles that can be called from the region. Throws only the
	 * signal's reason.
	 */
	async profileIds(region: string, signal: AbortSignal | undefined): Promise<readonly string[] | LookupFailure> {
		signal?.throwIfAborted()
		return rejectOnAbort(
			this.#lookUpOnce(region, () => this.#fetchProfileIds(region)),
			signal,
		)
	}

	#lookUpOnce<T>(key: string, lookUp: () => Promise<T>): Promise<T> {
		const pending = this.#lookups.get(key) as Promise<T> | undefined
		if (pending) return pending
		const result = lookUp()
		this.#lookups.set(key, result)
		return result
	}

	async #fetchModel(arn: string, region: string): Promise<ProfileModel | LookupFailure> {
		const { client, GetInferenceProfileCommand } = await createControlPlane(this.#options, region)
		try {
			const command = new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn })
			const { models = [] } = await client.send(command, lookupTimeout())
			const model = readModels(
				models.map(({ modelArn = "" }) => modelArn),
				region,
			)
			if (model) remember(this.#options, arn, model)
			return model ?? "failed"
		} catch (error) {
			return failureOf(error)
		} finally {
			client.destroy()
		}
	}

	async #fetchProfileIds(region: string): Promise<readonly string[] | LookupFailure> {
		const { client, paginateListInferenceProfiles } = await createControlPlane(this.#options, region)
		try {
			const ids: string[] = []
			const pages = paginateListInferenceProfiles(
				{ client, pageSize: 1000 },
				{ typeEquals: "SYSTEM_DEFINED" },
				lookupTimeout(),
			)
			for await (const { inferenceProfileSummaries = [] } of pages)
				for (const { status, inferenceProfileId } of inferenceProfileSummaries)
					if (status === "ACTIVE" && inferenceProfileId !== undefined) ids.push(inferenceProfileId)
			return ids
		} catch (error) {
			return failureOf(error)
		} finally {
			client.destroy()
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

function failureOf(error: unknown): LookupFailure {
	return error instanceof Error && error.name === "AccessDeniedException" ? "denied" : "failed"
}

function lookupTimeout(): { abortSignal: AbortSignal } {
	return { abortSignal: AbortSignal.timeout(LOOKUP_LIMIT_MS) }
}

/** The lookup is shared by several requests, so an abort ends the wait, not the lookup. */
async function rejectOnAbort<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return result
	let onAbort = () => {}
	const aborted = new Promise<never>((_, reject) => {
		onAbort = () => reject(signal.reason as Error)
		signal.addEventListener("abort", onAbort)
	})
	return Promise.race([result, aborted]).finally(() => signal.removeEventListener("abort", onAbort))
}
