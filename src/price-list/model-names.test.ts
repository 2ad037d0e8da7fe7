import { allModels, findModel } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { findModelIdByName, MODEL_NAMES } from "./model-names"

const isModel = (id: string) => findModel(id) !== undefined

describe("MODEL_NAMES", () => {
	it("maps every name to a model of the catalog", () => {
		expect(Object.entries(MODEL_NAMES).filter(([, id]) => !isModel(id))).toEqual([])
	})

	it("has a name for every model of the catalog whose id is not itself a name", () => {
		const named = new Set(Object.values(MODEL_NAMES))
		for (const { id } of allModels())
			expect(named.has(id) || findModelIdByName([id], isModel).modelId === id).toBe(true)
	})
})

describe("findModelIdByName", () => {
	it.each([
		["a slug", ["Qwen3-32B", null], "qwen.qwen3-32b-v1:0"],
		["an id of the bedrock-mantle endpoint", ["deepseek.v3.1", null], "deepseek.v3-v1:0"],
		["an id of the catalog", ["moonshotai.kimi-k3", "Kimi K3"], "moonshotai.kimi-k3"],
		["a display name after an unknown slug", ["KimiK3", "Kimi K3"], "moonshotai.kimi-k3"],
	] as const)("finds the model id for %s", (_, names, modelId) => {
		expect(findModelIdByName(names, isModel)).toEqual({ modelId })
	})

	it("does not guess a model from a similar name", () => {
		for (const name of ["Qwen3-32b", "qwen3-32b", "Qwen3-32B-v2", "constructor", ""])
			expect(findModelIdByName([name, null], isModel)).toEqual({ modelId: null, reason: "unknown" })
	})

	it("returns no model when two names contradict each other", () => {
		expect(findModelIdByName(["NovaPro", "Nova Lite"], isModel)).toEqual({ modelId: null, reason: "two-names" })
	})
})
