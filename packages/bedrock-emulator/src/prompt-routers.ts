/** The model that a prompt router selected for a request. */
export type RoutedModel = {
	/** The ARN that AWS reports in the trace of the response. */
	invokedModelId: string
	/** Base model id. */
	modelId: string
}

const ARN = /^(arn:aws[a-z-]*:bedrock:([a-z0-9-]+)):(\d{12}):(?:default-)?prompt-router\/(.+)$/

/** The prefix of a router id selects its model, called in the router's own Region or through a profile. */
const KINDS: readonly { idPrefix: string; modelId: string; profile: string | null }[] = [
	{ idPrefix: "novapro", modelId: "amazon.nova-pro-v1:0", profile: null },
	{ idPrefix: "novageo", modelId: "amazon.nova-pro-v1:0", profile: "us" },
	{ idPrefix: "novaglo", modelId: "amazon.nova-2-lite-v1:0", profile: "global" },
]

/** The model that the router with this ARN selects; `undefined` when the ARN matches no router. */
export function findRoutedModel(arn: string): RoutedModel | undefined {
	const [, start = "", , account = "", id = ""] = ARN.exec(arn) ?? []
	const kind = KINDS.find(({ idPrefix }) => id.startsWith(idPrefix))
	if (!kind) return undefined
	const { modelId, profile } = kind
	const resource =
		profile === null ? `:foundation-model/${modelId}` : `${account}:inference-profile/${profile}.${modelId}`
	return { modelId, invokedModelId: `${start}:${resource}` }
}
