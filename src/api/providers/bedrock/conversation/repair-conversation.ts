import { textDetail } from "@bedrock-tiers/error-details"
import type { ChatTurn, ConversationChange, ToolDefinition } from "../../../provider-contract"
import { badInput } from "../../../provider-failure"
import { Changes } from "./changes"
import { blocksOf, type BlockTurn, type KnownTurn } from "./known-turn"
import { isOpenLoopWithoutThought, orderTurns } from "./order-turns"
import { pairTools, withoutUserCalls } from "./pair-tools"
import { repairBlock } from "./repair-block"
import type { ConversationRules } from "./rules"
import { toolNameRepair } from "./tool-names"
import { acceptableSchema } from "./tool-schema"
import { toolsAsText } from "./tools-as-text"
import { wellFormed } from "./well-formed"

export type Conversation = {
	/** Empty when there is none. */
	readonly systemPrompt: string
	readonly turns: readonly ChatTurn[]
	/** Empty when no tool may be called. */
	readonly tools: readonly ToolDefinition[]
	/** Whether the request asks the model to think. */
	readonly thinks: boolean
}

export type RepairedConversation = Conversation & {
	readonly turns: readonly KnownTurn[]
	/** What was changed, without any content. */
	readonly changes: readonly ConversationChange[]
}

/**
 * Turns any sequence of turns into a conversation that Bedrock accepts. A valid conversation is returned unchanged, and
 * no text of the user is lost. Throws a `bad-input` failure when nothing is left to send, or for content that no model
 * accepts.
 */
export function repairConversation(conversation: Conversation, rules: ConversationRules): RepairedConversation {
	const { tools } = conversation
	const changes = new Changes()
	const offersTools = tools.length > 0
	// A call that is sent as text keeps its name.
	const toolName = offersTools ? toolNameRepair(tools.map((tool) => tool.function.name)) : (name: string) => name
	const original = conversation.turns.map((turn): BlockTurn => ({ role: turn.role, content: blocksOf(turn) }))
	const repaired = original.map(({ role, content }) => ({
		role,
		content: content.flatMap((block) => repairBlock(block, { rules, changes, toolName }) ?? []),
	}))
	changes.count("turns-joined", repeatedRoles(repaired))
	const paired = offersTools
		? pairTools(withoutUserCalls(repaired, changes), rules, changes)
		: toolsAsText(repaired, changes)
	const ordered = orderTurns(paired, changes)
	if (ordered.length === 0) throw badInput(textDetail("The message is empty."))
	const thinks = conversation.thinks && !(rules.openLoopStartsWithThought && isOpenLoopWithoutThought(ordered))
	if (thinks !== conversation.thinks) changes.count("thinking-left-out")
	return {
		systemPrompt: repairSystemPrompt(conversation.systemPrompt, changes),
		turns: ordered.map((turn, index) => unlessSame(turn, original[index], conversation.turns[index])),
		tools: tools.map((tool) => repairTool(tool, rules, changes)),
		thinks,
		changes: changes.list(),
	}
}

/** Number of turns with the role of the turn before. */
function repeatedRoles(turns: readonly BlockTurn[]): number {
	const sent = turns.filter(({ content }) => content.length > 0)
	return sent.filter(({ role }, index) => role === sent[index - 1]?.role).length
}

/** The caller's own turn when it was not changed, so that a text stays a text. */
function unlessSame(turn: BlockTurn, original: BlockTurn | undefined, source: ChatTurn | undefined): KnownTurn {
	const isSame =
		turn.role === original?.role &&
		turn.content.length === original.content.length &&
		turn.content.every((block, index) => block === original.content[index])
	return isSame ? (source as KnownTurn) : turn
}

function repairSystemPrompt(systemPrompt: string, changes: Changes): string {
	if (systemPrompt.trim() === "") {
		if (systemPrompt !== "") changes.count("blank-text-removed")
		return ""
	}
	const text = wellFormed(systemPrompt)
	if (text !== systemPrompt) changes.count("text-repaired")
	return text
}

function repairTool(tool: ToolDefinition, rules: ConversationRules, changes: Changes): ToolDefinition {
	const { name, description, parameters } = tool.function
	const schema = acceptableSchema(name, parameters, rules, changes)
	return { ...tool, function: wellFormed({ name, ...(description ? { description } : {}), parameters: schema }) }
}
