import { allModels } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import type { RequestPlan } from "../request-plan"
import { modelFamily } from "./families"

const HELLO = { messages: [{ role: "user" as const, content: [{ text: "Hi" }] }] }
const plan = (bedrockModelId: string, model?: RequestPlan["model"]) => ({ bedrockModelId, model }) as RequestPlan

describe("modelFamily", () => {
	it("chooses the format by provider for all catalog models that InvokeModel reaches, or rejects the model", () => {
		const providersByFormat: Record<string, string[]> = {}
		for (const model of allModels().filter(({ apis }) => apis.includes("invoke-model"))) {
			let format: string
			try {
				const body = modelFamily(plan(model.id, model)).body(HELLO, plan(model.id, model))
				format =
					"anthropic_version" in body
						? "anthropic"
						: JSON.stringify(body).includes('"text"')
							? "nova"
							: "chat"
			} catch {
				format = "refused"
			}
			const provider = model.id.split(".")[0] ?? ""
			if (!providersByFormat[format]?.includes(provider)) (providersByFormat[format] ??= []).push(provider)
		}
		expect(providersByFormat).toEqual({
			nova: ["amazon"],
			anthropic: ["anthropic"],
			refused: ["deepseek", "writer", "xai"],
			chat: [
				"deepseek",
				"google",
				"minimax",
				"mistral",
				"moonshot",
				"moonshotai",
				"nvidia",
				"openai",
				"qwen",
				"zai",
			],
		})
	})

	it("chooses chat completions for an imported model, and rejects an id that only looks familiar", () => {
		const imported = plan("arn:aws:bedrock:us-east-1:123456789012:imported-model/abc123")
		expect(modelFamily(imported).body(HELLO, imported)).toEqual({ messages: [{ role: "user", content: "Hi" }] })
		expect(() => modelFamily(plan("anthropic.claude-next"))).toThrow(
			"How anthropic.claude-next is asked through InvokeModel is not known here. Choose the API Converse.",
		)
		const provisioned = plan("arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc123")
		expect(() => modelFamily(provisioned)).toThrow("is not known here")
	})
})
