/** What a prompt router chose for a request. */
export type RoutedModel = {
	/** As AWS names it in the answer's trace: an ARN. */
	invokedModelId: string
	/** Base model id. */
	modelId: string
}

const ARN = /^(arn:aws[a-z-]*:bedrock:([a-z0-9-]+)):(\d{12}):(?:default-)?prompt-router\/(.+)$/

/** A router says by how its id begins what it chooses: a model of its own Region, or one by a profile. */
const KINDS: readonly { idPrefix: string; modelId: string; profile: string | null }[] = [
	{ idPrefix: "novapro", modelId: "amazon.nova-pro-v1:0", profile: null },
	{ idPrefix: "novageo", modelId: "amazon.nova-pro-v1:0", profile: "us" },
	{ idPrefix: "novaglo", modelId: "amazon.nova-2-lite-v1:0", profile: "global" },
]

/** What the router that an ARN names chooses; undefined where there is none. */
export function findRoutedModel(arn: string): RoutedModel | undefined {
	const [, start = "", , account = "", id = ""] = ARN.exec(arn) ?? []
	const kind = KINDS.find(({ idPrefix }) => id.startsWith(idPrefix))
	if (!kind) return undefined
	const { modelId, profile } = kind
	const named =
		profile === null ? `:foundation-model/${modelId}` : `${account}:inference-profile/${profile}.${modelId}`
	return { modelId, invokedModelId: `${start}:${named}` }
}
