import { allModels } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import type { RequestPlan } from "../request-plan"
import { modelFamily } from "./families"

const HELLO = { messages: [{ role: "user" as const, content: [{ text: "Hi" }] }] }
const plan = (bedrockModelId: string, model?: RequestPlan["model"]) => ({ bedrockModelId, model }) as RequestPlan

describe("What a model is asked in", () => {
	it("goes by its provider, for all of the catalog that InvokeModel reaches; the others are refused", () => {
		const asked: Record<string, string[]> = {}
		for (const model of allModels().filter(({ apis }) => apis.includes("invoke-model"))) {
			let words: string
			try {
				const body = modelFamily(plan(model.id, model)).body(HELLO, plan(model.id, model))
				words =
					"anthropic_version" in body
						? "anthropic"
						: JSON.stringify(body).includes('"text"')
							? "nova"
							: "chat"
			} catch {
				words = "refused"
			}
			const provider = model.id.split(".")[0] ?? ""
			if (!asked[words]?.includes(provider)) (asked[words] ??= []).push(provider)
		}
		expect(asked).toEqual({
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

	it("is chat completions for a model that was imported, and unknown for a name that only looks familiar", () => {
		const imported = plan("arn:aws:bedrock:us-east-1:123456789012:imported-model/abc123")
		expect(modelFamily(imported).body(HELLO, imported)).toEqual({ messages: [{ role: "user", content: "Hi" }] })
		expect(() => modelFamily(plan("anthropic.claude-next"))).toThrow(
			"How anthropic.claude-next is asked through InvokeModel is not known here. Choose the API Converse.",
		)
		const provisioned = plan("arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc123")
		expect(() => modelFamily(provisioned)).toThrow("is not known here")
	})
})
