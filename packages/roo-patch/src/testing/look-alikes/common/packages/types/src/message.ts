/** One row of the chat. What a request used and cost is JSON in its text. */
export interface ClineMessage {
	ts: number
	say: "api_req_started" | "text"
	text?: string
}
