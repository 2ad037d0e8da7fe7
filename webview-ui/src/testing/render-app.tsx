import type { ShownView, ToWebview, ViewState } from "@bedrock-tiers/protocol"
import { I18nextProvider } from "react-i18next"
import { userEvent, type Locator } from "vitest/browser"
import { render } from "vitest-browser-react"
import { App } from "../components/App"
import { StoreProvider } from "../components/store-context"
import { englishI18n } from "./english"
import { createViewStore } from "../state/view-store"
import { createTransport } from "../transport"
import { fakePort } from "./fake-port"
import { viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { settled } from "./settled"
import "../styles/base.css"
import "../styles/ui.css"
import "../styles/settings.css"
import "../styles/chat.css"
import "../styles/markdown.css"
import "../styles/history.css"
import "../styles/speed.css"

/** Renders the whole page with a fake host that has answered `ready`. */
export async function renderApp(state: ViewState = viewState(), page: ShownView = "chat", port = fakePort()) {
	const store = createViewStore(createTransport(port))
	store.start()
	const messages: ToWebview[] = [
		{ type: "state", state },
		{ type: "show", view: page },
	]
	messages.forEach(port.say)
	// As high as the viewport, as in VS Code, so that the message list scrolls and not the page.
	const container = document.body.appendChild(document.createElement("div"))
	container.style.height = "100%"
	const screen = await render(
		<I18nextProvider i18n={englishI18n()}>
			<StoreProvider value={store}>
				<App />
			</StoreProvider>
		</I18nextProvider>,
		{ container },
	)
	await settled()
	/** The last posted message of a type. */
	const posted = <Type extends (typeof port.posted)[number]["type"]>(type: Type) =>
		port.posted.findLast(
			(message): message is Extract<(typeof port.posted)[number], { type: Type }> => message.type === type,
		)
	return { screen, port, store, posted }
}

/** The text that a closed `<select>` shows. */
export function shownBy(select: Element): string {
	return (select as HTMLSelectElement).selectedOptions[0]?.text ?? ""
}

/** Searches the list of models and selects the first match. */
export async function chooseModel(box: Locator, query: string) {
	await box.fill(query)
	await userEvent.keyboard("{Enter}")
}
