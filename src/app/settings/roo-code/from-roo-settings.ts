import {
	isRegionCode,
	MIN_THINKING_BUDGET,
	parseModelRef,
	SELECTABLE_TIERS,
	type SelectableTier,
	acceptedParameters,
	findModel,
} from "@bedrock-tiers/core"
import { detail } from "@bedrock-tiers/error-details"
import { DEFAULT_PROFILE_SETTINGS, isAllowedEndpoint, type ProfileSettings } from "@bedrock-tiers/protocol"
import { ROO_GLOBAL_MODEL_IDS, ROO_TEMPERATURE, ROO_TIERS } from "./roo-code-facts"
import { readCredentials } from "./read-credentials"
import { RooFields } from "./roo-fields"

/**
 * Converts Roo Code's settings of one Bedrock profile to our settings. Missing fields get their defaults. Invalid fields
 * are skipped and listed in `skipped`. Never throws.
 * @returns `secrets` of the credential method in use, if they are in the settings
 */
export function fromRooSettings(values: object) {
	const fields = new RooFields(values)
	const { credentials, secrets } = readCredentials(fields)
	const settings: ProfileSettings = {
		...DEFAULT_PROFILE_SETTINGS,
		...readModel(fields),
		region: readRegion(fields),
		serviceTier: readTier(fields),
		credentials,
		endpoint: readEndpoint(fields),
		promptCaching: fields.flag("awsUsePromptCache") === false ? "off" : "5m",
		reasoning: readReasoning(fields),
		thinkingBudgetTokens: readBudget(fields),
		maxTokens: readMaxTokens(fields),
		temperature: readTemperature(fields),
	}
	noteAdjustments(fields, settings)
	fields.noteUnreadFields()
	return { settings, secrets, skipped: fields.skipped }
}

/** Notes the values that requests to the model will not contain as they are. The settings keep them for other models. */
function noteAdjustments(fields: RooFields, settings: ProfileSettings): void {
	const { modelId, api, temperature, maxTokens, reasoning } = settings
	const baseModelId = parseModelRef(modelId)?.baseModelId
	const model = baseModelId ? findModel(baseModelId) : undefined
	if (!model) return
	const accepted = acceptedParameters(model, api)
	if (temperature !== null && accepted.temperature.support === "no")
		fields.note("differs", "modelTemperature", detail("roo.parameter-not-sent", { model: model.name }))
	if (reasoning !== "off" && accepted.thinking.support === "no")
		fields.note("differs", "reasoningEffort", detail("roo.parameter-not-sent", { model: model.name }))
	const { min, max } = accepted.outputTokens
	if (maxTokens !== null && max !== null && maxTokens > max)
		fields.note(
			"differs",
			"modelMaxTokens",
			detail("roo.max-tokens-reduced", { model: model.name, maxTokens: max }),
		)
	if (maxTokens !== null && maxTokens < min)
		fields.note("differs", "modelMaxTokens", detail("roo.max-tokens-raised", { model: model.name, maxTokens: min }))
}

function readRegion(fields: RooFields): string {
	const region = fields.text("awsRegion")
	if (region !== undefined && isRegionCode(region)) return region
	const defaultRegion = DEFAULT_PROFILE_SETTINGS.region
	fields.note(
		"not-valid",
		"awsRegion",
		region === undefined
			? detail("roo.region-missing", { region: defaultRegion })
			: detail("roo.region-invalid", { region: defaultRegion }),
	)
	return defaultRegion
}

