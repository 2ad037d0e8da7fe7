import { allModels, findModel } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { MODEL_NAMES, modelNamed } from "./model-names"

const isModel = (id: string) => findModel(id) !== undefined

describe("The names in the price list", () => {
	it("lead to models of the catalog, every one of them", () => {
		expect(Object.entries(MODEL_NAMES).filter(([, id]) => !isModel(id))).toEqual([])
	})

	it("every model of the catalog has a name in the list, or its id is one", () => {
		const named = new Set(Object.values(MODEL_NAMES))
		for (const { id } of allModels()) expect(named.has(id) || modelNamed([id], isModel).modelId === id).toBe(true)
	})
})

describe("A product's model", () => {
	it.each([
		["a slug", ["Qwen3-32B", null], "qwen.qwen3-32b-v1:0"],
		["an id of the bedrock-mantle endpoint", ["deepseek.v3.1", null], "deepseek.v3-v1:0"],
		["an id of the catalog", ["moonshotai.kimi-k3", "Kimi K3"], "moonshotai.kimi-k3"],
		["a display name beside a slug that is not known", ["KimiK3", "Kimi K3"], "moonshotai.kimi-k3"],
	] as const)("%s", (_, names, modelId) => {
		expect(modelNamed(names, isModel)).toEqual({ modelId })
	})

	it("is not guessed by likeness", () => {
		for (const name of ["Qwen3-32b", "qwen3-32b", "Qwen3-32B-v2", "constructor", ""])
			expect(modelNamed([name, null], isModel)).toEqual({ modelId: null, reason: "unknown" })
	})

	it("is none where two names contradict each other", () => {
		expect(modelNamed(["NovaPro", "Nova Lite"], isModel)).toEqual({ modelId: null, reason: "two-names" })
	})
})
