import type { ToWebview, ViewState } from "@bedrock-tiers/protocol"
import * as vscode from "vscode"
import type { HostLocale } from "./host-locale"
import { statusText } from "./status-text"

/**
 * Model, tier and cost of the open chat. Hidden until something of the extension was used in the window: it hears what the
 * webview hears, and that begins with the first state.
 */
export class StatusBar {
	readonly #locale: HostLocale
	#item: vscode.StatusBarItem | undefined
	#state: ViewState | undefined

	constructor(locale: HostLocale) {
		this.#locale = locale
	}

	take(message: ToWebview): void {
		if (message.type === "state") this.#state = message.state
		else if (message.type === "message" && this.#state)
			this.#state = { ...this.#state, chat: { ...this.#state.chat, usage: message.usage } }
		else return
		if (this.#state) this.#show(this.#state)
	}

	dispose(): void {
		this.#item?.dispose()
	}

	#show(state: ViewState): void {
		const { text, tooltip } = statusText(state, this.#locale)
		const item = (this.#item ??= this.#create())
		item.text = `$(dashboard) ${withoutIcons(text)}`
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

/** A model id may be anything the person typed; VS Code would draw an icon for "$(…)". */
function withoutIcons(text: string): string {
	return text.replaceAll("$(", "$ (")
}
