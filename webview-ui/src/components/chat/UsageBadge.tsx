import type { RecordedRequest } from "@bedrock-tiers/core"
import { useWords } from "../../words"
import { usageBadgeText } from "./usage-badge-text"
import { UsageDetails } from "./UsageDetails"

/** An answer's cost and tier, with the computation behind it on demand. */
export function UsageBadge({ request }: { readonly request: RecordedRequest }) {
	const words = useWords()
	const asAsked =
		request.notSentReason === null && (request.servedTier === null || request.servedTier === request.requestedTier)
	return (
		<div className="usage">
			<p className={asAsked && request.totalUsd !== null ? "usage-badge" : "usage-badge usage-badge-notable"}>
				{usageBadgeText(request, words)}
			</p>
			<UsageDetails request={request} />
		</div>
	)
}
