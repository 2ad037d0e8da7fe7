import type { ChatView } from "@bedrock-tiers/protocol"
import { lazy, useState } from "react"
import { useLocale } from "../../locale"
import { LazyPart } from "../ui/LazyPart"

const TaskUsageTables = lazy(() =>
	import("./TaskUsageTables").then(({ TaskUsageTables }) => ({ default: TaskUsageTables })),
)

/** Detailed usage of a task, loaded and rendered when it is expanded. */
export function TaskUsagePanel({ chat }: { readonly chat: ChatView }) {
	const { t } = useLocale()
	const [open, setOpen] = useState(false)
	if (chat.usage.total.requests === 0) return null
	return (
		<details className="task-usage" onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>{t("taskUsage.title")}</summary>
			{open && (
				<LazyPart>
					<TaskUsageTables chat={chat} />
				</LazyPart>
			)}
		</details>
	)
}
