import { parseModelRef, resolveRoute, type ModelRef } from "@bedrock-tiers/core"
import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import {
	DEFAULT_PROFILE_SETTINGS,
	redactEndpoint,
	type ProfileSecrets,
	type ProfileSettings,
} from "@bedrock-tiers/protocol"
import {
	isArnForRoo,
	ROO_GLOBAL_MODEL_IDS,
	ROO_MODEL_IDS,
	ROO_TEMPERATURE,
	ROO_TIERS,
	rooPrefix,
} from "./roo-code-facts"
import type { RooSettings, SkippedSetting } from "./roo-settings"

/** Some of Roo Code's settings, and our settings that they cannot represent. */
type Part = { readonly settings: Partial<RooSettings>; readonly skipped?: readonly (SkippedSetting | false)[] }

/**
 * Converts a profile's settings to Roo Code's settings for Bedrock. The result contains secrets, and the query of the
 * endpoint, only if secrets are passed. Never throws: settings that Roo Code does not have or handles differently are listed in `skipped`.
 */
export function toRooSettings(
	settings: ProfileSettings,
	secrets?: ProfileSecrets,
): { readonly settings: RooSettings; readonly skipped: readonly SkippedSetting[] } {
	const parts = [
		modelPart(settings),
		credentialsPart(settings, secrets ?? {}),
		endpointPart(settings, secrets !== undefined),
		thinkingPart(settings),
		answerPart(settings),
	]
	const skipped = [...parts.flatMap((part) => part.skipped ?? []), ...withoutCounterpart(settings)]
	return {
		settings: Object.assign(
			{
				apiProvider: "bedrock" as const,
				awsRegion: settings.region,
				awsBedrockServiceTier: ROO_TIERS[settings.serviceTier],
			},
			...parts.map((part) => part.settings),
		) as RooSettings,
		skipped: skipped.filter((setting) => setting !== false),
	}
}

function difference(field: keyof ProfileSettings, what: ErrorDetail): SkippedSetting {
	return { code: "differs", field, detail: what }
}

function modelPart(settings: ProfileSettings): Part {
	const { modelId, region } = settings
	const ref = parseModelRef(modelId)
	if (ref?.kind === "arn") return arnPart(ref)
	const baseModelId = ref?.baseModelId ?? modelId
	const resolved = ref ? resolveRoute(ref, region, settings.route) : null
	const route = resolved?.ok ? resolved.route : "in-region"
	const hasGlobalProfile = ROO_GLOBAL_MODEL_IDS.includes(baseModelId)
	const rooModelId =
		route === "in-region" || (route === "global" && !hasGlobalProfile)
			? baseModelId
			: `${route === "global" ? "global." : rooPrefix(region)}${baseModelId}`
	return {
		settings: {
			apiModelId: baseModelId,
			awsUseCrossRegionInference: route === "geo",
			awsUseGlobalInference: route === "global",
		},
		skipped: [
			unknownModel(baseModelId),
			!resolved?.ok && difference("route", detail("roo.no-route", { region, modelId })),
			resolved?.ok === true &&
				resolved.bedrockModelId !== rooModelId &&
				difference("route", detail("roo.other-model-id", { rooModelId, modelId: resolved.bedrockModelId })),
			settings.route === "auto" &&
				ref?.kind === "base" &&
				difference("route", detail("roo.route-fixed", { route })),
		],
	}
}

function arnPart({ modelId, resource, baseModelId }: Extract<ModelRef, { kind: "arn" }>): Part {
	return {
		settings: {
			apiModelId: "custom-arn",
			awsCustomArn: modelId,
			awsUseCrossRegionInference: false,
			awsUseGlobalInference: false,
		},
		skipped: [
			!isArnForRoo(modelId) && difference("modelId", detail("roo.arn-slash")),
			resource === "foundation-model" && baseModelId !== null && unknownModel(baseModelId),
		],
	}
}

