import type { ServiceTier } from "@bedrock-tiers/core"
import type { ErrorCode } from "./error-codes"
import type { WhenTierCannotServe } from "./settings"

/**
 * Actions that can be offered to the user. `choose-tier` opens the tier setting; `go-on` sends the request beyond the
 * task's limit, for this prompt only. `send-without` leaves out the parameter that Bedrock refused, now and later.
 */
export const FAILURE_ACTIONS = [
	"retry",
	"retry-on-standard",
	"send-without",
	"choose-tier",
	"open-settings",
	"go-on",
] as const
export type FailureAction = (typeof FAILURE_ACTIONS)[number]

type FailureRow = {
	/** When the same request may be sent again. `after-a-change`: by the user; `no`: retrying is pointless. */
	readonly retry: "at-once" | "after-a-wait" | "after-a-change" | "no"
	/** The request is sent again automatically, a few times, as long as no part of an answer was shown. */
	readonly retriesAutomatically: boolean
	/** Whether another tier may serve the request. Not for throttling, because all tiers share the quota. */
	readonly tierMayHelp: boolean
	/** Best action first; empty when no action is possible. */
	readonly actions: readonly FailureAction[]
}

const CONFIGURATION = { retry: "after-a-change", retriesAutomatically: false, tierMayHelp: false } as const
const TRANSIENT = { retry: "at-once", retriesAutomatically: false, tierMayHelp: false, actions: ["retry"] } as const
const SETTINGS_FIRST = ["open-settings", "retry"] as const

/** Consequences of each failure. All decisions by error code use this table; the webview contains the texts. */
export const FAILURE_TABLE = {
	"tier-refused": { ...CONFIGURATION, tierMayHelp: true, actions: ["retry-on-standard", "choose-tier"] },
	"quota-throttled": { retry: "after-a-wait", retriesAutomatically: true, tierMayHelp: false, actions: ["retry"] },
	"daily-quota": { ...CONFIGURATION, actions: ["open-settings", "retry"] },
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
	"parameter-refused": { ...CONFIGURATION, actions: ["send-without", "open-settings"] },
	"prompt-too-long": { ...CONFIGURATION, actions: SETTINGS_FIRST },
	network: { ...TRANSIENT, actions: ["retry", "open-settings"] },
	timeout: TRANSIENT,
	"task-limit": { ...CONFIGURATION, actions: ["go-on", "open-settings"] },
	"tool-calls-failed": { ...CONFIGURATION, actions: ["retry", "open-settings"] },
	cancelled: { retry: "no", retriesAutomatically: false, tierMayHelp: false, actions: [] },
	unknown: TRANSIENT,
} as const satisfies Readonly<Record<ErrorCode, FailureRow>>

/** The error codes for which another tier may help. */
export type TierFailure = {
	[Code in ErrorCode]: (typeof FAILURE_TABLE)[Code]["tierMayHelp"] extends true ? Code : never
}[ErrorCode]

export function isTierFailure(code: ErrorCode): code is TierFailure {
	return FAILURE_TABLE[code].tierMayHelp
}

/** Actions to offer after a failure. Standard only when another tier was requested and the setting is `ask`. */
export function offeredActions(
	code: ErrorCode,
	settings: { readonly serviceTier: ServiceTier; readonly whenTierCannotServe: WhenTierCannotServe },
): FailureAction[] {
	const offersStandard = settings.serviceTier !== "default" && settings.whenTierCannotServe === "ask"
	return FAILURE_TABLE[code].actions.filter((action) => action !== "retry-on-standard" || offersStandard)
}
