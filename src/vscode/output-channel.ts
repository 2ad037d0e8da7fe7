import * as vscode from "vscode"
import { requestLine, type LogRequest } from "../app/chat/request-log"
import { visibleLine } from "../app/visible-text"

/** The log channel "Bedrock Tiers", created on first use: one line per request, without prompts or answers. */
export function outputChannel(): { logRequest: LogRequest; show(): void; dispose(): void } {
	let channel: vscode.LogOutputChannel | undefined
	const open = () => (channel ??= vscode.window.createOutputChannel("Bedrock Tiers", { log: true }))
	return {
		logRequest(logged) {
			const line = visibleLine(requestLine(logged))
			if (logged.failureCode === null) open().info(line)
			else open().warn(line)
		},
		show: () => open().show(true),
		dispose: () => channel?.dispose(),
	}
}
