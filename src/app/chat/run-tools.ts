import type { AssistantMessage, ToolCall, ToolResult } from "@bedrock-tiers/protocol"
import type { ChatTools } from "../ports"
import { toolCalls, toolInput } from "./answer"
import type { ChatLog } from "./chat-log"

/**
 * Runs the tool calls of an answer one after the other and publishes each result as it comes.
 * @returns the answer with all results
 * @throws the abort reason when the user stops the task
 */
export async function runTools(
	log: ChatLog,
	answer: AssistantMessage,
	tools: ChatTools,
	signal: AbortSignal,
): Promise<AssistantMessage> {
	let grown = log.publish(answer)
	for (const call of toolCalls(answer)) {
		signal.throwIfAborted()
		const result = await runTool(log, call, tools, signal)
		signal.throwIfAborted()
		const parts = grown.parts.map((part) =>
			part.kind === "tool-call" && part.callId === call.callId ? { ...part, result } : part,
		)
		grown = log.publish({ ...grown, parts })
	}
	await log.save()
	return grown
}

async function runTool(log: ChatLog, call: ToolCall, tools: ChatTools, signal: AbortSignal): Promise<ToolResult> {
	const input = toolInput(call)
	// eslint-disable-next-line bedrock-tiers/untranslated-text -- a tool result, which the model reads
	if (!input) return { ok: false, text: "The call was not whole, so nothing was run." }
	// The user may have withdrawn the permission since the request was sent.
	// eslint-disable-next-line bedrock-tiers/untranslated-text -- a tool result, which the model reads
	if (!log.record.toolsAllowed) return { ok: false, text: "The person does not allow this any more." }
	return tools.run(call.name, input, signal)
}
