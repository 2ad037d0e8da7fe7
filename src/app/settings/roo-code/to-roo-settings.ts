import { parseModelRef, resolveRoute, type ModelRef, type SelectableTier, t } from "@bedrock-tiers/core"
import { DEFAULT_PROFILE_SETTINGS, type ProfileSecrets, type ProfileSettings } from "@bedrock-tiers/protocol"
import { isArnForRoo, ROO_GLOBAL_MODEL_IDS, ROO_MODEL_IDS, ROO_TEMPERATURE, rooPrefix } from "./roo-code-facts"
import type { RooServiceTier, RooSettings, SkippedSetting } from "./roo-settings"

const TIER_WORDS: Readonly<Record<SelectableTier, RooServiceTier>> = {
	default: "STANDARD",
	flex: "FLEX",
	priority: "PRIORITY",
}

/** Some of Roo Code's settings, and what of ours did not fit into them. */
type Part = { readonly settings: Partial<RooSettings>; readonly untaken: readonly (SkippedSetting | false)[] }

/**
 * A profile's settings as Roo Code's settings for Bedrock. Secrets are in them only when they are handed in.
 * Throws nothing: what Roo Code has no place for, or takes for something else, is told.
 */
export function toRooSettings(
	settings: ProfileSettings,
	secrets: ProfileSecrets = {},
): { readonly settings: RooSettings; readonly untaken: readonly SkippedSetting[] } {
	const parts = [
		modelPart(settings),
		credentialsPart(settings, secrets),
		endpointPart(settings),
		thinkingPart(settings),
		answerPart(settings),
	]
	const untaken = [...parts.flatMap((part) => part.untaken), ...withoutCounterpart(settings)]
	return {
		settings: Object.assign(
			{
				apiProvider: "bedrock" as const,
				awsRegion: settings.region,
				awsBedrockServiceTier: TIER_WORDS[settings.serviceTier],
			},
			...parts.map((part) => part.settings),
		) as RooSettings,
		untaken: untaken.filter((each) => each !== false),
	}
}

function differs(field: keyof ProfileSettings, sentence: string): SkippedSetting {
	return { code: "differs", field, sentence }
}

function modelPart(settings: ProfileSettings): Part {
	const { modelId, region } = settings
	const ref = parseModelRef(modelId)
	if (ref?.kind === "arn") return arnPart(ref)
	const baseModelId = ref?.baseModelId ?? modelId
	const called = ref ? resolveRoute(ref, region, settings.route) : null
	const route = called?.ok ? called.route : "in-region"
	const takesGlobal = ROO_GLOBAL_MODEL_IDS.includes(baseModelId)
	const calledThere =
		route === "in-region" || (route === "global" && !takesGlobal)
			? baseModelId
			: `${route === "global" ? "global." : rooPrefix(region)}${baseModelId}`
	return {
		settings: {
			apiModelId: baseModelId,
			awsUseCrossRegionInference: route === "geo",
			awsUseGlobalInference: route === "global",
		},
		untaken: [
			unknownModel(baseModelId),
			!called?.ok &&
				differs("route", t("From {0} there is no such route to {1}, in Roo Code neither.", region, modelId)),
			called?.ok === true &&
				called.bedrockModelId !== calledThere &&
				differs("route", t("Roo Code would call {0}, not {1}.", calledThere, called.bedrockModelId)),
			settings.route === "auto" &&
				ref?.kind === "base" &&
				differs("route", t("Roo Code does not choose a route by itself: it is set to {0}.", route)),
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
		untaken: [
			!isArnForRoo(modelId) && differs("modelId", t("Roo Code refuses an ARN whose name has a slash in it.")),
			resource === "foundation-model" && baseModelId !== null && unknownModel(baseModelId),
		],
	}
}

function unknownModel(baseModelId: string): SkippedSetting | false {
	if (ROO_MODEL_IDS.includes(baseModelId)) return false
	return differs(
		"modelId",
		t("Roo Code 3.52 does not know {0} and would call Claude Sonnet 4.5 in its place.", baseModelId),
	)
}

function credentialsPart({ credentials }: ProfileSettings, { apiKey, staticKeys }: ProfileSecrets): Part {
	const { method } = credentials
	const flags = { awsUseApiKey: method === "api-key", awsUseProfile: method === "profile" }
	switch (method) {
		case "default-chain":
			return { settings: flags, untaken: [] }
		case "profile":
			return { settings: { ...flags, awsProfile: credentials.profile }, untaken: [] }
		case "api-key":
			return apiKey === undefined
				? { settings: flags, untaken: [leftOut(t("The Bedrock API key was left out."))] }
				: { settings: { ...flags, awsApiKey: apiKey }, untaken: [] }
		case "static-keys": {
			if (staticKeys === undefined)
				return {
					settings: flags,
					untaken: [
						leftOut(
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
				untaken: [],
			}
		}
	}
}

function leftOut(sentence: string): SkippedSetting {
	return { code: "secret-left-out", field: "credentials", sentence }
}

function endpointPart({ endpoint }: ProfileSettings): Part {
	return {
		settings:
			endpoint === null
				? { awsBedrockEndpointEnabled: false }
				: { awsBedrockEndpointEnabled: true, awsBedrockEndpoint: endpoint },
		untaken: [],
	}
}

function thinkingPart({ reasoning, thinkingBudgetTokens }: ProfileSettings): Part {
	const thinks = reasoning !== "off"
	return {
		settings: {
			enableReasoningEffort: thinks,
			...(thinks ? { reasoningEffort: reasoning } : {}),
			...(thinkingBudgetTokens === null ? {} : { modelMaxThinkingTokens: thinkingBudgetTokens }),
		},
		untaken: [
			thinks &&
				differs(
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
		untaken: [
			promptCaching === "1h" && differs("promptCaching", t("Roo Code caches for 5 minutes, not for an hour.")),
			temperature === 0 &&
				differs("temperature", t("Roo Code sends {0} where the temperature is set to 0.", ROO_TEMPERATURE)),
		],
	}
}

const ONLY_OURS = {
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

/** What is as it is by default needs no word. */
function withoutCounterpart(settings: ProfileSettings): SkippedSetting[] {
	return Object.entries(ONLY_OURS).flatMap(([key, what]): SkippedSetting[] => {
		const field = key as keyof typeof ONLY_OURS
		const isDefault = JSON.stringify(settings[field]) === JSON.stringify(DEFAULT_PROFILE_SETTINGS[field])
		return isDefault
			? []
			: [{ code: "no-such-setting", field, sentence: t("Roo Code has no setting for {0}.", what()) }]
	})
}
