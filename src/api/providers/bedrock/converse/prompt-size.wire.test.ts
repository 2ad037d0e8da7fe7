import { REQUEST_APIS } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import type { ChatTurn } from "../../../provider-contract"
import { emulatedBedrock, GPT_OSS, HAIKU, NOVA_2, play } from "../invoke-model/testing/emulated-bedrock"
import type { BedrockHandlerOptions } from "../handler-options"

/**
 * A prompt that cannot fit is rejected before anything is sent, by lengths alone. A prompt that may fit is sent,
 * because the model counts exactly.
 */
const bedrock = emulatedBedrock()

const PNG = "89504e470d0a1a0a"
/** A PNG header padded with zeros to `size` bytes, which is enough for the checks. */
const image = (size: number) => ({
	type: "image",
	source: {
		type: "base64",
		media_type: "image/png",
		data: Buffer.concat([Buffer.from(PNG, "hex")], size).toString("base64"),
	},
})
const user = (content: ChatTurn["content"]): ChatTurn[] => [{ role: "user", content }]

async function outcome(turns: ChatTurn[], options: Partial<BedrockHandlerOptions> = {}) {
	const { failure } = await play(bedrock.handler("default", { modelId: GPT_OSS, ...options }), turns)
	const { code, message } = (failure ?? {}) as { code?: string; message?: string }
	return { code, message, sent: bedrock.emulator().requests.length }
}

describe.each(REQUEST_APIS)("A prompt sent through %s", (api) => {
	it("is rejected when its text cannot fit into the context window, with both sizes in the message", async () => {
		// 128,000 tokens at 16 characters each are 2,048,000 characters; the system prompt has 9.
		expect(await outcome(user("a".repeat(2_048_000)), { api })).toEqual({
			code: "prompt-too-long",
			message:
				"The prompt is too long for gpt-oss-120b: 2,048,009 characters are at least 128,001 tokens, and it reads 128,000 at most.",
			sent: 0,
		})
	})

	it("is sent when its text may just fit, and its blocks are counted together", async () => {
		expect(await outcome(user("a".repeat(2_047_991)), { api })).toMatchObject({ code: undefined, sent: 1 })
		const half = { type: "text", text: "a".repeat(1_024_000) }
		expect((await outcome(user([half, half]), { api })).code).toBe("prompt-too-long")
	})

	it.each([GPT_OSS, NOVA_2, HAIKU])(
		"is rejected before anything is sent when it has 20 MB of text for %s",
		async (modelId) => {
			const paste = user("line of a log\n".repeat(1_500_000))
			const result = await outcome(paste, { api, modelId })
			expect(result).toMatchObject({ code: "prompt-too-long", sent: 0 })
		},
	)

	it("is rejected beyond the maximum request size with its images if the context window is unknown", async () => {
		const modelId = "arn:aws:bedrock:us-east-1:123456789012:imported-model/a1b2c3d4e5f6"
		const turns = user([{ type: "text", text: "a".repeat(21_000_000) }, image(3_000_000)])
		expect(await outcome(turns, { api, modelId })).toEqual({
			code: "prompt-too-long",
			message:
				"The prompt is too large: at least 25,000,009 bytes with its images, and a request takes 25,000,000 at most.",
			sent: 0,
		})
	})

	it("is rejected when a tool result is too long", async () => {
		const content = "a".repeat(2_048_000)
		const turns: ChatTurn[] = [
			...user("Read it."),
			{ role: "assistant", content: [{ type: "tool_use", id: "t1", name: "read_file", input: {} }] },
			...user([{ type: "tool_result", tool_use_id: "t1", content }]),
		]
		expect(await outcome(turns, { api })).toMatchObject({ code: "prompt-too-long", sent: 0 })
	})
})

describe("Images through Converse", () => {
	const options = { api: "converse", modelId: HAIKU } as const

	it("are limited to 3.75 MB each", async () => {
		expect(await outcome(user([image(3_932_161)]), options)).toEqual({
			code: "bad-input",
			message: "An image has 3,932,161 bytes; Converse takes 3,932,160 (3.75 MB) at most. Make it smaller.",
			sent: 0,
		})
		expect(await outcome(user([image(3_932_160)]), options)).toMatchObject({ code: undefined, sent: 1 })
	})

	it("are limited to 20 per message, counted over turns that are joined", async () => {
		const ten = Array.from({ length: 10 }, () => image(100))
		const question = { type: "text", text: "What is it?" }
		expect(await outcome([...user(ten), ...user([...ten, image(100), question])], options)).toEqual({
			code: "bad-input",
			message: "A message holds 21 images; Converse takes 20 at most. Leave some out.",
			sent: 0,
		})
		expect(await outcome(user([...ten, ...ten, question]), options)).toMatchObject({ sent: 1 })
	})

	it("are not limited through InvokeModel, for which AWS documents no such limit", async () => {
		const large = user([image(3_932_161), { type: "text", text: "What is it?" }])
		expect(await outcome(large, { ...options, api: "invoke-model" })).toMatchObject({ code: undefined, sent: 1 })
	})
})
