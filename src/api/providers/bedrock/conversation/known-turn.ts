import { textDetail } from "@bedrock-tiers/error-details"
import type {
	ChatTurn,
	ImageBlock,
	RedactedThinkingBlock,
	TextBlock,
	ThinkingBlock,
	ToolResultBlock,
	ToolUseBlock,
	TurnBlock,
} from "../../../provider-contract"
import { badInput } from "../../../provider-failure"

export type KnownBlock = TextBlock | ImageBlock | ThinkingBlock | RedactedThinkingBlock | ToolUseBlock | ToolResultBlock

/** A turn with blocks of known types. */
export type KnownTurn = { readonly role: ChatTurn["role"]; readonly content: string | readonly KnownBlock[] }
/** The same with its text as a block. */
export type BlockTurn = { readonly role: ChatTurn["role"]; readonly content: readonly KnownBlock[] }

/** The member that a block of each type must have. */
const MEMBERS = new Map<string, string>([
	["text", "text"],
	["image", "source"],
	["thinking", "thinking"],
	["redacted_thinking", "data"],
	["tool_use", "id"],
	["tool_result", "tool_use_id"],
] satisfies [KnownBlock["type"], string][])

/** Throws a `bad-input` failure that names the type of a block that cannot be sent. */
export function blocksOf({ content }: ChatTurn): KnownBlock[] {
	if (typeof content === "string") return [textBlock(content)]
	return content.map((block) => {
		if (isKnown(block)) return block
		throw badInput(textDetail(`A message holds a block of the kind "${block.type}", which cannot be sent.`))
	})
}

function isKnown(block: TurnBlock): block is KnownBlock {
	const member = MEMBERS.get(block.type)
	return member !== undefined && member in block
}

export function textBlock(text: string): TextBlock {
	return { type: "text", text }
}

export function isThought({ type }: KnownBlock): boolean {
	return type === "thinking" || type === "redacted_thinking"
}

/** Joins consecutive turns of one role, and drops turns without content. */
export class TurnList {
	readonly turns: { readonly role: ChatTurn["role"]; readonly content: KnownBlock[] }[] = []

	add(role: ChatTurn["role"], content: readonly KnownBlock[]): void {
		const last = this.turns.at(-1)
		if (last?.role === role) last.content.push(...content)
		else if (content.length > 0) this.turns.push({ role, content: [...content] })
	}
}
