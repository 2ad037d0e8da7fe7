import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime"
import { findModel, type PromptCaching } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { withCachePoints } from "./prompt-caching"

const limitsOf = (modelId: string): PromptCaching => {
	const limits = findModel(modelId)?.promptCaching
	if (!limits) throw new Error(`${modelId} caches nothing`)
	return limits
}
/** 1,024 tokens before a point, four points, in tools, system and messages, for 5 minutes or an hour. */
const SONNET = limitsOf("anthropic.claude-sonnet-4-6")
/** 1,000 tokens, four points, in system and messages, for 5 minutes. */
const NOVA = limitsOf("amazon.nova-pro-v1:0")

const LONG = "word ".repeat(2_000)
const tools = [{ toolSpec: { name: "read_file", description: LONG, inputSchema: { json: {} } } }]
const user = (text: string) => ({ role: "user" as const, content: [{ text }] })
const assistant = (text: string) => ({ role: "assistant" as const, content: [{ text }] })

function input(parts: Partial<ConverseStreamCommandInput>): ConverseStreamCommandInput {
	return { modelId: "m", messages: [user("Hi")], ...parts }
}

/** Where the points stand: "tools", "system", or the index of a message. */
function places({ toolConfig, system, messages = [] }: ConverseStreamCommandInput): (string | number)[] {
	const has = (blocks: readonly object[] | undefined) => (blocks ?? []).some((block) => "cachePoint" in block)
	return [
		...(has(toolConfig?.tools) ? ["tools"] : []),
		...(has(system) ? ["system"] : []),
		...messages.flatMap(({ content }, index) => (has(content) ? [index] : [])),
	]
}

describe("cache points", () => {
	const conversation = [user(LONG), assistant("A"), user("B"), assistant("C"), user("D")]

	it("stand after the tools, the system prompt and the last two user turns", () => {
		const marked = withCachePoints(
			input({ toolConfig: { tools }, system: [{ text: LONG }], messages: conversation }),
			SONNET,
			"5m",
		)
		expect(places(marked)).toEqual(["tools", "system", 2, 4])
		expect(marked.system?.at(-1)).toEqual({ cachePoint: { type: "default" } })
	})

	it("stay where the last request wrote, so that the next one is served from there", () => {
		const before = withCachePoints(input({ messages: conversation.slice(0, 3) }), SONNET, "5m")
		const after = withCachePoints(input({ messages: conversation }), SONNET, "5m")
		expect(places(before)).toEqual([0, 2])
		expect(places(after)).toEqual([2, 4])
		expect(after.messages?.[2]).toEqual(before.messages?.[2])
	})

	it("stand only where the model caches", () => {
		const marked = withCachePoints(input({ toolConfig: { tools }, system: [{ text: LONG }] }), NOVA, "5m")
		expect(places(marked)).toEqual(["system", 0])
	})

	it("are no more than the model takes", () => {
		const whole = input({ toolConfig: { tools }, system: [{ text: LONG }], messages: conversation })
		expect(places(withCachePoints(whole, { ...SONNET, maxPoints: 3 }, "5m"))).toEqual(["tools", "system", 4])
		expect(places(withCachePoints(whole, { ...SONNET, maxPoints: 1 }, "5m"))).toEqual(["tools"])
	})

	it("wait until there is enough before them to be cached, counted from the prompt's beginning", () => {
		const short = input({ system: [{ text: "Be brief." }], messages: [user("Hi"), assistant(LONG), user("Go on")] })
		expect(places(withCachePoints(short, SONNET, "5m"))).toEqual([2])
		expect(places(withCachePoints(input({}), SONNET, "5m"))).toEqual([])
	})

	it("hold for an hour where that is asked for and the model can, else for five minutes", () => {
		const point = (limits: PromptCaching) =>
			withCachePoints(input({ system: [{ text: LONG }] }), limits, "1h").system?.at(-1)
		expect(point(SONNET)).toEqual({ cachePoint: { type: "default", ttl: "1h" } })
		expect(point(NOVA)).toEqual({ cachePoint: { type: "default" } })
	})

	it("are none when caching is off or the model has none", () => {
		const whole = input({ system: [{ text: LONG }] })
		expect(withCachePoints(whole, SONNET, "off")).toBe(whole)
		expect(withCachePoints(whole, null, "5m")).toBe(whole)
	})
})
