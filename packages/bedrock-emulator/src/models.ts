import { findApplicationProfile, findRoutedModel } from "./account-resources"
import { AwsFailure } from "./failures"

const EVERYWHERE = "everywhere"

/** The properties of one emulated model. */
export type EmulatedModel = {
	/** Base model id, without a profile prefix. */
	id: string
	/** Tiers that the model supports in addition to `default`, in both Converse and InvokeModel. */
	paidTiers: readonly ("flex" | "priority")[]
	/** The wire format of the model in InvokeModel. */
	format: "chat-completions" | "anthropic-messages" | "nova"
	/** Regions where the bare id can be called. Empty: the model can be called only through a profile. */
	bareIdRegions: typeof EVERYWHERE | readonly string[]
	/** Prefixes of the model's inference profiles, without the dot. Their source Regions are not checked. */
	profilePrefixes: readonly string[]
	/** Whether the model is past its end of life; requests then fail with status 404. */
	retired: boolean
	/** The model cannot be called through InvokeModel. */
	converseOnly?: true
}

const BOTH_TIERS = ["flex", "priority"] as const
const CLAUDE_PROFILES = ["us", "eu", "jp", "au", "global"] as const
const NOVA_1_PROFILES = ["us", "eu", "apac"] as const

type Availability = Partial<Omit<EmulatedModel, "id" | "format">>

/** Callable by the bare id everywhere, with both paid tiers, unless stated otherwise. */
function openWeight(id: string, availability: Availability = {}): EmulatedModel {
	const usual = { paidTiers: BOTH_TIERS, bareIdRegions: EVERYWHERE, profilePrefixes: [], retired: false } as const
	return { id, format: "chat-completions", ...usual, ...availability }
}

/** Callable through Converse and a profile only, without paid tiers. */
function gpt(id: string): EmulatedModel {
	return openWeight(id, {
		paidTiers: [],
		bareIdRegions: [],
		profilePrefixes: ["us", "global"],
		converseOnly: true,
	})
}

/** Callable only through a profile, with both paid tiers, unless stated otherwise. */
function nova(id: string, profilePrefixes: readonly string[], availability: Availability = {}): EmulatedModel {
	const usual = { paidTiers: BOTH_TIERS, bareIdRegions: [], retired: false } as const
	return { id, format: "nova", profilePrefixes, ...usual, ...availability }
}

/** Claude supports neither flex nor priority, and can be called only through a profile, except in London. */
function claude(id: string, profilePrefixes: readonly string[], bareIdRegions: readonly string[] = []): EmulatedModel {
	return { id, paidTiers: [], format: "anthropic-messages", bareIdRegions, profilePrefixes, retired: false }
}

/**
 * The emulator's own short table of models. It is separate from the extension's catalog on purpose, so that comparing
 * the two reveals errors in either. Source: AWS's user guide and model cards, September and October 2026.
 */
