import type { Route } from "@bedrock-tiers/core"
import { createControlPlane, LOOKUP_LIMIT_MS } from "./client"
import type { BedrockHandlerOptions } from "../handler-options"

/** What an application inference profile stands for. */
export type ProfileModel = { readonly baseModelId: string; readonly route: Route }

/** Why the account could not tell: not permitted, or anything else (no answer in time, no such profile). */
export type LookupFailure = "denied" | "failed"

/**
 * Asks Bedrock's control plane about inference profiles. What was found is remembered for the life of the process, since a
 * profile never changes its model; what was not, as long as this object: rights may be given at any time.
 */
export class ProfileLookup {
	readonly #options: BedrockHandlerOptions
	readonly #asked = new Map<string, Promise<unknown>>()

	constructor(options: BedrockHandlerOptions) {
		this.#options = options
	}

	/** GetInferenceProfile. Throws nothing but the signal's reason. */
	async model(arn: string, region: string, signal: AbortSignal | undefined): Promise<ProfileModel | LookupFailure> {
		signal?.throwIfAborted()
		const known = rememberedModel(this.#options, arn)
		return (
			known ??
			unlessAborted(
				this.#once(arn, () => this.#askModel(arn, region)),
				signal,
			)
		)
	}

	/** ListInferenceProfiles: the ids of AWS's own profiles that can be called from the region. Throws nothing but the signal's reason. */
	async profileIds(region: string, signal: AbortSignal | undefined): Promise<readonly string[] | LookupFailure> {
		signal?.throwIfAborted()
		return unlessAborted(
			this.#once(region, () => this.#askProfileIds(region)),
			signal,
		)
	}

	#once<T>(key: string, ask: () => Promise<T>): Promise<T> {
		const asked = this.#asked.get(key) as Promise<T> | undefined
		if (asked) return asked
		const answer = ask()
		this.#asked.set(key, answer)
		return answer
	}

	async #askModel(arn: string, region: string): Promise<ProfileModel | LookupFailure> {
		const { client, GetInferenceProfileCommand } = await createControlPlane(this.#options, region)
		try {
			const command = new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn })
			const { models = [] } = await client.send(command, limit())
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

	async #askProfileIds(region: string): Promise<readonly string[] | LookupFailure> {
		const { client, paginateListInferenceProfiles } = await createControlPlane(this.#options, region)
		try {
			const ids: string[] = []
			const pages = paginateListInferenceProfiles(
				{ client, pageSize: 1000 },
				{ typeEquals: "SYSTEM_DEFINED" },
				limit(),
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

/** All of a profile's models are one, in the regions it may run in: its own, several, or (without a name) any. */
function readModels(arns: readonly string[], region: string): ProfileModel | null {
	const models = arns.map((arn) => FOUNDATION_MODEL.exec(arn))
	const ids = new Set(models.map((match) => match?.[2]))
	const [baseModelId] = ids
	if (baseModelId === undefined || ids.size > 1) return null
	const regions = models.map((match) => match?.[1] ?? "")
	if (regions.includes("")) return { baseModelId, route: "global" }
	return { baseModelId, route: regions.every((one) => one === region) ? "in-region" : "geo" }
}

const REMEMBERED = 100
const remembered = new Map<string, ProfileModel>()

/** What an earlier request of this process has found. */
export function rememberedModel({ endpoint }: BedrockHandlerOptions, arn: string): ProfileModel | undefined {
	return remembered.get(`${endpoint ?? ""} ${arn}`)
}

function remember({ endpoint }: BedrockHandlerOptions, arn: string, model: ProfileModel): void {
	const [oldest] = remembered.keys()
	if (remembered.size >= REMEMBERED && oldest !== undefined) remembered.delete(oldest)
	remembered.set(`${endpoint ?? ""} ${arn}`, model)
}

function failureOf(error: unknown): LookupFailure {
	return error instanceof Error && error.name === "AccessDeniedException" ? "denied" : "failed"
}

function limit(): { abortSignal: AbortSignal } {
	return { abortSignal: AbortSignal.timeout(LOOKUP_LIMIT_MS) }
}

/** The answer is not for one request alone, so a stop ends the waiting, not the asking. */
async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return answer
	let onAbort = () => {}
	const aborted = new Promise<never>((_, reject) => {
		onAbort = () => reject(signal.reason as Error)
		signal.addEventListener("abort", onAbort)
	})
	return Promise.race([answer, aborted]).finally(() => signal.removeEventListener("abort", onAbort))
}
