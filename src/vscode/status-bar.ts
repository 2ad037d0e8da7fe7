import { applyToView, type ToWebview, type ViewState } from "@bedrock-tiers/protocol"
import * as vscode from "vscode"
import type { HostLocale } from "../app/ports"
import { visibleLine } from "../app/visible-text"
import { statusText } from "./status-text"

/**
 * Shows model, tier and cost of the open chat. It receives the same messages as the webview. It is hidden until the
 * first state message, which is sent when the user first uses the extension in this window.
 */
export class StatusBar {
	readonly #locale: HostLocale
	#item: vscode.StatusBarItem | undefined
	#state: ViewState | null = null

	constructor(locale: HostLocale) {
		this.#locale = locale
	}

	update(message: ToWebview): void {
		const state = applyToView(this.#state, message)
		if (state === this.#state) return
		this.#state = state
		if (state) this.#show(state)
	}

	dispose(): void {
		this.#item?.dispose()
	}

	#show(state: ViewState): void {
		const shown = statusText(state, this.#locale)
		const text = visibleLine(shown.text)
		const tooltip = shown.tooltip.map(visibleLine)
		const item = (this.#item ??= this.#create())
		item.text = `$(dashboard) ${escapeIcons(text)}`
		item.tooltip = tooltip.join("\n")
		item.accessibilityInformation = { label: [`Bedrock Tiers: ${text}`, ...tooltip].join(". ") }
		item.show()
	}

	#create(): vscode.StatusBarItem {
		const item = vscode.window.createStatusBarItem("bedrock-tiers.status", vscode.StatusBarAlignment.Right, 100)
		item.name = "Bedrock Tiers"
		item.command = "bedrock-tiers.selectServiceTier"
		return item
	}
}

/** The user can type any model id, and VS Code would render "$(…)" in it as an icon. */
function escapeIcons(text: string): string {
	return text.replaceAll("$(", "$ (")
}
