import { isRegionCode, MIN_THINKING_BUDGET, parseModelRef, type SelectableTier, t } from "@bedrock-tiers/core"
import {
	DEFAULT_PROFILE_SETTINGS,
	isAllowedEndpoint,
	type ProfileSecrets,
	type ProfileSettings,
} from "@bedrock-tiers/protocol"
import { ROO_GLOBAL_MODEL_IDS, ROO_TEMPERATURE } from "./roo-code-facts"
import { readCredentials } from "./read-credentials"
import { RooFields } from "./roo-fields"
import type { SkippedSetting } from "./roo-settings"

export type RooSettingsResult =
	| {
			readonly ok: true
			readonly settings: ProfileSettings
			/** Secrets of the credential method in use, if they are in the settings. */
			readonly secrets: ProfileSecrets
			readonly skipped: readonly SkippedSetting[]
	  }
	| { readonly ok: false; readonly message: string }

/**
 * Converts Roo Code's settings of one profile to our settings. Missing fields get their defaults. Invalid fields are
 * skipped and listed in `skipped`. Never throws.
 */
export function fromRooSettings(value: unknown): RooSettingsResult {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		return { ok: false, message: t("These are no settings of Roo Code.") }
	if ((value as { apiProvider?: unknown }).apiProvider !== "bedrock")
		return { ok: false, message: t("This profile of Roo Code is not one for Amazon Bedrock.") }
	const fields = new RooFields(value)
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
	fields.noteUnreadFields()
	return { ok: true, settings, secrets, skipped: fields.skipped }
}

function readRegion(fields: RooFields): string {
	const region = fields.text("awsRegion")
	if (region !== undefined && isRegionCode(region)) return region
	const defaultRegion = DEFAULT_PROFILE_SETTINGS.region
	fields.note(
		"not-valid",
		"awsRegion",
		region === undefined
			? t("No region is set, so {0} was taken.", defaultRegion)
			: t("The region is not an AWS region code, so {0} was taken.", defaultRegion),
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
		fields.note("not-valid", "awsCustomArn", t("The custom ARN is not one that Bedrock takes."))
	}
	const ref = apiModelId === undefined ? null : parseModelRef(apiModelId)
	if (!ref || ref.baseModelId === null) {
		const { modelId } = DEFAULT_PROFILE_SETTINGS
		fields.note("not-valid", "apiModelId", t("No model is named that Bedrock takes, so {0} was taken.", modelId))
		return { modelId, route: "auto" }
	}
	const { baseModelId } = ref
	if (ref.kind === "profile")
		fields.note(
			"differs",
			"apiModelId",
			t("Roo Code reads {0} as {1}; so is it read here.", ref.modelId, baseModelId),
		)
	if (useGlobal && ROO_GLOBAL_MODEL_IDS.includes(baseModelId)) return { modelId: baseModelId, route: "global" }
	if (useGlobal)
		fields.note(
			"not-in-use",
			"awsUseGlobalInference",
			t("Roo Code does not call {0} through the global profile, so it was not chosen.", baseModelId),
		)
	return { modelId: baseModelId, route: useGeo ? "geo" : "in-region" }
}

const TIERS: Readonly<Record<string, SelectableTier>> = { STANDARD: "default", FLEX: "flex", PRIORITY: "priority" }

function readTier(fields: RooFields): SelectableTier {
	const rooTier = fields.text("awsBedrockServiceTier")
	if (rooTier === undefined) return "default"
	const tier = Object.hasOwn(TIERS, rooTier) ? TIERS[rooTier] : undefined
	if (tier) return tier
	fields.note(
		"not-valid",
		"awsBedrockServiceTier",
		t("The service tier is not one that can be chosen here: Standard was."),
	)
	return "default"
}

function readEndpoint(fields: RooFields): string | null {
	const isOn = fields.flag("awsBedrockEndpointEnabled") === true
	const endpoint = fields.text("awsBedrockEndpoint")
	if (endpoint === undefined) return null
	if (!isOn) fields.note("not-in-use", "awsBedrockEndpoint", t("The endpoint is not switched on in Roo Code."))
	else if (isAllowedEndpoint(endpoint)) return endpoint
	else
		fields.note(
			"not-valid",
			"awsBedrockEndpoint",
			t("The endpoint must be https, or http on this machine, without a password."),
		)
	return null
}

/** Roo Code has more levels than we have. A level has no effect unless `enableReasoningEffort` is set. */
function readReasoning(fields: RooFields): ProfileSettings["reasoning"] {
	const isOn = fields.flag("enableReasoningEffort") === true
	const effort = fields.text("reasoningEffort")
	const isLevel = effort !== undefined && effort !== "none" && effort !== "disable"
	if (!isOn) {
		if (isLevel) fields.note("not-in-use", "reasoningEffort", t("Thinking is not switched on in Roo Code."))
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
			fields.note("differs", "reasoningEffort", t("There is no level {0} here: {1} was taken.", effort, nearest))
			return nearest
		}
		default:
			fields.note(
				"differs",
				"reasoningEffort",
				t("Thinking is on without a level that is known: medium was taken."),
			)
			return "medium"
	}
}

function readBudget(fields: RooFields): number | null {
	const tokens = fields.number("modelMaxThinkingTokens")
	if (tokens === undefined) return null
	if (Number.isSafeInteger(tokens) && tokens >= MIN_THINKING_BUDGET) return tokens
	fields.note(
		"not-valid",
		"modelMaxThinkingTokens",
		t("A thinking budget is a whole number of {0} tokens or more.", MIN_THINKING_BUDGET),
	)
	return null
}

/** In Roo Code, 0 means that the limit is not set. */
function readMaxTokens(fields: RooFields): number | null {
	const tokens = fields.number("modelMaxTokens")
	if (tokens === undefined || tokens === 0) return null
	if (Number.isSafeInteger(tokens) && tokens >= 1) return tokens
	fields.note("not-valid", "modelMaxTokens", t("The longest answer is not a whole number of tokens."))
	return null
}

function readTemperature(fields: RooFields): number | null {
	const temperature = fields.number("modelTemperature")
	if (temperature === undefined) return null
	if (temperature === 0)
		fields.note("differs", "modelTemperature", t("Roo Code sends {0} for a temperature of 0.", ROO_TEMPERATURE))
	if (temperature >= 0 && temperature <= 1) return temperature
	fields.note("not-valid", "modelTemperature", t("The temperature is not between 0 and 1."))
	return null
}
