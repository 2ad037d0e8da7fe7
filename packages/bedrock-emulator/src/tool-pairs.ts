import type { Block, ConverseRequest, Message } from "./converse-shape"
import { invalid, refusedByModel } from "./failures"

/** What Bedrock refuses in tool calls and their results. */

const NAME = { pattern: "[a-zA-Z0-9_-]+", matches: /^[a-zA-Z0-9_-]+$/ }
const ID = { pattern: "[a-zA-Z0-9_.:-]+", matches: /^[a-zA-Z0-9_.:-]+$/ }

export function checkToolBlocks({ messages, toolConfig }: ConverseRequest): void {
	for (const { toolSpec } of toolConfig?.tools ?? [])
		if (typeof toolSpec?.name === "string") checkText(toolSpec.name, NAME, "toolConfig.tools.toolSpec.name")
	messages.forEach(({ content }, index) =>
		content.forEach(({ toolUse, toolResult }, position) => {
			if (!toolUse && !toolResult) return
			if (!toolConfig) {
				throw invalid("The toolConfig field must be defined when using toolUse and toolResult content blocks.")
			}
			const member = `messages.${index + 1}.member.content.${position + 1}.member`
			if (toolResult) checkText(toolResult.toolUseId, ID, `${member}.toolResult.toolUseId`)
			if (!toolUse) return
			checkText(toolUse.toolUseId, ID, `${member}.toolUse.toolUseId`)
			checkText(toolUse.name, NAME, `${member}.toolUse.name`)
			if (typeof toolUse.input !== "object" || toolUse.input === null || Array.isArray(toolUse.input)) {
				throw invalid(
					`The format of the value at messages.${index}.content.${position}.toolUse.input is invalid. Provide a ` +
						"json object for the field and try again.",
				)
			}
		}),
	)
}

function checkText(text: string, { pattern, matches }: typeof NAME, member: string): void {
	const fails = (constraint: string) =>
		invalid(
			`1 validation error detected: Value '${text}' at '${member}' failed to satisfy constraint: Member must ` +
				constraint,
		)
	if (!matches.test(text)) throw fails(`satisfy regular expression pattern: ${pattern}`)
	if (text.length > 64) throw fails("have length less than or equal to 64")
}

/** Each call has one result at the start of the next message, and each result has a call. Ids are used once. */
export function checkPairs(messages: readonly Message[]): void {
	const ids = new Set<string>()
	for (let index = 0; index <= messages.length; index++) {
		const calls = callIds(messages[index - 1])
		const content = messages[index]?.content.filter((block) => !block.cachePoint) ?? []
		const results = content.flatMap(({ toolResult }) => toolResult?.toolUseId ?? [])
		const path = `messages.${index}.content`
		checkDuplicates(callIds(messages[index]), "toolUse", path)
		checkDuplicates(results, "toolResult", path)
		if (results.length > calls.length) {
			throw invalid(
				`The number of toolResult blocks at ${path} exceeds the number of toolUse blocks of previous turn.`,
			)
		}
		const missing = calls.filter((id) => !results.includes(id))
		if (missing.length > 0)
			throw invalid(`Expected toolResult blocks at ${path} for the following Ids: ${missing.join(", ")}`)
		if (content.slice(0, calls.length).some(({ toolResult }) => !toolResult)) {
			throw refusedByModel(
				`messages.${index - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ` +
					`${calls.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the ` +
					"next message.",
			)
		}
		for (const id of calls) {
			if (ids.has(id)) throw refusedByModel(`messages.${index - 1}: \`tool_use\` ids must be unique`)
			ids.add(id)
		}
	}
}

function callIds(message: Message | undefined): string[] {
	return (message?.content ?? []).flatMap(({ toolUse }: Block) => toolUse?.toolUseId ?? [])
}

function checkDuplicates(ids: readonly string[], kind: "toolUse" | "toolResult", path: string): void {
	const repeated = ids.filter((id, index) => ids.indexOf(id) < index)
	if (repeated.length > 0)
		throw invalid(`The ${kind} blocks at ${path} contain duplicate Ids: ${[...new Set(repeated)].join(", ")}`)
}
