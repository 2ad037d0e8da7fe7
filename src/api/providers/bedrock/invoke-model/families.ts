import { detail } from "@bedrock-tiers/error-details"
import { badInput } from "../../../provider-failure"
import type { RequestPlan } from "../request-plan"
import { anthropicBody } from "./anthropic-body"
import { anthropicReader, readAnthropicAnswer } from "./anthropic-answer"
import { chatCompletionsBody } from "./chat-completions-body"
import { chatCompletionsReader, readChatCompletion } from "./chat-completions-answer"
import type { ModelFamily } from "./model-family"
import { novaBody } from "./nova-body"
import { novaReader, readNovaAnswer } from "./nova-answer"

/**
 * InvokeModel has a request and a response format per model. The format is chosen by the model's provider in the
 * catalog, never by the text of its id.
 * Sources: AWS user guide, inference parameters and model cards (about October 2026); Amazon Nova user guide, request
 * and response schema. docs/wire-contract.md lists what is known of each.
 */
const ANTHROPIC: ModelFamily = { body: anthropicBody, reader: anthropicReader, answer: readAnthropicAnswer }
const NOVA: ModelFamily = { body: novaBody, reader: novaReader, answer: readNovaAnswer }
const CHAT: ModelFamily = {
	body: chatCompletionsBody({ maxTokensMember: "max_tokens" }),
	reader: () => chatCompletionsReader({ reasoningTags: false }),
	answer: (body) => readChatCompletion(body, { reasoningTags: false }),
}
const OPENAI: ModelFamily = {
	body: chatCompletionsBody({ maxTokensMember: "max_completion_tokens" }),
	reader: () => chatCompletionsReader({ reasoningTags: true }),
	answer: (body) => readChatCompletion(body, { reasoningTags: true }),
}

/** xAI and Writer are missing: AWS shows no such request for xAI, and Writer's differs from all of these. */
const BY_PROVIDER: Readonly<Record<string, ModelFamily>> = {
	Anthropic: ANTHROPIC,
	Amazon: NOVA,
	OpenAI: OPENAI,
	DeepSeek: CHAT,
	Google: CHAT,
	MiniMax: CHAT,
	"Mistral AI": CHAT,
	"Moonshot AI": CHAT,
	NVIDIA: CHAT,
	Qwen: CHAT,
	"Z.AI": CHAT,
}

/** Models that accept only one prompt text with their own markup in it, which is not a conversation. */
const TEXT_COMPLETION_ONLY: ReadonlySet<string> = new Set(["deepseek.r1-v1:0"])

/** Imported models accept chat completions if they were imported after 2025-11-11. Source: AWS user guide. */
const IMPORTED_MODEL = /^arn:[^/]*:imported-model\//

/** Throws a `bad-input` failure, before anything is sent, when the model's format is unknown. */
export function modelFamily({ model, bedrockModelId }: RequestPlan): ModelFamily {
	const family = model && !TEXT_COMPLETION_ONLY.has(model.id) ? BY_PROVIDER[model.provider] : undefined
	if (family) return family
	if (!model && IMPORTED_MODEL.test(bedrockModelId)) return CHAT
	throw badInput(detail("request.invoke-not-supported", { model: model?.name ?? bedrockModelId }))
}
