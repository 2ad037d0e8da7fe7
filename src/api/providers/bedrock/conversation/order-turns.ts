import type { Changes } from "./changes"
import { isThought, textBlock, TurnList, type BlockTurn, type KnownBlock } from "./known-turn"

const START_IS_MISSING = "(The start of this conversation is not available.)"
const CONTINUE = "Continue."

/**
 * Orders the turns as Bedrock requires: images and thoughts only where they may be, no assistant turn that ends with a
 * thought, alternating roles, and the user first and last. Claude from 4.6 rejects a conversation that ends with the
 * assistant; older models would continue its text, which no caller wants.
 */
export function orderTurns(turns: readonly BlockTurn[], changes: Changes): BlockTurn[] {
	const ordered = new TurnList()
	for (const { role, content } of byRole(turns, changes)) {
		const end = role === "user" ? content.length : content.findLastIndex((block) => !isThought(block)) + 1
		changes.count("thought-removed", content.length - end)
		ordered.add(role, content.slice(0, end))
	}
	const result: BlockTurn[] = ordered.turns
	if (result[0]?.role === "assistant") {
		changes.count("first-turn-added")
		result.unshift({ role: "user", content: [textBlock(START_IS_MISSING)] })
	}
	if (result.at(-1)?.role === "assistant") {
		changes.count("last-turn-added")
		result.push({ role: "user", content: [textBlock(CONTINUE)] })
	}
	return result
}

/** Moves images of the assistant into the next user turn and drops thoughts of the user: no model accepts them. */
function byRole(turns: readonly BlockTurn[], changes: Changes): BlockTurn[] {
	const list = new TurnList()
	let images: KnownBlock[] = []
	for (const { role, content } of turns) {
		const isMisplaced = role === "user" ? isThought : ({ type }: KnownBlock) => type === "image"
		const misplaced = content.filter(isMisplaced)
		const rest = content.filter((block) => !isMisplaced(block))
		if (role === "assistant") {
			changes.count("image-moved", misplaced.length)
			images.push(...misplaced)
			list.add(role, rest)
		} else {
			changes.count("thought-removed", misplaced.length)
			list.add(role, [...rest, ...images])
			images = []
		}
	}
	list.add("user", images)
	return list.turns
}

/** Whether the conversation ends within a tool loop that does not begin with a thought. */
export function isOpenLoopWithoutThought(turns: readonly BlockTurn[]): boolean {
	const hasResult = ({ content }: BlockTurn) => content.some(({ type }) => type === "tool_result")
	const startsWithThought = (turn: BlockTurn | undefined) =>
		turn?.content[0] !== undefined && isThought(turn.content[0])
	const last = turns.at(-1)
	if (!last || !hasResult(last)) return false
	let index = turns.length - 2
	if (startsWithThought(turns[index])) return false
	while (turns[index - 1]?.content.every(({ type }) => type === "tool_result")) index -= 2
	return !startsWithThought(turns[index])
}
