/** What an application inference profile stands for. */
export type ApplicationProfile = {
	id: string
	/** Base model id. */
	modelId: string
	/** Of the models that it leads to; "" is how AWS writes a model that may run anywhere. */
	regions: readonly string[]
}

const ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d{12}:application-inference-profile\/(.+)$/

/** An id says by how it begins what it stands for, so that each test can have profiles of its own. */
const KINDS: readonly { idPrefix: string; modelId: string; regions: (home: string) => string[] }[] = [
	{ idPrefix: "novapro", modelId: "amazon.nova-pro-v1:0", regions: (home) => [home] },
	{ idPrefix: "novageo", modelId: "amazon.nova-pro-v1:0", regions: () => ["us-east-1", "us-east-2", "us-west-2"] },
	{ idPrefix: "novaglo", modelId: "amazon.nova-2-lite-v1:0", regions: () => ["", "us-east-1"] },
]

/** The application profile that an ARN names; undefined where there is none. */
export function findApplicationProfile(arn: string): ApplicationProfile | undefined {
	const [, home = "", id = ""] = ARN.exec(arn) ?? []
	const kind = KINDS.find(({ idPrefix }) => id.startsWith(idPrefix))
	return kind && { id, modelId: kind.modelId, regions: kind.regions(home) }
}
