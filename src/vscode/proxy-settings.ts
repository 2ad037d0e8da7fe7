import * as vscode from "vscode"
import type { ProxySettings } from "../api/index"

/** VS Code's own proxy settings. They are read for each connection, so a change applies to the next message. */
export function proxySettings(): ProxySettings {
	const http = vscode.workspace.getConfiguration("http")
	const noProxy = http.get<readonly string[]>("noProxy") ?? []
	return {
		enabled: http.get<string>("proxySupport") !== "off",
		url: http.get<string>("proxy")?.trim() || null,
		noProxy: noProxy.length === 0 ? null : noProxy,
		authorization: http.get<string | null>("proxyAuthorization") ?? null,
		checksCertificate: http.get<boolean>("proxyStrictSSL") !== false,
	}
}
