import type { AssistantMessage, ToolCall, ToolResult } from "@bedrock-tiers/protocol"
import type { ChatTools } from "../ports"
import { callProblem, toolCalls, toolInput, type CallProblem } from "./answer"
import type { ChatLog } from "./chat-log"
import { MAX_CALLS_PER_ANSWER, MAX_STORED_RESULT_BYTES, resultBytesOf, shortenResult } from "./tool-results"

/** In place of the results beyond a limit. */
const ANSWER_IS_FULL =
	// eslint-disable-next-line bedrock-tiers/untranslated-text -- a tool result, which the model reads
	"Not run: the results of one answer have reached their limit. Call it again in the next answer if it still matters."
const CHAT_IS_FULL =
	// eslint-disable-next-line bedrock-tiers/untranslated-text -- a tool result, which the model reads
	"Not run: the results in this chat have reached their limit. Answer without them; a new chat can read more."

const PROBLEM_TEXTS: Readonly<Record<CallProblem, string>> = {
	"cut-off":
		// eslint-disable-next-line bedrock-tiers/untranslated-text -- a tool result, which the model reads
		"Not run: the call was cut off at the maximum length of an answer. Send it again with shorter arguments, or as several calls.",
	"not-json":
		// eslint-disable-next-line bedrock-tiers/untranslated-text -- a tool result, which the model reads
		"Not run: the arguments are not a complete JSON object. Send the call again with valid JSON.",
}

/** Whether the answer has tool calls and none of them succeeded. */
export function allCallsFailed(answer: AssistantMessage): boolean {
	const calls = toolCalls(answer)
	return calls.length > 0 && calls.every(({ result }) => result?.ok !== true)
}

/**
 * Runs the tool calls of an answer one after the other and publishes each result as it comes.
 * @param resultBytes maximum size of all results together, without notes
 * @returns the answer with all results
 * @throws the abort reason when the user stops the task
 */
export async function runTools(
	log: ChatLog,
	answer: AssistantMessage,
	tools: ChatTools,
	{ signal, resultBytes }: { readonly signal: AbortSignal; readonly resultBytes: number },
): Promise<AssistantMessage> {
	let grown = log.publish(answer)
	let answerBytesLeft = resultBytes
	let chatBytesLeft = MAX_STORED_RESULT_BYTES - log.resultBytes
	let callsLeft = MAX_CALLS_PER_ANSWER
	const next = async (call: ToolCall): Promise<ToolResult> => {
		if (chatBytesLeft <= 0) return { ok: false, text: CHAT_IS_FULL }
		if (answerBytesLeft <= 0 || callsLeft-- <= 0) return { ok: false, text: ANSWER_IS_FULL }
		const problem = callProblem(answer, call)
		if (problem) return { ok: false, text: PROBLEM_TEXTS[problem] }
		return shortenResult(await runTool(log, call, tools, signal), Math.min(answerBytesLeft, chatBytesLeft))
	}
	for (const [index, call] of answer.parts.entries()) {
		if (call.kind !== "tool-call") continue
		signal.throwIfAborted()
		const result = await next(call)
		signal.throwIfAborted()
		answerBytesLeft -= resultBytesOf(result)
		chatBytesLeft -= resultBytesOf(result)
		grown = log.publishPart({ ...grown, parts: grown.parts.with(index, { ...call, result }) }, index)
	}
	await log.save()
	return grown
}

async function runTool(log: ChatLog, call: ToolCall, tools: ChatTools, signal: AbortSignal): Promise<ToolResult> {
	// The user may have withdrawn the permission since the request was sent.
	// eslint-disable-next-line bedrock-tiers/untranslated-text -- a tool result, which the model reads
	if (!log.record.toolsAllowed) return { ok: false, text: "The person does not allow this any more." }
	return tools.run(call.name, toolInput(call) ?? {}, signal)
}