/** An ARN takes precedence over a model id, as in Roo Code. */
function readModel(fields: RooFields): Pick<ProfileSettings, "modelId" | "route"> {
	const arn = fields.text("awsCustomArn")
	const apiModelId = fields.text("apiModelId")
	const useGeo = fields.flag("awsUseCrossRegionInference") === true
	const useGlobal = fields.flag("awsUseGlobalInference") === true
	if (arn !== undefined) {
		if (parseModelRef(arn)?.kind === "arn") return { modelId: arn, route: "auto" }
		fields.note("not-valid", "awsCustomArn", detail("roo.arn-invalid"))
	}
	const ref = apiModelId === undefined ? null : parseModelRef(apiModelId)
	if (!ref || ref.baseModelId === null) {
		const { modelId } = DEFAULT_PROFILE_SETTINGS
		fields.note("not-valid", "apiModelId", detail("roo.model-missing", { modelId }))
		return { modelId, route: "auto" }
	}
	const { baseModelId } = ref
	if (ref.kind === "profile")
		fields.note("differs", "apiModelId", detail("roo.model-read-as", { modelId: ref.modelId, baseModelId }))
	if (useGlobal && ROO_GLOBAL_MODEL_IDS.includes(baseModelId)) return { modelId: baseModelId, route: "global" }
	if (useGlobal) fields.note("not-in-use", "awsUseGlobalInference", detail("roo.not-global", { baseModelId }))
	return { modelId: baseModelId, route: useGeo ? "geo" : "in-region" }
}

function readTier(fields: RooFields): SelectableTier {
	const rooTier = fields.text("awsBedrockServiceTier")
	const tier = SELECTABLE_TIERS.find((one) => ROO_TIERS[one] === rooTier)
	if (!tier && rooTier !== undefined) fields.note("not-valid", "awsBedrockServiceTier", detail("roo.tier-invalid"))
	return tier ?? "default"
}

function readEndpoint(fields: RooFields): string | null {
	const isOn = fields.flag("awsBedrockEndpointEnabled") === true
	const endpoint = fields.text("awsBedrockEndpoint")
	if (endpoint === undefined) return null
	if (!isOn) fields.note("not-in-use", "awsBedrockEndpoint", detail("roo.endpoint-off"))
	else if (isAllowedEndpoint(endpoint)) return endpoint
	else fields.note("not-valid", "awsBedrockEndpoint", detail("roo.endpoint-invalid"))
	return null
}

/** Roo Code has more levels than we have. A level has no effect unless `enableReasoningEffort` is set. */
function readReasoning(fields: RooFields): ProfileSettings["reasoning"] {
	const isOn = fields.flag("enableReasoningEffort") === true
	const effort = fields.text("reasoningEffort")
	const isLevel = effort !== undefined && effort !== "none" && effort !== "disable"
	if (!isOn) {
		if (isLevel) fields.note("not-in-use", "reasoningEffort", detail("roo.thinking-off"))
		return "off"
	}
	switch (effort) {
		case "low":
		case "medium":
		case "high":
			return effort
		case "none":
		case "disable":
			return "off"
		case "minimal":
		case "xhigh": {
			const nearest = effort === "minimal" ? "low" : "high"
			fields.note("differs", "reasoningEffort", detail("roo.level-replaced", { level: effort, nearest }))
			return nearest
		}
		default:
			fields.note("differs", "reasoningEffort", detail("roo.level-unknown"))
			return "medium"
	}
}

function readBudget(fields: RooFields): number | null {
	const tokens = fields.number("modelMaxThinkingTokens")
	if (tokens === undefined) return null
	if (Number.isSafeInteger(tokens) && tokens >= MIN_THINKING_BUDGET) return tokens
	fields.note("not-valid", "modelMaxThinkingTokens", detail("roo.budget-invalid", { minTokens: MIN_THINKING_BUDGET }))
	return null
}

/** In Roo Code, 0 means that the limit is not set. */
function readMaxTokens(fields: RooFields): number | null {
	const tokens = fields.number("modelMaxTokens")
	if (tokens === undefined || tokens === 0) return null
	if (Number.isSafeInteger(tokens) && tokens >= 1) return tokens
	fields.note("not-valid", "modelMaxTokens", detail("roo.max-tokens-invalid"))
	return null
}

function readTemperature(fields: RooFields): number | null {
	const temperature = fields.number("modelTemperature")
	if (temperature === undefined) return null
	if (temperature === 0)
		fields.note("differs", "modelTemperature", detail("roo.temperature-zero", { temperature: ROO_TEMPERATURE }))
	if (temperature >= 0 && temperature <= 1) return temperature
	fields.note("not-valid", "modelTemperature", detail("roo.temperature-invalid"))
	return null
}
