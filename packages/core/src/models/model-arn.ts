/**
 * Resource types of the ARNs that a model request accepts. `endpoint` is the SageMaker endpoint of a marketplace model.
 * Source: Bedrock Runtime API, `modelId` of Converse and InvokeModel (pattern), 2026-11.
 */
const ARN_RESOURCES = [
	"foundation-model",
	"inference-profile",
	"application-inference-profile",
	"provisioned-model",
	"imported-model",
	"custom-model",
	"custom-model-deployment",
	"prompt-router",
	"default-prompt-router",
	"endpoint",
] as const
export type ArnResource = (typeof ARN_RESOURCES)[number]

type ModelArn = {
	/** `aws`, `aws-cn`, `aws-us-gov`, `aws-iso`, … */
	readonly partition: string
	readonly region: string
	/** Account id, 12 digits; `null` for foundation models, which belong to no account. */
	readonly account: string | null
	readonly resource: ArnResource
	/** The part after the slash that follows the resource type. */
	readonly name: string
}

/** Reasons why a text is not a valid model id or ARN. */
type ModelRefProblem =
	| "too-long"
	| "not-an-id"
	| "arn-incomplete"
	| "arn-partition"
	| "arn-service"
	| "arn-region"
	| "arn-region-elsewhere"
	| "arn-account"
	| "arn-resource"
	| "arn-name"

/** Validation error of a model id or ARN. `detail` is the invalid part of the text and can be empty. */
export type ModelRefError = { readonly problem: ModelRefProblem; readonly detail: string }

const REGION = /^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/
const NAME = /^[A-Za-z0-9][A-Za-z0-9._:/-]*$/

/** Whether the text has the format of an AWS region code, known or not. */
export function isRegionCode(text: string): boolean {
	return REGION.test(text)
}

/** The partitions other than `aws`, by region prefix. Source: AWS SDK, partitions table. */
const PARTITION_BY_REGION: readonly (readonly [prefix: string, partition: string])[] = [
	["cn-", "aws-cn"],
	["us-gov-", "aws-us-gov"],
	["us-iso-", "aws-iso"],
	["us-isob-", "aws-iso-b"],
	["eu-isoe-", "aws-iso-e"],
	["us-isof-", "aws-iso-f"],
	["eusc-", "aws-eusc"],
]

/** The AWS partition of a region: `aws`, `aws-cn`, … Each has its own operator and DNS suffix. */
export function partitionOf(region: string): string {
	return PARTITION_BY_REGION.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws"
}

/** Whether the region prefixes of the partition are known. */
function isKnownPartition(partition: string): boolean {
	return partition === "aws" || PARTITION_BY_REGION.some(([, known]) => known === partition)
}

/** Parses an ARN part by part, so that the error names the invalid part. Never throws. */
export function readModelArn(text: string): ModelArn | ModelRefError {
	const [, partition = "", service = "", region = "", account = "", ...rest] = text.split(":")
	const path = rest.join(":")
	const slash = path.indexOf("/")
	if (rest.length === 0 || slash < 0) return { problem: "arn-incomplete", detail: "" }
	const resource = path.slice(0, slash)
	const name = path.slice(slash + 1)
	if (!/^aws(-[a-z]+)*$/.test(partition)) return { problem: "arn-partition", detail: partition }
	if (service !== "bedrock" && service !== "sagemaker") return { problem: "arn-service", detail: service }
	if (!isRegionCode(region)) return { problem: "arn-region", detail: region }
	if (isKnownPartition(partition) && partitionOf(region) !== partition)
		return { problem: "arn-region-elsewhere", detail: region }
	if (!isArnResource(resource) || (resource === "endpoint") !== (service === "sagemaker"))
		return { problem: "arn-resource", detail: resource }
	const isFoundationModel = resource === "foundation-model"
	if (isFoundationModel ? account !== "" : !/^\d{12}$/.test(account))
		return { problem: "arn-account", detail: account }
	if (!NAME.test(name) || name.includes("..")) return { problem: "arn-name", detail: name }
	return { partition, region, account: isFoundationModel ? null : account, resource, name }
}

function isArnResource(text: string): text is ArnResource {
	return (ARN_RESOURCES as readonly string[]).includes(text)
}
