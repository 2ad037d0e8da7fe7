import * as vscode from "vscode"
import { requestLine, type LogRequest } from "../app/chat/request-log"

/** The channel "Bedrock Tiers", made when it is needed: one for each request, without content. */
export function outputChannel(): { logRequest: LogRequest; show(): void; dispose(): void } {
	let channel: vscode.LogOutputChannel | undefined
	const opened = () => (channel ??= vscode.window.createOutputChannel("Bedrock Tiers", { log: true }))
	return {
		logRequest(logged) {
			const line = requestLine(logged)
			if (logged.failureCode === null) opened().info(line)
			else opened().warn(line)
		},
		show: () => opened().show(true),
		dispose: () => channel?.dispose(),
	}
}
