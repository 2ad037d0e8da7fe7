import type { ClineMessage } from "@roo-code/types"

import { cn } from "@src/lib/utils"

const sizeOf = (text: string) => `${(text.length / 1024).toFixed(1)} KB`

export const ChatRow = ({ message }: { message: ClineMessage }) => {
	const text = message.text ?? ""
	const cost: number | undefined = message.say === "api_req_started" ? JSON.parse(text || "{}").cost : undefined

	return (
		<div className="flex justify-between">
			<div>
				<span title={sizeOf(text)}>{message.say}</span>
			</div>
			<div className={cn("text-xs", "border")} style={{ opacity: cost ? 1 : 0 }}>
				${Number(cost || 0)?.toFixed(4)}
			</div>
		</div>
	)
}
