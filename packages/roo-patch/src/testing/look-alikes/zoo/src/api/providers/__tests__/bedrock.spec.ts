const mockSend = vi.fn().mockResolvedValue({ stream: [] })

vi.mock("@aws-sdk/client-bedrock-runtime", () => {
	const mockConverseStreamCommand = vi.fn()

	return {
		BedrockRuntimeClient: vi.fn(function () {
			return { send: mockSend }
		}),
		ConverseStreamCommand: mockConverseStreamCommand,
		ConverseCommand: vi.fn(),
	}
})

import { ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime"

import {
	BEDROCK_SERVICE_TIER_MODEL_IDS,
	SERVICE_TIER_KEY,
	bedrockModels,
	type BedrockServiceTier,
} from "@roo-code/types"

import { AwsBedrockHandler } from "../bedrock"

const LISTED = BEDROCK_SERVICE_TIER_MODEL_IDS[0]
const OTHER = "anthropic.claude-3-5-sonnet-20241022-v2:0"

function handlerOf(apiModelId: string, awsBedrockServiceTier?: BedrockServiceTier) {
	return new AwsBedrockHandler({ apiModelId, awsRegion: "us-east-1", awsBedrockServiceTier })
}

async function commandOf(handler: AwsBedrockHandler) {
	vi.mocked(ConverseStreamCommand).mockClear()
	await handler.createMessage("", [{ role: "user", content: "Hi" }]).next()
	return vi.mocked(ConverseStreamCommand).mock.calls[0][0] as unknown as Record<string, unknown>
}

describe("AwsBedrockHandler", () => {
	it("leaves what it does not know undefined", async () => {
		const commandArg = await commandOf(handlerOf(OTHER))
		expect(commandArg.toolConfig).toBeUndefined()
	})

	describe("service tier feature", () => {
		it("multiplies the prices", () => {
			const { inputPrice, outputPrice } = bedrockModels[LISTED]
			const flex = handlerOf(LISTED, "FLEX").getModel().info
			expect(flex.inputPrice).toBe(inputPrice * 0.5)
			const priority = handlerOf(LISTED, "PRIORITY").getModel().info
			expect(priority.inputPrice).toBe(inputPrice * 1.75)
			expect(priority.outputPrice).toBe(outputPrice * 1.75)
		})

		it("puts PRIORITY beside the rest", async () => {
			const commandArg = await commandOf(handlerOf(LISTED, "PRIORITY"))
			expect(commandArg[SERVICE_TIER_KEY]).toBe("PRIORITY")
			expect(commandArg).not.toHaveProperty(["additionalModelRequestFields", SERVICE_TIER_KEY])
		})

		it("puts FLEX beside the rest", async () => {
			const commandArg = await commandOf(handlerOf(LISTED, "FLEX"))
			expect(commandArg[SERVICE_TIER_KEY]).toBe("FLEX")
		})

		it("puts nothing there for other models", async () => {
			const commandArg = await commandOf(handlerOf(OTHER, "FLEX"))
			expect(commandArg[SERVICE_TIER_KEY]).toBeUndefined()
		})

		it("puts nothing there when no tier is chosen", async () => {
			const commandArg = await commandOf(handlerOf(LISTED))
			expect(commandArg[SERVICE_TIER_KEY]).toBeUndefined()
		})
	})
})
