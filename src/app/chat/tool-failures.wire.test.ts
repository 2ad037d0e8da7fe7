import { detail } from "@bedrock-tiers/error-details"
import { describe, expect, it } from "vitest"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"
import type { ToolResult } from "@bedrock-tiers/protocol"

/** Tool calls that cannot be run: what the model learns, and when the chain of requests ends. */

const test = sessionUnderTest({ answer: "Done.", usage: { inputTokens: 30_000, outputTokens: 1_000 } })

const DEFINITION = {
	type: "function",
	function: { name: "read_file", parameters: { type: "object" } },
} as const

/** Opens a workspace with one tool and allows tools in the chat. Returns the inputs with which the tool ran. */
async function windowWithTool(
	scenario: Parameters<typeof test.emulator.setScenario>[0],
	run: (count: number) => ToolResult = () => ({ ok: true, text: "content" }),
): Promise<{ window: SessionWindow; inputs: unknown[] }> {
	const inputs: unknown[] = []
	test.workspace = {
		isOpen: () => true,
		tools: async () => ({
			definitions: [DEFINITION],
			run: async (_name, input) => {
				inputs.push(input)
				return run(inputs.length)
			},
		}),
	}
	const window = await test.ready()
	await window.session.handle({ type: "allow-tools", allowed: true })
	test.emulator.setScenario(scenario)
	return { window, inputs }
}

type Block = {
	toolUse?: { input: unknown }
	toolResult?: { status?: string; content: { text: string }[] }
}
const bodies = () => test.emulator.requests.map(({ body }) => body)
const blocks = (body: string | undefined) =>
	(JSON.parse(body ?? "{}") as { messages: { content: Block[] }[] }).messages.flatMap(({ content }) => content)

/** The contents of the requests that Bedrock accepted, of which no two in a row may be equal. */
function expectNoRepeatedRequest(): void {
	const sent = bodies()
	for (const [index, body] of sent.entries()) expect(body).not.toBe(sent[index - 1])
}

describe("A tool call that is cut off by the output limit", () => {
	it("is not run; the next request contains what the model wrote and that it was cut off", async () => {
		const { window, inputs } = await windowWithTool("cuts-tool-calls")
		await window.send("Write the file")
		expect(inputs).toEqual([])
		const [call, result] = blocks(bodies()[1]).slice(-2)
		expect(call?.toolUse?.input).toEqual({
			input: '{"path":"src/app.ts","content":"export cons',
		})
		expect(result?.toolResult).toMatchObject({
			status: "error",
			content: [
				{ text: expect.stringMatching(/^Not run: the call was cut off at the maximum length/) as string },
			],
		})
	})

	it("ends the chain after three requests in a row, with the cause and without a fourth request", async () => {
		const { window } = await windowWithTool("cuts-tool-calls")
		await window.send("Write the file")
		expect(bodies()).toHaveLength(3)
		expect(window.lastAnswer()).toMatchObject({
			busy: false,
			message: {
				status: "failed",
				request: null,
				error: {
					code: "tool-calls-failed",
					details: [detail("chat.tool-calls-failed", { count: 3 }), detail("chat.tool-call-cut-off")],
				},
			},
			usage: { total: { requests: 3 }, failed: { refused: 0, unanswered: 0 } },
		})
		expectNoRepeatedRequest()
	})

	it("is continued by Retry with all results, so that no request is repeated", async () => {
		const { window } = await windowWithTool("cuts-tool-calls")
		await window.send("Write the file")
		test.emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "retry", tier: "default" })
		expect(blocks(bodies()[3]).filter(({ toolResult }) => toolResult)).toHaveLength(3)
		expect(window.lastAnswer().message.status).toBe("complete")
		expectNoRepeatedRequest()
	})
})

