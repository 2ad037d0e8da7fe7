import { AWS_INFERENCE_PROFILE_MAPPING } from "@roo-code/types"

const PREFIXES = ["global.", ...AWS_INFERENCE_PROFILE_MAPPING.map(([, prefix]) => prefix)]

/** The parts of a Bedrock ARN that matter; throws where it is none. */
export function readArn(arn: string): { region: string; kind: string; modelId: string } {
	const [, region, kind, name] = /^arn:[^:]+:bedrock:([^:]+):[^:]*:([^/]+)\/(.+)$/.exec(arn) ?? []
	if (!region || !kind || !name) throw new Error(`INVALID_ARN_FORMAT: ${arn}`)
	return { region, kind, modelId: withoutPrefix(name) }
}

export function withoutPrefix(modelId: string): string {
	const prefix = PREFIXES.find((each) => modelId.startsWith(each))
	return prefix ? modelId.slice(prefix.length) : modelId
}

/** The prefix of the inference profiles of a region's geography. */
export function prefixOf(region: string): string {
	return AWS_INFERENCE_PROFILE_MAPPING.find(([start]) => region.startsWith(start))?.[1] ?? ""
}
