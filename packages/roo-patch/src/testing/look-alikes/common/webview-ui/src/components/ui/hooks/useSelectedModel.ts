import {
	type ModelInfo,
	type ProviderSettings,
	BEDROCK_1M_CONTEXT_MODEL_IDS,
	bedrockDefaultModelId,
	bedrockModels,
} from "@roo-code/types"

export const useSelectedModel = (apiConfiguration: ProviderSettings) => getSelectedModel(apiConfiguration)

function getSelectedModel(apiConfiguration: ProviderSettings): { id: string; info: ModelInfo | undefined } {
	switch (apiConfiguration.apiProvider) {
		case "bedrock": {
			const id = apiConfiguration.apiModelId ?? bedrockDefaultModelId
			const baseInfo: ModelInfo | undefined = bedrockModels[id as keyof typeof bedrockModels]
			if (id === "custom-arn") {
				return {
					id,
					info: { maxTokens: 4_000, contextWindow: 100_000, supportsPromptCache: true },
				}
			}
			if (BEDROCK_1M_CONTEXT_MODEL_IDS.some((each) => each === id) && baseInfo) {
				const info: ModelInfo = { ...baseInfo, contextWindow: 1_000_000 }
				return { id, info }
			}
			return { id, info: baseInfo }
		}
		default:
			return { id: apiConfiguration.apiModelId ?? "", info: undefined }
	}
}