describe("A tool call with arguments that are no JSON object", () => {
	it("is not run, is reported to the model, and ends the chain after three requests in a row", async () => {
		const { window, inputs } = await windowWithTool("malformed-tool-input")
		await window.send("Read the file")
		expect(inputs).toEqual([])
		expect(blocks(bodies()[1]).at(-1)?.toolResult?.content[0]?.text).toMatch(
			/^Not run: the arguments are not a complete JSON object/,
		)
		expect(bodies()).toHaveLength(3)
		expect(window.lastAnswer().message.error).toMatchObject({
			code: "tool-calls-failed",
			details: [detail("chat.tool-calls-failed", { count: 3 })],
		})
		expectNoRepeatedRequest()
	})
})

describe("A tool that fails", () => {
	it("ends the chain after three failures in a row", async () => {
		const { window, inputs } = await windowWithTool("calls-first-tool", () => ({
			ok: false,
			text: "No such file.",
		}))
		await window.send("Read the file")
		expect(inputs).toHaveLength(3)
		expect(window.lastAnswer().message.error?.code).toBe("tool-calls-failed")
		expectNoRepeatedRequest()
	})

	it("does not end the chain when a call in between succeeds", async () => {
		const { window, inputs } = await windowWithTool("calls-first-tool", (count) =>
			count % 3 === 0 ? { ok: true, text: "content" } : { ok: false, text: "No such file." },
		)
		await window.send("Read the file")
		// 25 requests, of which the last offers no tools.
		expect(inputs).toHaveLength(24)
		expect(window.lastAnswer().message).toMatchObject({ status: "complete", error: null })
		expectNoRepeatedRequest()
	})
})

describe("An answer that ended early", () => {
	it.each(["guardrail-intervened", "content-filtered", "malformed-output", "malformed-tool-use"] as const)(
		"in the scenario %s runs no tools and is stored with its stop reason",
		async (scenario) => {
			const { window, inputs } = await windowWithTool(scenario)
			await window.send("Hello")
			expect(inputs).toEqual([])
			expect(bodies()).toHaveLength(1)
			const { message } = window.lastAnswer()
			expect(message.status).toBe("complete")
			expect(message.stopReason).toMatch(
				/^(guardrail_intervened|content_filtered|malformed_(model_output|tool_use))$/,
			)
		},
	)
})

describe("The quota of a day", () => {
	it("is not retried, and is named in the failure", async () => {
		const { window } = await windowWithTool("daily-quota")
		await window.send("Hello")
		expect(bodies()).toHaveLength(1)
		expect(window.lastAnswer().message.error).toMatchObject({
			code: "daily-quota",
			details: [
				detail("request.daily-quota", { model: "gpt-oss-120b" }),
				detail("request.aws-says", { message: "Too many tokens per day, please wait before trying again." }),
			],
		})
	})
})

describe("A prompt that Bedrock rejects as too long", () => {
	it("is sent once more after the earlier messages were summarized", async () => {
		const window = await test.ready()
		await window.send("First question")
		test.emulator.setScenario("prompt-too-long")
		await window.send("Second question")
		const [, rejected, summary, again] = bodies()
		expect(bodies()).toHaveLength(4)
		expect(summary).toContain("Sum up this conversation")
		expect(again).not.toBe(rejected)
		expect(again).toContain("Second question")
		expect(again).not.toContain("First question")
		expect(window.lastAnswer().message).toMatchObject({
			status: "complete",
			error: null,
			failedAttempts: [{ code: "prompt-too-long", outcome: "refused" }],
		})
		expect(window.state().chat.usage).toMatchObject({ failed: { refused: 1, unanswered: 0 } })
	})

	it("fails without a second request when nothing can be summarized", async () => {
		const window = await test.ready()
		test.emulator.setScenario("prompt-too-long")
		await window.send("Only question")
		expect(bodies()).toHaveLength(1)
		expect(window.lastAnswer().message.error).toMatchObject({
			code: "prompt-too-long",
			details: [
				detail("request.prompt-too-long-for-bedrock", { model: "gpt-oss-120b" }),
				{ code: "request.aws-says" },
			],
		})
	})
})