export const EMULATED_MODELS: readonly EmulatedModel[] = [
	openWeight("openai.gpt-oss-20b-1:0", { profilePrefixes: ["us-gov"] }),
	openWeight("openai.gpt-oss-120b-1:0", { profilePrefixes: ["us-gov"] }),
	nova("amazon.nova-pro-v1:0", NOVA_1_PROFILES, {
		bareIdRegions: ["us-east-1", "eu-west-2", "ap-southeast-2", "ap-southeast-3", "us-gov-west-1"],
	}),
	nova("amazon.nova-premier-v1:0", ["us"], { retired: true }),
	nova("amazon.nova-2-lite-v1:0", ["us", "eu", "jp", "global"]),
	nova("amazon.nova-lite-v1:0", [...NOVA_1_PROFILES, "ca"], {
		paidTiers: [],
		bareIdRegions: [
			"us-east-1",
			"us-east-2",
			"us-west-2",
			"ap-northeast-1",
			"ap-southeast-2",
			"ap-southeast-3",
			"eu-north-1",
			"eu-west-2",
			"us-gov-west-1",
		],
	}),
	nova("amazon.nova-micro-v1:0", NOVA_1_PROFILES, {
		paidTiers: [],
		bareIdRegions: ["us-east-1", "eu-west-2", "ap-southeast-2", "us-gov-west-1"],
	}),
	openWeight("qwen.qwen3-32b-v1:0"),
	openWeight("qwen.qwen3-coder-30b-a3b-v1:0"),
	openWeight("qwen.qwen3-coder-480b-a35b-v1:0"),
	openWeight("qwen.qwen3-235b-a22b-2507-v1:0"),
	openWeight("qwen.qwen3-vl-235b-a22b"),
	// Disputed: AWS's newer model card lists no tiers; its older table, its prices and live calls show both.
	openWeight("deepseek.v3-v1:0"),
	openWeight("deepseek.r1-v1:0", { paidTiers: [], bareIdRegions: [], profilePrefixes: ["us"] }),
	openWeight("zai.glm-5"),
	// Supports tiers only through Responses and Chat Completions.
	openWeight("moonshotai.kimi-k3", { paidTiers: [], bareIdRegions: [], profilePrefixes: ["us", "global"] }),
	openWeight("xai.grok-4.6", { bareIdRegions: [], profilePrefixes: ["us", "global"] }),
	gpt("openai.gpt-5.6-sol"),
	gpt("openai.gpt-6-luna"),
	claude("anthropic.claude-sonnet-4-5-20250929-v1:0", [...CLAUDE_PROFILES, "us-gov"]),
	claude("anthropic.claude-sonnet-4-6", CLAUDE_PROFILES, ["eu-west-2"]),
	claude("anthropic.claude-haiku-4-5-20251001-v1:0", CLAUDE_PROFILES),
	claude("anthropic.claude-opus-4-6-v1", ["us", "eu", "au", "global"], ["eu-west-2"]),
	claude("anthropic.claude-opus-4-7", CLAUDE_PROFILES),
]

/** Invented profiles, as if AWS had released them after the catalog was written. */
export const NEW_PROFILES: readonly string[] = ["us.openai.gpt-oss-20b-1:0"]

function getModel(id: string): EmulatedModel {
	const model = EMULATED_MODELS.find((candidate) => candidate.id === id)
	if (model === undefined) throw new Error(`No such model: ${id}`)
	return model
}

const ARN = /^arn:aws[a-z-]*:bedrock:[a-z0-9-]*:\d*:(foundation-model|inference-profile)\/(.+)$/

/**
 * Finds the model behind a model id, a profile id, the ARN of either, or the ARN of a prompt router.
 *
 * @param modelId as the client sent it, percent-decoded
 * @param region the Region of the request; decides whether a bare id can be called
 * @throws AwsFailure with AWS's own error message for an unknown, a retired, or a profile-only model
 */
export function resolveModel(modelId: string, region: string): EmulatedModel {
	const arn = ARN.exec(modelId)
	const resource = findApplicationProfile(modelId) ?? findRoutedModel(modelId)
	if (resource !== undefined) return getModel(resource.modelId)
	const reference = arn?.[2] ?? modelId
	const model = EMULATED_MODELS.find(({ id }) => reference === id || reference.endsWith(`.${id}`))
	const prefix = model === undefined ? "" : reference.slice(0, -model.id.length - 1)
	const wrongKind = arn !== null && (arn[1] === "inference-profile") === (prefix === "")

	const exists = prefix === "" || model?.profilePrefixes.includes(prefix) || NEW_PROFILES.includes(reference)
	if (model === undefined || wrongKind || !exists) {
		throw new AwsFailure("ValidationException", "The provided model identifier is invalid.")
	}
	if (model.retired) {
		throw new AwsFailure(
			"ResourceNotFoundException",
			"This model version has reached the end of its life. Please refer to the AWS documentation for more details.",
		)
	}
	if (prefix === "" && model.bareIdRegions !== EVERYWHERE && !model.bareIdRegions.includes(region)) {
		// AWS writes the apostrophe as U+2019.
		throw new AwsFailure(
			"ValidationException",
			`Invocation of model ID ${modelId} with on-demand throughput isn\u2019t supported. Retry your request with ` +
				"the ID or ARN of an inference profile that contains this model.",
		)
	}
	return model
}
