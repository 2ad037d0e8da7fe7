import type { ServiceTier } from "@bedrock-tiers/core"
import type { ErrorCode } from "./error-codes"
import type { WhenTierCannotServe } from "./settings"

/**
 * When the same request may be sent again: `at-once`, `after-a-wait`, `after-a-change` of something by the person, `no` =
 * there is no sense in it.
 */
export const RETRIES = ["at-once", "after-a-wait", "after-a-change", "no"] as const
export type Retry = (typeof RETRIES)[number]

/**
 * What a person can be offered. `choose-tier` leads to the tier in the settings; `go-on` asks again beyond the task's limit,
 * for this one question.
 */
export const FAILURE_ACTIONS = ["retry", "retry-on-standard", "choose-tier", "open-settings", "go-on"] as const
export type FailureAction = (typeof FAILURE_ACTIONS)[number]

export type FailureRow = {
	readonly retry: Retry
	/** Sent again without asking, a few times, while nothing of an answer was shown. */
	readonly retriesAutomatically: boolean
	/** Whether another tier may serve what this one did not. Quota is shared by all tiers, so there it does not help. */
	readonly tierMayHelp: boolean
	/** The best first; none = there is nothing to do. */
	readonly actions: readonly FailureAction[]
}

const TIER = { retry: "after-a-change", retriesAutomatically: false, tierMayHelp: true } as const
const CONFIGURATION = { retry: "after-a-change", retriesAutomatically: false, tierMayHelp: false } as const
const TRANSIENT = { retry: "at-once", retriesAutomatically: false, tierMayHelp: false, actions: ["retry"] } as const
const SETTINGS_FIRST = ["open-settings", "retry"] as const

/** What follows from each failure. Everything that decides by a code reads it here; its words are the webview's. */
export const FAILURE_TABLE = {
	"tier-refused": { ...TIER, actions: ["retry-on-standard", "choose-tier"] },
	"tier-not-offered": { ...TIER, actions: ["retry-on-standard", "choose-tier"] },
	"quota-throttled": { retry: "after-a-wait", retriesAutomatically: true, tierMayHelp: false, actions: ["retry"] },
	"capacity-refused": {
		retry: "after-a-wait",
		retriesAutomatically: false,
		tierMayHelp: true,
		actions: ["retry-on-standard", "retry"],
	},
	"stream-incomplete": TRANSIENT,
	"access-denied": { ...CONFIGURATION, actions: SETTINGS_FIRST },
	"credentials-missing": { ...CONFIGURATION, actions: SETTINGS_FIRST },
	"credentials-expired": { ...CONFIGURATION, actions: ["retry", "open-settings"] },
	"model-not-found": { ...CONFIGURATION, actions: SETTINGS_FIRST },
	"bad-input": { ...CONFIGURATION, actions: SETTINGS_FIRST },
	network: { ...TRANSIENT, actions: ["retry", "open-settings"] },
	timeout: TRANSIENT,
	"task-limit": { ...CONFIGURATION, actions: ["go-on", "open-settings"] },
	cancelled: { retry: "no", retriesAutomatically: false, tierMayHelp: false, actions: [] },
	unknown: TRANSIENT,
} as const satisfies Readonly<Record<ErrorCode, FailureRow>>

/** The codes for which another tier may help. */
export type TierFailure = {
	[Code in ErrorCode]: (typeof FAILURE_TABLE)[Code]["tierMayHelp"] extends true ? Code : never
}[ErrorCode]

export function isTierFailure(code: ErrorCode): code is TierFailure {
	return FAILURE_TABLE[code].tierMayHelp
}

/** What a person is offered after a failure. Standard only where another tier was chosen and the setting is to ask. */
export function offeredActions(
	code: ErrorCode,
	{
		serviceTier,
		whenTierCannotServe,
	}: { readonly serviceTier: ServiceTier; readonly whenTierCannotServe: WhenTierCannotServe },
): FailureAction[] {
	const onStandard = serviceTier !== "default" && whenTierCannotServe === "ask"
	return FAILURE_TABLE[code].actions.filter((action) => action !== "retry-on-standard" || onStandard)
}
