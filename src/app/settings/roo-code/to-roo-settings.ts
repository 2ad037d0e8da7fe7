import { parseModelRef, resolveRoute, type ModelRef, type SelectableTier, t } from "@bedrock-tiers/core"
import { DEFAULT_PROFILE_SETTINGS, type ProfileSecrets, type ProfileSettings } from "@bedrock-tiers/protocol"
import { isArnForRoo, ROO_GLOBAL_MODEL_IDS, ROO_MODEL_IDS, ROO_TEMPERATURE, rooPrefix } from "./roo-code-facts"
import type { RooServiceTier, RooSettings, SkippedSetting } from "./roo-settings"

const ROO_TIERS: Readonly<Record<SelectableTier, RooServiceTier>> = {
	default: "STANDARD",
	flex: "FLEX",
	priority: "PRIORITY",
}

/** Some of Roo Code's settings, and our settings that they cannot represent. */
type Part = { readonly settings: Partial<RooSettings>; readonly skipped: readonly (SkippedSetting | false)[] }

/**
 * Converts a profile's settings to Roo Code's settings for Bedrock. The result contains secrets only if they are
 * passed. Never throws: settings that Roo Code does not have or handles differently are listed in `skipped`.
 */
export function toRooSettings(
	settings: ProfileSettings,
	secrets: ProfileSecrets = {},
): { readonly settings: RooSettings; readonly skipped: readonly SkippedSetting[] } {
	const parts = [
		modelPart(settings),
		credentialsPart(settings, secrets),
		endpointPart(settings),
		thinkingPart(settings),
		answerPart(settings),
	]
	const skipped = [...parts.flatMap((part) => part.skipped), ...withoutCounterpart(settings)]
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

function difference(field: keyof ProfileSettings, message: string): SkippedSetting {
	return { code: "differs", field, message }
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
			!resolved?.ok &&
				difference("route", t("From {0} there is no such route to {1}, in Roo Code neither.", region, modelId)),
			resolved?.ok === true &&
				resolved.bedrockModelId !== rooModelId &&
				difference("route", t("Roo Code would call {0}, not {1}.", rooModelId, resolved.bedrockModelId)),
			settings.route === "auto" &&
				ref?.kind === "base" &&
				difference("route", t("Roo Code does not choose a route by itself: it is set to {0}.", route)),
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
			!isArnForRoo(modelId) && difference("modelId", t("Roo Code refuses an ARN whose name has a slash in it.")),
			resource === "foundation-model" && baseModelId !== null && unknownModel(baseModelId),
		],
	}
}

function unknownModel(baseModelId: string): SkippedSetting | false {
	if (ROO_MODEL_IDS.includes(baseModelId)) return false
	return difference(
		"modelId",
		t("Roo Code 3.52 does not know {0} and would call Claude Sonnet 4.5 in its place.", baseModelId),
	)
}

function credentialsPart({ credentials }: ProfileSettings, { apiKey, staticKeys }: ProfileSecrets): Part {
	const { method } = credentials
	const flags = { awsUseApiKey: method === "api-key", awsUseProfile: method === "profile" }
	switch (method) {
		case "default-chain":
			return { settings: flags, skipped: [] }
		case "profile":
			return { settings: { ...flags, awsProfile: credentials.profile }, skipped: [] }
		case "api-key":
			return apiKey === undefined
				? { settings: flags, skipped: [omittedSecret(t("The Bedrock API key was left out."))] }
				: { settings: { ...flags, awsApiKey: apiKey }, skipped: [] }
		case "static-keys": {
			if (staticKeys === undefined)
				return {
					settings: flags,
					skipped: [
						omittedSecret(
							t(
								"The access keys were left out; until they are entered, Roo Code takes AWS's default chain.",
							),
						),
					],
				}
			const { accessKeyId, secretAccessKey, sessionToken } = staticKeys
			const session = sessionToken === undefined ? {} : { awsSessionToken: sessionToken }
			return {
				settings: { ...flags, awsAccessKey: accessKeyId, awsSecretKey: secretAccessKey, ...session },
				skipped: [],
			}
		}
	}
}

function omittedSecret(message: string): SkippedSetting {
	return { code: "secret-left-out", field: "credentials", message }
}

function endpointPart({ endpoint }: ProfileSettings): Part {
	return {
		settings:
			endpoint === null
				? { awsBedrockEndpointEnabled: false }
				: { awsBedrockEndpointEnabled: true, awsBedrockEndpoint: endpoint },
		skipped: [],
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
		skipped: [
			isReasoningOn &&
				difference(
					"reasoning",
					t("For Bedrock, Roo Code 3.52 asks for thinking by a budget only, whatever the level."),
				),
		],
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
			promptCaching === "1h" && difference("promptCaching", t("Roo Code caches for 5 minutes, not for an hour.")),
			temperature === 0 &&
				difference("temperature", t("Roo Code sends {0} where the temperature is set to 0.", ROO_TEMPERATURE)),
		],
	}
}

/** Labels of the settings that Roo Code does not have. */
const SETTINGS_WITHOUT_COUNTERPART = {
	whenTierCannotServe: () => t("what to do when the tier cannot serve"),
	api: () => t("the API: it always calls Converse"),
	http: () => t("the HTTP version"),
	declaredModels: () => t("what an application profile stands for"),
	discountPercent: () => t("a negotiated discount"),
	ownPrices: () => t("own prices"),
	idleLimitMinutes: () => t("the limit of silence"),
	backgroundTier: () => t("the tier of background requests"),
	chatTitles: () => t("how chats get their titles"),
} as const satisfies Partial<Record<keyof ProfileSettings, () => string>>

/** Skipped settings without a counterpart in Roo Code, unless they have their default value. */
function withoutCounterpart(settings: ProfileSettings): SkippedSetting[] {
	return Object.entries(SETTINGS_WITHOUT_COUNTERPART).flatMap(([key, label]): SkippedSetting[] => {
		const field = key as keyof typeof SETTINGS_WITHOUT_COUNTERPART
		const isDefault = JSON.stringify(settings[field]) === JSON.stringify(DEFAULT_PROFILE_SETTINGS[field])
		return isDefault
			? []
			: [{ code: "no-such-setting", field, message: t("Roo Code has no setting for {0}.", label()) }]
	})
}
