import { isEstimated, type UsageRecord } from "@bedrock-tiers/core"
import { lazy } from "react"
import { useLocale } from "../../locale"
import { LazyDetails } from "../ui/LazyDetails"
import { usageBadgeText } from "./usage-badge-text"

const UsageDetails = lazy(() => import("./UsageDetails"))

/** An answer's cost and tier, with the calculation when it is expanded. */
export function UsageBadge({ request }: { readonly request: UsageRecord }) {
	const locale = useLocale()
	const servedAsRequested =
		request.notSentReason === null && (request.servedTier === null || request.servedTier === request.requestedTier)
	return (
		<div className="stack usage">
			<p
				className={servedAsRequested && request.totalUsd !== null ? "usage-badge" : "usage-badge warning"}
				title={isEstimated(request) ? locale.t("usage.estimate") : undefined}>
				{usageBadgeText(request, locale)}
			</p>
			<LazyDetails className="usage-details" summary={locale.t("usage.details")}>
				<UsageDetails request={request} />
			</LazyDetails>
		</div>
	)
}
