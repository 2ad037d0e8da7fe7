import type { ClineMessage } from "@roo-code/types"

import type { ApiHandler, ChatMessage } from "../../api"
import { calculateApiCost } from "../../shared/cost"

export class Task {
	readonly clineMessages: ClineMessage[] = []
	/** After the first text the task stops listening and only collects what the request used. */
	interruptAtText = false

	constructor(private readonly api: ApiHandler) {}

	async recursivelyMakeClineRequests(systemPrompt: string, messages: ChatMessage[]): Promise<void> {
		this.clineMessages.push({ ts: Date.now(), say: "api_req_started" })
		const lastApiReqIndex = this.clineMessages.length - 1
		this.clineMessages[lastApiReqIndex].text = JSON.stringify({ apiProtocol: "anthropic" })

		let inputTokens = 0
		let outputTokens = 0
		let totalCost: number | undefined

		const updateApiReqMsg = () => {
			const { info } = this.api.getModel()
			const existing = JSON.parse(this.clineMessages[lastApiReqIndex].text || "{}")
			this.clineMessages[lastApiReqIndex].text = JSON.stringify({
				...existing,
				tokensIn: inputTokens,
				tokensOut: outputTokens,
				cost: totalCost ?? calculateApiCost(info, inputTokens, outputTokens),
			})
		}

		const iterator = this.api.createMessage(systemPrompt, messages)[Symbol.asyncIterator]()
		let item = await iterator.next()
		let isInterrupted = false
		while (!item.done && !isInterrupted) {
			const chunk = item.value
			item = await iterator.next()
			switch (chunk.type) {
				case "text":
					this.clineMessages.push({ ts: Date.now(), say: "text", text: chunk.text })
					isInterrupted = this.interruptAtText
					break
				case "usage":
					inputTokens += chunk.inputTokens
					outputTokens += chunk.outputTokens
					totalCost = chunk.totalCost
					break
			}
		}

		const drainStreamInBackgroundToFindAllUsage = async (apiReqIndex: number) => {
			let bgTotalCost = totalCost
			while (!item.done) {
				const chunk = item.value
				item = await iterator.next()
				if (chunk.type === "usage") {
					inputTokens += chunk.inputTokens
					outputTokens += chunk.outputTokens
					bgTotalCost = chunk.totalCost
				}
			}
			totalCost = bgTotalCost
			if (this.clineMessages[apiReqIndex]) updateApiReqMsg()
		}
		await drainStreamInBackgroundToFindAllUsage(lastApiReqIndex)
	}
}
