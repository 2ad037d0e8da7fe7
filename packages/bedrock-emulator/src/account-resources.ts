/** An application inference profile, with the model and Regions that it routes to. */
type ApplicationProfile = {
	id: string
	/** Base model id. */
	modelId: string
	/** Regions in the profile's model ARNs. AWS leaves the Region empty ("") for a model that may run in any Region. */
	regions: readonly string[]
}

/** The model that a prompt router selected for a request. */
type RoutedModel = {
	/** The ARN that AWS reports in the trace of the response. */
	invokedModelId: string
	/** Base model id. */
	modelId: string
}

type Kind = {
	idPrefix: string
	modelId: string
	regions: (region: string) => string[]
	/** Prefix of the profile through which a prompt router calls the model; `null`: in the router's own Region. */
	routerProfile: string | null
}

/** The prefix of a profile or router id selects its model and Regions, so that each test can use its own ids. */
const KINDS: readonly Kind[] = [
	{ idPrefix: "novapro", modelId: "amazon.nova-pro-v1:0", regions: (region) => [region], routerProfile: null },
	{
		idPrefix: "novageo",
		modelId: "amazon.nova-pro-v1:0",
		regions: () => ["us-east-1", "us-east-2", "us-west-2"],
		routerProfile: "us",
	},
	{
		idPrefix: "novaglo",
		modelId: "amazon.nova-2-lite-v1:0",
		regions: () => ["", "us-east-1"],
		routerProfile: "global",
	},
]

const PROFILE_ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:application-inference-profile\/(.+)$/
const ROUTER_ARN = /^(arn:aws[a-z-]*:bedrock:[a-z0-9-]+):(\d{12}):(?:default-)?prompt-router\/(.+)$/

/** The application profile that an ARN names; `undefined` when the ARN matches no profile. */
export function findApplicationProfile(arn: string): ApplicationProfile | undefined {
	const [, region = "", id = ""] = PROFILE_ARN.exec(arn) ?? []
	const kind = KINDS.find(({ idPrefix }) => id.startsWith(idPrefix))
	return kind && { id, modelId: kind.modelId, regions: kind.regions(region) }
}

/** The model that the router with this ARN selects; `undefined` when the ARN matches no router. */
export function findRoutedModel(arn: string): RoutedModel | undefined {
	const [, start = "", account = "", id = ""] = ROUTER_ARN.exec(arn) ?? []
	const kind = KINDS.find(({ idPrefix }) => id.startsWith(idPrefix))
	if (!kind) return undefined
	const { modelId, routerProfile: profile } = kind
	const resource =
		profile === null ? `:foundation-model/${modelId}` : `${account}:inference-profile/${profile}.${modelId}`
	return { modelId, invokedModelId: `${start}:${resource}` }
}
