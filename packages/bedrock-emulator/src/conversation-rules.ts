import type { Block, ConverseRequest, Message } from "./converse-shape"
import { invalid, refusedByModel } from "./failures"
import type { EmulatedModel } from "./models"
import { checkPairs, checkToolBlocks } from "./tool-pairs"
import { checkClaudeSchema, checkKimiSchema, checkNovaSchema, checkToolSchemas } from "./tool-schema-rules"

/**
 * What Bedrock refuses in a conversation, with its own messages where they are known. docs/wire-contract.md lists each
 * with its source. Parameters of a model, such as temperature, are not checked here.
 */

/** @throws AwsFailure for text that is not valid Unicode, in any format */
export function checkUnicode(value: unknown): void {
	if (typeof value === "string") {
		const position = value.search(/\p{Surrogate}/u)
		if (position >= 0)
			throw invalid(`The request body is not valid JSON: no low surrogate in string: (char ${position})`)
	} else if (typeof value === "object" && value !== null) {
		for (const [key, item] of Object.entries(value)) {
			checkUnicode(key)
			checkUnicode(item)
		}
	}
}

/** @throws AwsFailure for what is refused whatever the model is */
export function checkConversation(request: ConverseRequest): void {
	const { messages, system = [] } = request
	if (messages[0]?.role !== "user") {
		throw invalid(
			"A conversation must start with a user message. Try again with a conversation that starts with a user message.",
		)
	}
	const blankSystem = system.findIndex(({ text }) => text?.trim() === "")
	if (blankSystem >= 0) {
		throw invalid(
			`The text field in the SystemContentBlock object at system.${blankSystem} is blank. Add text to the text ` +
				"field, and try again.",
		)
	}
	messages.forEach((message, index) => checkMessage(message, index, messages[index - 1]))
	checkToolBlocks(request)
	checkPairs(messages)
	checkToolSchemas(request)
}

function checkMessage({ role, content }: Message, index: number, previous: Message | undefined): void {
	if (role === previous?.role) {
		throw invalid(
			"A conversation must alternate between user and assistant roles. Make sure the conversation alternates " +
				"between user and assistant roles and try again.",
		)
	}
	if (content.length === 0) {
		throw invalid(
			`The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to ` +
				"the content field and try again.",
		)
	}
	content.forEach((block, position) => checkBlock(block, role, `messages.${index}.content.${position}`))
}

function checkBlock(block: Block, role: Message["role"], path: string): void {
	if (block.text?.trim() === "") {
		throw invalid(
			`The text field in the ContentBlock object at ${path} is blank. Add text to the text field, and try again.`,
		)
	}
	if (role === "user" && block.reasoningContent)
		throw invalid(
			"User messages cannot contain reasoning content. Please remove the reasoning content and try again.",
		)
	if (role === "user" && block.toolUse)
		throw invalid(`${path}: toolUse blocks are only allowed in assistant messages.`)
	if (role === "assistant" && block.toolResult)
		throw invalid(`${path}: toolResult blocks are only allowed in user messages.`)
	if (role === "assistant" && block.image) throw invalid(`${path}: image blocks are only allowed in user messages.`)
	if (block.image) checkImage(block.image, path)
	const inResult = block.toolResult?.content ?? []
	inResult.forEach(({ image }, position) => {
		if (image) checkImage(image as Record<string, unknown>, `${path}.toolResult.content.${position}`)
	})
}

const FIRST_BYTES = { png: "89504e470d0a1a0a", jpeg: "ffd8ff", gif: "47494638", webp: "52494646" } as const

function checkImage({ format, source }: Record<string, unknown>, path: string): void {
	const expected = FIRST_BYTES[format as keyof typeof FIRST_BYTES] as string | undefined
	if (expected === undefined) {
		throw invalid(
			`1 validation error detected: Value at '${path}.image.format' failed to satisfy constraint: Member must ` +
				"satisfy enum value set: [gif, jpeg, png, webp]",
		)
	}
	const { bytes } = (source ?? {}) as { bytes?: unknown }
	const start = Buffer.from(typeof bytes === "string" ? bytes : "", "base64").toString("hex", 0, 12)
	if (start.startsWith(expected)) return
	const actual = Object.entries(FIRST_BYTES).find(([, first]) => start.startsWith(first))?.[0] ?? "unknown"
	throw refusedByModel(
		`${path}.image.source.base64: The image was specified using the image/${String(format)} media type, but the ` +
			`image appears to be a image/${actual} image`,
	)
}

/** @throws AwsFailure for what the model refuses */
export function checkModelRules(request: ConverseRequest, model: EmulatedModel): void {
	if (model.id.startsWith("anthropic.")) checkClaude(request, model)
	if (model.id.startsWith("amazon.nova")) checkNovaSchema(request)
	if (model.id.startsWith("moonshotai.")) checkKimiSchema(request)
}

/** Models before Claude 4.6 continue the text of a final assistant message. */
const TAKES_PREFILL = /claude-(sonnet|haiku|opus)-4-[0-5]-/
const CLAUDE_ID = /^[a-zA-Z0-9_-]+$/

function checkClaude(request: ConverseRequest, { id }: EmulatedModel): void {
	const { messages } = request
	messages.forEach(({ role, content }, index) => {
		content.forEach((block, position) => checkClaudeBlock(block, `messages.${index}.content.${position}`))
		const last = content.findLast((block) => !block.cachePoint)
		if (role === "assistant" && last?.reasoningContent)
			throw refusedByModel(`messages.${index}: The final block in an assistant message cannot be \`thinking\`.`)
	})
	const last = messages.at(-1)
	if (last?.role === "assistant") {
		if (!TAKES_PREFILL.test(id)) {
			throw refusedByModel(
				"This model does not support assistant message prefill. The conversation must end with a user message.",
			)
		}
		if (/\s$/.test(last.content.at(-1)?.text ?? ""))
			throw refusedByModel("messages: final assistant content cannot end with trailing whitespace")
	}
	checkThinkingLoop(request)
	checkClaudeSchema(request)
}

function checkClaudeBlock({ toolUse, toolResult, reasoningContent }: Block, path: string): void {
	if (toolUse && !CLAUDE_ID.test(toolUse.toolUseId))
		throw refusedByModel(`${path}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'`)
	if (toolResult && !CLAUDE_ID.test(toolResult.toolUseId))
		throw refusedByModel(`${path}.tool_result.tool_use_id: String should match pattern '^[a-zA-Z0-9_-]+$'`)
	const thought = reasoningContent?.reasoningText as { signature?: unknown } | undefined
	if (thought && !thought.signature) throw refusedByModel(`${path}.thinking.signature: Field required`)
}

/** With a thinking budget, a tool loop that is still open must begin with a thought. */
function checkThinkingLoop({ messages, additionalModelRequestFields }: ConverseRequest): void {
	const { thinking } = (additionalModelRequestFields ?? {}) as { thinking?: { type?: unknown } }
	const isOpen = messages.at(-1)?.content.some(({ toolResult }) => toolResult)
	if (thinking?.type !== "enabled" || !isOpen) return
	const isThought = (index: number) => messages[index]?.content[0]?.reasoningContent !== undefined
	let first = messages.length - 2
	if (isThought(first)) return
	while (messages[first - 1]?.content.every(({ toolResult, cachePoint }) => toolResult ?? cachePoint)) first -= 2
	if (isThought(first)) return
	throw refusedByModel(
		`messages.${messages.length - 2}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found ` +
			"`tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block " +
			"(preceeding the lastmost set of `tool_use` and `tool_result` blocks).",
	)
}
