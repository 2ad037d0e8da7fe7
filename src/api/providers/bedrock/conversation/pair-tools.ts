import { isDeepStrictEqual } from "node:util"
import type { ImageBlock, ToolResultBlock, ToolUseBlock } from "../../../provider-contract"
import type { Changes } from "./changes"
import { TurnList, type BlockTurn, type KnownBlock } from "./known-turn"
import type { ConversationRules } from "./rules"
import { callAsText, resultAsText } from "./tools-as-text"
import { unusedId } from "./tool-names"

/** A tool call with its place and its result. */
type Call = { readonly block: ToolUseBlock; readonly turn: number; result: ToolResultBlock | null }

type PlacedBlock =
	| { readonly kind: "call"; readonly call: Call }
	| { readonly kind: "result"; readonly result: ToolResultBlock; readonly use: "paired" | "repeated" | "left-over" }
	| { readonly kind: "other"; readonly block: KnownBlock }

const NO_RESULT = "There is no result: the call was not run, or its result was lost."

/**
 * Puts the results of each assistant turn's calls at the start of the user turn after it, in the order of the calls,
 * each call with one id of its own and one result. A result belongs to the latest call before it with its id that has
 * no result yet. A result without a call is sent as text.
 */
export function pairTools(turns: readonly BlockTurn[], rules: ConversationRules, changes: Changes): BlockTurn[] {
	const placed = placeResults(turns)
	const paired = new TurnList()
	const usedIds = new Set<string>()
	for (const [index, { role }] of turns.entries()) {
		const content: KnownBlock[] = []
		const results: ToolResultBlock[] = []
		for (const item of placed[index] ?? []) {
			if (item.kind === "other") content.push(item.block)
			else if (item.kind === "result") content.push(...unpaired(item, changes))
			else {
				const id = unusedId(item.call.block.id, usedIds)
				usedIds.add(id)
				if (id !== item.call.block.id) changes.count("duplicate-id-replaced")
				content.push(id === item.call.block.id ? item.call.block : { ...item.call.block, id })
				results.push(resultOf(item.call, id, changes))
			}
		}
		paired.add(role, content)
		const originals = (placed[index] ?? []).flatMap((item) => (item.kind === "call" ? [item.call.result] : []))
		changes.count("result-moved", misplaced(originals, turns[index + 1]))
		paired.add("user", rules.imagesInToolResults ? results : withImagesAfter(results, changes))
	}
	return paired.turns
}

function placeResults(turns: readonly BlockTurn[]): PlacedBlock[][] {
	const calls = new Map<string, Call[]>()
	return turns.map(({ role, content }, turn) =>
		content.map((block): PlacedBlock => {
			if (block.type === "tool_use" && role === "assistant") {
				const call: Call = { block, turn, result: null }
				calls.set(block.id, [...(calls.get(block.id) ?? []), call])
				return { kind: "call", call }
			}
			if (block.type !== "tool_result") return { kind: "other", block }
			return { kind: "result", result: block, use: useOf(block, calls.get(block.tool_use_id) ?? []) }
		}),
	)
}

function useOf(result: ToolResultBlock, calls: readonly Call[]): "paired" | "repeated" | "left-over" {
	const open = calls.filter((call) => call.result === null)
	const call = open.find(({ turn }) => turn === open.at(-1)?.turn)
	if (!call) return calls.some((one) => isDeepStrictEqual(one.result, result)) ? "repeated" : "left-over"
	call.result = result
	return "paired"
}

function unpaired({ result, use }: Extract<PlacedBlock, { kind: "result" }>, changes: Changes): KnownBlock[] {
	if (use === "paired") return []
	changes.count(use === "repeated" ? "repeated-result-removed" : "result-sent-as-text")
	return use === "repeated" ? [] : resultAsText(result)
}

function resultOf({ result }: Call, id: string, changes: Changes): ToolResultBlock {
	if (result) return result.tool_use_id === id ? result : { ...result, tool_use_id: id }
	changes.count("result-added")
	return { type: "tool_result", tool_use_id: id, content: NO_RESULT, is_error: true }
}

/** Number of results that are not in their place. */
function misplaced(results: readonly (ToolResultBlock | null)[], next: BlockTurn | undefined): number {
	const found = results.filter((result) => result !== null)
	const start = next?.role === "user" ? next.content.slice(0, found.length) : []
	return found.filter((result, index) => result !== start[index]).length
}

/** Moves the images of tool results behind the results, for models that accept only text in a result. */
function withImagesAfter(results: readonly ToolResultBlock[], changes: Changes): KnownBlock[] {
	const moved: ImageBlock[] = []
	const texts = results.map((result): ToolResultBlock => {
		const { content } = result
		if (typeof content !== "object") return result
		const images = content.filter((block) => block.type === "image")
		if (images.length === 0) return result
		moved.push(...images)
		const rest = content.filter((block) => block.type === "text")
		return { ...result, content: rest.length > 0 ? rest : SEE_IMAGE }
	})
	changes.count("image-moved", moved.length)
	return [...texts, ...moved]
}

const SEE_IMAGE = "(see the image)"

/** Replaces tool calls of the user, which no model accepts. */
export function withoutUserCalls(turns: readonly BlockTurn[], changes: Changes): BlockTurn[] {
	return turns.map((turn) => {
		if (turn.role === "assistant" || !turn.content.some(({ type }) => type === "tool_use")) return turn
		const content = turn.content.map((block) => {
			if (block.type !== "tool_use") return block
			changes.count("call-sent-as-text")
			return callAsText(block)
		})
		return { ...turn, content }
	})
}
