import * as vscode from "vscode"
import { requestLine, type LogRequest } from "../app/request-log"

/** The channel "Bedrock Tiers", made with the first line: one for each request, without content. */
export function outputChannel(): { logRequest: LogRequest; dispose(): void } {
	let channel: vscode.LogOutputChannel | undefined
	return {
		logRequest(logged) {
			channel ??= vscode.window.createOutputChannel("Bedrock Tiers", { log: true })
			const line = requestLine(logged)
			if (logged.failureCode === null) channel.info(line)
			else channel.warn(line)
		},
		dispose: () => channel?.dispose(),
	}
}
