import type { UsageRecord } from "@bedrock-tiers/core"
import { lazy, useState } from "react"
import { useLocale } from "../../locale"
import { LazyPart } from "../ui/LazyPart"
import { usageBadgeText } from "./usage-badge-text"

const UsageDetails = lazy(() => import("./UsageDetails").then(({ UsageDetails }) => ({ default: UsageDetails })))

/** An answer's cost and tier, with the calculation when it is expanded. */
export function UsageBadge({ request }: { readonly request: UsageRecord }) {
	const locale = useLocale()
	const [open, setOpen] = useState(false)
	const servedAsRequested =
		request.notSentReason === null && (request.servedTier === null || request.servedTier === request.requestedTier)
	return (
		<div className="usage">
			<p
				className={
					servedAsRequested && request.totalUsd !== null ? "usage-badge" : "usage-badge usage-badge-notable"
				}>
				{usageBadgeText(request, locale)}
			</p>
			<details className="usage-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
				<summary>{locale.t("usage.details")}</summary>
				{open && (
					<LazyPart>
						<UsageDetails request={request} />
					</LazyPart>
				)}
			</details>
		</div>
	)
}
