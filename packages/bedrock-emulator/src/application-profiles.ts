/** An application inference profile, with the model and Regions that it routes to. */
export type ApplicationProfile = {
	id: string
	/** Base model id. */
	modelId: string
	/** Regions in the profile's model ARNs. AWS leaves the Region empty ("") for a model that may run in any Region. */
	regions: readonly string[]
}

const ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:application-inference-profile\/(.+)$/

/** The prefix of a profile id selects its model and Regions, so that each test can use its own profile ids. */
const KINDS: readonly { idPrefix: string; modelId: string; regions: (region: string) => string[] }[] = [
	{ idPrefix: "novapro", modelId: "amazon.nova-pro-v1:0", regions: (region) => [region] },
	{ idPrefix: "novageo", modelId: "amazon.nova-pro-v1:0", regions: () => ["us-east-1", "us-east-2", "us-west-2"] },
	{ idPrefix: "novaglo", modelId: "amazon.nova-2-lite-v1:0", regions: () => ["", "us-east-1"] },
]

/** The application profile that an ARN names; `undefined` when the ARN matches no profile. */
export function findApplicationProfile(arn: string): ApplicationProfile | undefined {
	const [, region = "", id = ""] = ARN.exec(arn) ?? []
	const kind = KINDS.find(({ idPrefix }) => id.startsWith(idPrefix))
	return kind && { id, modelId: kind.modelId, regions: kind.regions(region) }
}
