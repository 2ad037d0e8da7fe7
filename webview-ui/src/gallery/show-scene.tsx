import type { i18n } from "i18next"
import { createRoot } from "react-dom/client"
import { I18nextProvider } from "react-i18next"
import { App } from "../components/App"
import { StoreProvider } from "../components/store-context"
import { addMessages, createI18n, type LocaleMessages, type PageMessages } from "../i18n"
import { createViewStore } from "../state/view-store"
import { fakePort } from "../testing/fake-port"
import { createTransport } from "../transport"
import { settled } from "../testing/settled"
import type { Scene } from "./scene"
import "../styles/base.css"
import "../styles/ui.css"
import "../styles/settings.css"
import "../styles/chat.css"
import "../styles/markdown.css"
import "../styles/history.css"
import "../styles/speed.css"
import "./webview-defaults.css"

const chatMessages = import.meta.glob<LocaleMessages>("../locales/*.json", { query: "?chat", import: "default" })
const pageMessages = import.meta.glob<PageMessages>("../locales/*.json", { query: "?pages", import: "default" })

/** Renders the scene with all messages of the language. */
export async function showScene(scene: Scene, element: HTMLElement, language = "en"): Promise<() => void> {
	const path = `../locales/${language}.json`
	const [chat, pages] = await Promise.all([chatMessages[path]?.(), pageMessages[path]?.()])
	if (!chat || !pages) throw new Error(`There are no messages in ${language}.`)
	const messages = createI18n(language, chat)
	addMessages(messages, pages)
	return renderScene(scene, element, messages)
}

/** Renders the whole webview in the element. Resolves when the page is at rest, with a function that removes it. */
export async function renderScene(scene: Scene, element: HTMLElement, messages: i18n): Promise<() => void> {
	const port = fakePort()
	const store = createViewStore(createTransport(port))
	const stop = store.start()
	const afterDrawing = scene(port, store)
	const root = createRoot(element)
	root.render(
		<I18nextProvider i18n={messages}>
			<StoreProvider value={store}>
				<App />
			</StoreProvider>
		</I18nextProvider>,
	)
	await settled()
	await afterDrawing?.()
	await document.fonts.ready
	await settled()
	return () => {
		stop()
		root.unmount()
	}
}
