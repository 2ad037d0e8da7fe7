import { acceptedParameters, type BedrockApi, type CatalogModel } from "@bedrock-tiers/core"

/** What a model accepts in a conversation, where models differ. Rules without a member here are the same for all. */
export type ConversationRules = {
	/** Ids of tool calls, 1 to 64 characters. */
	readonly toolId: RegExp
	readonly imagesInToolResults: boolean
	/**
	 * With a thinking budget, a tool loop that is still open must begin with a thought. With adaptive thinking it need
	 * not.
	 */
	readonly openLoopStartsWithThought: boolean
	/** Whether a tool's schema may have `anyOf`, `oneOf` or `allOf` at its root. */
	readonly rootUnions: boolean
	/** Whether a tool's schema may have `$ref` and `$defs`. */
	readonly schemaReferences: boolean
	/** Maximum levels of schemas in a tool's schema, with the root; `null` when no limit is known. */
	readonly maxSchemaLevels: number | null
}

/** Converse API, ToolUseBlock.toolUseId (API reference, 2026-11). Kimi's own ids are like `functions.read_file:0`. */
const BEDROCK_ID = /^[a-zA-Z0-9_.:-]{1,64}$/
/** Claude has a stricter rule of its own, `tool_use.id: String should match pattern`. Source: third-party reports. */
const CLAUDE_ID = /^[a-zA-Z0-9_-]{1,64}$/

/** A model without further rules. */
const USUAL: ConversationRules = {
	toolId: BEDROCK_ID,
	imagesInToolResults: false,
	openLoopStartsWithThought: false,
	rootUnions: true,
	schemaReferences: true,
	maxSchemaLevels: null,
}

/** Used when the model is unknown: what all models accept. */
const STRICTEST: ConversationRules = {
	...USUAL,
	toolId: CLAUDE_ID,
	rootUnions: false,
	schemaReferences: false,
	maxSchemaLevels: 10,
}

/** By the catalog's provider. Sources: docs/wire-contract.md, Conversation. */
const BY_PROVIDER: Readonly<Record<string, Partial<ConversationRules>>> = {
	Anthropic: { toolId: CLAUDE_ID, rootUnions: false },
	Amazon: { schemaReferences: false },
	"Moonshot AI": { maxSchemaLevels: 10 },
}

/**
 * The only place that knows what models accept in a conversation.
 * @param model `undefined` when it is unknown
 */
export function conversationRules(model: CatalogModel | undefined, api: BedrockApi): ConversationRules {
	if (!model) return STRICTEST
	const openLoopStartsWithThought = model.provider === "Anthropic" && model.reasoning === "budget"
	const imagesInToolResults = acceptedParameters(model, api).imagesInToolResults.support === "yes"
	return { ...USUAL, imagesInToolResults, openLoopStartsWithThought, ...BY_PROVIDER[model.provider] }
}
