import { useMemo } from "react"

import { useAppTranslation } from "@src/i18n/TranslationContext"
import { cn } from "@src/lib/utils"
import { bedrockTierName } from "@src/utils/bedrockTierName"
import { StandardTooltip } from "@src/components/ui"

/** The tier and cost in a request's chat row. They are read from disk, so every string may be an unknown value. */
type RecordedTier = {
	requestedTier: string
	notSentReason: string | null
	servedTier: string | null
	billedTier: string
	knownUsd: number
	unpricedReason: string | null
}

const NOT_SENT_KEYS = new Map([
	["tier-not-offered", "settings:bedrockTier.notSentByModel"],
	["sdk-without-tiers", "settings:bedrockTier.notSentBySdk"],
])

const UNPRICED_KEYS = new Map([
	["model-unknown", "settings:bedrockTier.unpricedModel"],
	["no-route", "settings:bedrockTier.unpricedModel"],
	["unknown-tier", "settings:bedrockTier.unpricedTier"],
	["tier-not-offered", "settings:bedrockTier.unpricedTier"],
	["tier-not-priced", "settings:bedrockTier.unpricedTier"],
	["region-not-priced", "settings:bedrockTier.unpricedRegion"],
	["paid-by-reservation", "settings:bedrockTier.unpricedReservation"],
	["usage-not-reported", "settings:bedrockTier.unpricedUsage"],
])

/** The service tier of an API request, for the place directly before its cost. Renders nothing if none is recorded. */
export const BedrockTierLabel = ({ text }: { text?: string }) => {
	const { t } = useAppTranslation()
	const recorded = useMemo(() => readRecordedTier(text), [text])
	if (!recorded) return null

	const { requestedTier, notSentReason, servedTier, billedTier, knownUsd, unpricedReason } = recorded
	const requested = bedrockTierName(t, requestedTier)
	const billed = bedrockTierName(t, billedTier)
	const notSent = notSentReason !== null && billedTier === "default"
	const differs = !notSent && servedTier !== null && servedTier !== requestedTier
	const priced = unpricedReason === null ? "fully" : knownUsd > 0 ? "partly" : "not"

	const messages = [
		notSentReason !== null &&
			t(NOT_SENT_KEYS.get(notSentReason) ?? "settings:bedrockTier.notSentSentence", { tier: requested }),
		differs
			? t("settings:bedrockTier.differsSentence", { requested, served: billed })
			: servedTier !== null
				? t("settings:bedrockTier.servedSentence", { tier: billed })
				: notSentReason !== null || billedTier === "default"
					? t("settings:bedrockTier.assumedSentence", { tier: billed })
					: t("settings:bedrockTier.requestedSentence", { tier: billed }),
		priced !== "not" && t("settings:bedrockTier.pricedSentence", { tier: billed }),
		unpricedReason !== null && t(UNPRICED_KEYS.get(unpricedReason) ?? "settings:bedrockTier.unpricedTokens"),
		priced === "partly" && t("settings:bedrockTier.atLeastSentence"),
	].filter((message) => message !== false)
	const notable = notSent || differs || priced !== "fully"

	return (
		<StandardTooltip content={messages.join(" ")}>
			<span
				className={cn(
					// It shrinks before the row's title does, and breaks only between words.
					"min-w-0 shrink-[9999] break-normal text-right text-balance text-xs text-vscode-dropdown-foreground",
					// Without an amount, the cost badge would be invisible but still take up space.
					priced === "not" && "[&+*]:hidden",
				)}
				tabIndex={notable ? 0 : undefined}
				data-testid="bedrock-tier-label">
				{(notSent || differs) && (
					<span
						className="codicon codicon-warning mr-1 align-middle text-vscode-editorWarning-foreground"
						style={{ fontSize: "12px" }}
						aria-hidden="true"
					/>
				)}
				{notSent
					? t("settings:bedrockTier.notSent", { tier: requested })
					: differs
						? t("settings:bedrockTier.askedServed", { requested, served: billed })
						: billed}
				{priced !== "fully" && (
					<>
						{"\u00a0· "}
						<span className="whitespace-nowrap">
							{priced === "partly"
								? t("settings:bedrockTier.atLeast")
								: t("settings:bedrockTier.notPriced")}
						</span>
					</>
				)}
			</span>
		</StandardTooltip>
	)
}

/** `null` when the text has no tier or is invalid. */
function readRecordedTier(text: string | undefined): RecordedTier | null {
	// Avoids parsing: most rows have no tier, and the text of a row can be long.
	if (!text?.includes('"serviceTier"')) return null
	try {
		const { requestedTier, notSentReason, servedTier, billedTier, knownUsd, unpricedReason } =
			JSON.parse(text).serviceTier
		const billed = nonEmptyString(billedTier)
		if (billed === null) return null
		return {
			requestedTier: nonEmptyString(requestedTier) ?? billed,
			notSentReason: nonEmptyString(notSentReason),
			servedTier: nonEmptyString(servedTier),
			billedTier: billed,
			knownUsd: typeof knownUsd === "number" ? knownUsd : 0,
			unpricedReason: nonEmptyString(unpricedReason),
		}
	} catch {
		return null
	}
}

function nonEmptyString(value: unknown): string | null {
	return typeof value === "string" && value !== "" ? value : null
}