function unknownModel(baseModelId: string): SkippedSetting | false {
	if (ROO_MODEL_IDS.includes(baseModelId)) return false
	return difference("modelId", detail("roo.model-unknown", { baseModelId }))
}

function credentialsPart({ credentials }: ProfileSettings, { apiKey, staticKeys }: ProfileSecrets): Part {
	const { method } = credentials
	const flags = { awsUseApiKey: method === "api-key", awsUseProfile: method === "profile" }
	switch (method) {
		case "default-chain":
			return { settings: flags }
		case "profile":
			return { settings: { ...flags, awsProfile: credentials.profile } }
		case "api-key":
			if (apiKey === undefined)
				return { settings: flags, skipped: [omittedSecret(detail("roo.api-key-not-exported"))] }
			return { settings: { ...flags, awsApiKey: apiKey } }
		case "static-keys": {
			if (staticKeys === undefined)
				return { settings: flags, skipped: [omittedSecret(detail("roo.static-keys-not-exported"))] }
			const { accessKeyId, secretAccessKey, sessionToken } = staticKeys
			const session = sessionToken === undefined ? {} : { awsSessionToken: sessionToken }
			return { settings: { ...flags, awsAccessKey: accessKeyId, awsSecretKey: secretAccessKey, ...session } }
		}
	}
}

function omittedSecret(what: ErrorDetail): SkippedSetting {
	return { code: "secret-left-out", field: "credentials", detail: what }
}

function endpointPart({ endpoint }: ProfileSettings, withSecrets: boolean): Part {
	if (endpoint === null) return { settings: { awsBedrockEndpointEnabled: false } }
	const awsBedrockEndpoint = withSecrets ? endpoint : redactEndpoint(endpoint)
	return {
		settings: { awsBedrockEndpointEnabled: true, awsBedrockEndpoint },
		skipped: [
			awsBedrockEndpoint !== endpoint && {
				code: "secret-left-out",
				field: "endpoint",
				detail: detail("roo.endpoint-query-not-exported"),
			},
		],
	}
}

function thinkingPart({ reasoning, thinkingBudgetTokens }: ProfileSettings): Part {
	const isReasoningOn = reasoning !== "off"
	return {
		settings: {
			enableReasoningEffort: isReasoningOn,
			...(isReasoningOn ? { reasoningEffort: reasoning } : {}),
			...(thinkingBudgetTokens === null ? {} : { modelMaxThinkingTokens: thinkingBudgetTokens }),
		},
		skipped: [isReasoningOn && difference("reasoning", detail("roo.budget-only"))],
	}
}

function answerPart({ promptCaching, maxTokens, temperature }: ProfileSettings): Part {
	return {
		settings: {
			awsUsePromptCache: promptCaching !== "off",
			...(maxTokens === null ? {} : { modelMaxTokens: maxTokens }),
			...(temperature === null ? {} : { modelTemperature: temperature }),
		},
		skipped: [
			promptCaching === "1h" && difference("promptCaching", detail("roo.no-hour-caching")),
			temperature === 0 &&
				difference("temperature", detail("roo.temperature-zero-sent", { temperature: ROO_TEMPERATURE })),
		],
	}
}

/** Labels of the settings that Roo Code does not have. */
const SETTINGS_WITHOUT_COUNTERPART = [
	"whenTierCannotServe",
	"api",
	"http",
	"declaredModels",
	"discountPercent",
	"ownPrices",
	"idleLimitMinutes",
	"backgroundTier",
	"chatTitles",
] as const satisfies readonly (keyof ProfileSettings)[]

/** Skipped settings without a counterpart in Roo Code, unless they have their default value. */
function withoutCounterpart(settings: ProfileSettings): SkippedSetting[] {
	return SETTINGS_WITHOUT_COUNTERPART.filter(
		(field) => JSON.stringify(settings[field]) !== JSON.stringify(DEFAULT_PROFILE_SETTINGS[field]),
	).map((field) => ({ code: "no-such-setting", field, detail: detail(`roo.no-setting.${field}`) }))
}
