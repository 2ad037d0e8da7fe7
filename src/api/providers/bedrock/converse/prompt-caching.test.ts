import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime"
import { findModel, type PromptCaching } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { withCachePoints } from "./prompt-caching"

const limitsOf = (modelId: string): PromptCaching => {
	const limits = findModel(modelId)?.promptCaching
	if (!limits) throw new Error(`${modelId} caches nothing`)
	return limits
}
/** At least 1,024 tokens before a cache point, four points, in tools, system and messages, for 5 minutes or an hour. */
const SONNET = limitsOf("anthropic.claude-sonnet-4-6")
/** At least 1,000 tokens before a cache point, four points, in system and messages, for 5 minutes. */
const NOVA = limitsOf("amazon.nova-pro-v1:0")

const LONG = "word ".repeat(2_000)
const tools = [{ toolSpec: { name: "read_file", description: LONG, inputSchema: { json: {} } } }]
const user = (text: string) => ({ role: "user" as const, content: [{ text }] })
const assistant = (text: string) => ({ role: "assistant" as const, content: [{ text }] })

function input(parts: Partial<ConverseStreamCommandInput>): ConverseStreamCommandInput {
	return { modelId: "m", messages: [user("Hi")], ...parts }
}

/** Positions of the cache points: "tools", "system", or the index of a message. */
function positions({ toolConfig, system, messages = [] }: ConverseStreamCommandInput): (string | number)[] {
	const has = (blocks: readonly object[] | undefined) => (blocks ?? []).some((block) => "cachePoint" in block)
	return [
		...(has(toolConfig?.tools) ? ["tools"] : []),
		...(has(system) ? ["system"] : []),
		...messages.flatMap(({ content }, index) => (has(content) ? [index] : [])),
	]
}

describe("withCachePoints", () => {
	const conversation = [user(LONG), assistant("A"), user("B"), assistant("C"), user("D")]

	it("adds cache points after the tools, the system prompt and the last two user turns", () => {
		const marked = withCachePoints(
			input({ toolConfig: { tools }, system: [{ text: LONG }], messages: conversation }),
			SONNET,
			"5m",
		)
		expect(positions(marked)).toEqual(["tools", "system", 2, 4])
		expect(marked.system?.at(-1)).toEqual({ cachePoint: { type: "default" } })
	})

	it("keeps the last cache point of the previous request, so that the next request is served from it", () => {
		const before = withCachePoints(input({ messages: conversation.slice(0, 3) }), SONNET, "5m")
		const after = withCachePoints(input({ messages: conversation }), SONNET, "5m")
		expect(positions(before)).toEqual([0, 2])
		expect(positions(after)).toEqual([2, 4])
		expect(after.messages?.[2]).toEqual(before.messages?.[2])
	})

	it("adds cache points only where the model supports caching", () => {
		const marked = withCachePoints(input({ toolConfig: { tools }, system: [{ text: LONG }] }), NOVA, "5m")
		expect(positions(marked)).toEqual(["system", 0])
	})

	it("adds no more cache points than the model supports", () => {
		const whole = input({ toolConfig: { tools }, system: [{ text: LONG }], messages: conversation })
		expect(positions(withCachePoints(whole, { ...SONNET, maxPoints: 3 }, "5m"))).toEqual(["tools", "system", 4])
		expect(positions(withCachePoints(whole, { ...SONNET, maxPoints: 1 }, "5m"))).toEqual(["tools"])
	})

	it("adds a cache point only after the model's minimum of tokens, counted from the beginning of the prompt", () => {
		const short = input({ system: [{ text: "Be brief." }], messages: [user("Hi"), assistant(LONG), user("Go on")] })
		expect(positions(withCachePoints(short, SONNET, "5m"))).toEqual([2])
		expect(positions(withCachePoints(input({}), SONNET, "5m"))).toEqual([])
	})

	it("sets a TTL of one hour if it is requested and supported, and of five minutes otherwise", () => {
		const point = (limits: PromptCaching) =>
			withCachePoints(input({ system: [{ text: LONG }] }), limits, "1h").system?.at(-1)
		expect(point(SONNET)).toEqual({ cachePoint: { type: "default", ttl: "1h" } })
		expect(point(NOVA)).toEqual({ cachePoint: { type: "default" } })
	})

	it("returns the input unchanged when caching is off or not supported by the model", () => {
		const whole = input({ system: [{ text: LONG }] })
		expect(withCachePoints(whole, SONNET, "off")).toBe(whole)
		expect(withCachePoints(whole, null, "5m")).toBe(whole)
	})
})
