/**
 * Names of models in AWS's price list by id of the catalog. The names are the slugs of older usage types, the
 * ids of the bedrock-mantle endpoint where they differ, the display names (attribute `model`), and the service names of
 * the offer AmazonBedrockFoundationModels without " (Amazon Bedrock Edition)". A name that is not in this table is
 * reported; similar names are never guessed.
 * Source: usage types and attributes of the price list as quoted by its public readers, 2026-07 to 2026-10.
 */
const NAMES_BY_MODEL: Readonly<Record<string, readonly string[]>> = {
	// Amazon
	"amazon.nova-micro-v1:0": ["NovaMicro", "Nova Micro"],
	"amazon.nova-lite-v1:0": ["NovaLite", "Nova Lite"],
	"amazon.nova-pro-v1:0": ["NovaPro", "Nova Pro"],
	"amazon.nova-premier-v1:0": ["NovaPremier", "Nova Premier"],
	"amazon.nova-2-lite-v1:0": ["Nova2.0Lite", "Nova 2.0 Lite"],
	"amazon.nova-2-pro-preview-20251202-v1:0": ["Nova2.0Pro", "Nova 2.0 Pro"],
	"amazon.nova-2-lite-omni-v1": ["Nova2.0Omni", "Nova 2.0 Omni"],

	// Anthropic
	"anthropic.claude-fable-5": ["Claude Fable 5"],
	"anthropic.claude-fable-5-1": ["Claude Fable 5.1"],
	"anthropic.claude-haiku-4-5-20251001-v1:0": ["Claude Haiku 4.5"],
	"anthropic.claude-haiku-5-5": ["Claude Haiku 5.5"],
	"anthropic.claude-opus-4-5-20251101-v1:0": ["Claude Opus 4.5"],
	"anthropic.claude-opus-4-6-v1": ["Claude Opus 4.6"],
	"anthropic.claude-opus-4-7": ["Claude Opus 4.7"],
	"anthropic.claude-opus-4-8": ["Claude Opus 4.8"],
	"anthropic.claude-opus-5": ["Claude Opus 5"],
	"anthropic.claude-opus-5-5": ["Claude Opus 5.5"],
	"anthropic.claude-sonnet-4-5-20250929-v1:0": ["Claude Sonnet 4.5"],
	"anthropic.claude-sonnet-4-6": ["Claude Sonnet 4.6"],
	"anthropic.claude-sonnet-5": ["Claude Sonnet 5"],
	"anthropic.claude-sonnet-5-5": ["Claude Sonnet 5.5"],

	// DeepSeek
	"deepseek.v3-v1:0": ["DeepSeekV3-1", "deepseek.v3.1", "DeepSeek V3.1"],
	"deepseek.v3.2": ["DeepSeek v3.2", "DeepSeek V3.2"],
	"deepseek.r1-v1:0": ["DeepSeek-R1", "R1"],

	// Google
	"google.gemma-3-4b-it": ["Gemma-3-4B-IT", "Gemma 3 4B"],
	"google.gemma-3-12b-it": ["Gemma-3-12B-IT", "Gemma 3 12B"],
	"google.gemma-3-27b-it": ["Gemma-3-27B-IT", "Gemma 3 27B"],

	// MiniMax
	"minimax.minimax-m2": ["Minimax M2"],
	"minimax.minimax-m2.1": ["Minimax M2.1"],
	"minimax.minimax-m2.5": ["MiniMax M2.5"],

	// Mistral AI
	"mistral.devstral-2-123b": ["Devstral"],
	"mistral.magistral-small-2509": ["Magistral-Small-2509", "Magistral Small 1.2"],
	"mistral.ministral-3-3b-instruct": ["Ministral-3-3b-Instruct", "Ministral 3B 3.0"],
	"mistral.ministral-3-8b-instruct": ["Ministral-3-8b-Instruct", "Ministral 8B 3.0"],
	"mistral.ministral-3-14b-instruct": ["Ministral-3-14b-Instruct", "Ministral 14B 3.0"],
	"mistral.mistral-large-3-675b-instruct": ["Mistral-Large-3-675b-Instruct", "Mistral Large 3"],
	"mistral.pixtral-large-2502-v1:0": ["PixtralLarge2502", "Pixtral Large 25.02"],
	"mistral.voxtral-mini-3b-2507": ["Voxtral-Mini-3B-2507", "Voxtral Mini 1.0"],
	"mistral.voxtral-small-24b-2507": ["Voxtral Small 1.0"],

	// Moonshot AI
	"moonshot.kimi-k2-thinking": ["moonshotai.kimi-k2-thinking", "Kimi K2 Thinking"],
	"moonshotai.kimi-k2.5": ["Kimi K2.5"],
	"moonshotai.kimi-k3": ["Kimi K3"],

	// NVIDIA
	"nvidia.nemotron-nano-9b-v2": ["Nemotron-Nano-9B-V2", "NVIDIA Nemotron Nano 2"],
	"nvidia.nemotron-nano-12b-v2": ["Nemotron-Nano-12B-V2-VL-BF16", "NVIDIA Nemotron Nano 2 VL"],
	"nvidia.nemotron-nano-3-30b": ["Nemotron-Nano-3-30B", "Nemotron Nano 3 30B"],
	"nvidia.nemotron-super-3-120b": ["NVIDIA Nemotron 3 Super 120B A12B"],

	// OpenAI
	"openai.gpt-oss-20b-1:0": ["gpt-oss-20b", "openai.gpt-oss-20b"],
	"openai.gpt-oss-120b-1:0": ["gpt-oss-120b", "openai.gpt-oss-120b"],
	"openai.gpt-oss-safeguard-20b": ["GPT-OSS-Safeguard-20B", "GPT OSS Safeguard 20B"],
	"openai.gpt-oss-safeguard-120b": ["GPT-OSS-Safeguard-120B", "GPT OSS Safeguard 120B"],
	"openai.gpt-6-astra": ["OpenAI GPT-6 Astra"],

	// Qwen
	"qwen.qwen3-32b-v1:0": ["Qwen3-32B", "qwen.qwen3-32b", "Qwen3 32B"],
	"qwen.qwen3-235b-a22b-2507-v1:0": ["qwen.qwen3-235b-a22b-2507", "Qwen3 235B A22B 2507"],
	"qwen.qwen3-coder-30b-a3b-v1:0": ["Qwen3Coder-30B-A3B", "qwen.qwen3-coder-30b-a3b-instruct", "Qwen3 Coder 30B A3B"],
	"qwen.qwen3-coder-480b-a35b-v1:0": ["qwen.qwen3-coder-480b-a35b-instruct", "Qwen3 Coder 480B A35B"],
	"qwen.qwen3-next-80b-a3b": ["Qwen3Next-80B-A3B", "qwen.qwen3-next-80b-a3b-instruct", "Qwen3 Next 80B A3B"],
	"qwen.qwen3-vl-235b-a22b": ["qwen.qwen3-vl-235b-a22b-instruct", "Qwen3 VL 235B A22B"],
	"qwen.qwen3-coder-next": ["Qwen3 Coder Next"],

	// Writer
	"writer.palmyra-x4-v1:0": ["Palmyra X4"],
	"writer.palmyra-x5-v1:0": ["Palmyra X5"],

	// xAI
	"xai.grok-4.7": ["Grok 4.7"],

	// Z.AI
	"zai.glm-4.7": ["GLM 4.7"],
	"zai.glm-4.7-flash": ["GLM 4.7 Flash"],
	"zai.glm-5": ["zai.glm5", "GLM 5"],
}

/** Ids of the catalog by name. */
export const MODEL_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries(NAMES_BY_MODEL).flatMap(([modelId, names]) => names.map((name) => [name, modelId])),
)

type NamedModel = { readonly modelId: string } | { readonly modelId: null; readonly reason: "unknown" | "two-names" }

/**
 * Finds the catalog's id for the model of a product. A name can also be an id of the catalog.
 * @param names the names of one product, starting with the one in the usage type
 * @param isModel whether the catalog has a model of this id
 */
export function findModelIdByName(names: readonly (string | null)[], isModel: (id: string) => boolean): NamedModel {
	const ids = new Set<string>()
	for (const name of names) {
		if (name === null) continue
		if (Object.hasOwn(MODEL_NAMES, name)) ids.add(MODEL_NAMES[name] ?? name)
		else if (isModel(name)) ids.add(name)
	}
	const [modelId] = ids
	if (modelId === undefined) return { modelId: null, reason: "unknown" }
	return ids.size === 1 ? { modelId } : { modelId: null, reason: "two-names" }
}
