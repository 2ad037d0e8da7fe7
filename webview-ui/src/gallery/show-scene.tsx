import type { i18n } from "i18next"
import { createRoot } from "react-dom/client"
import { I18nextProvider } from "react-i18next"
import { App } from "../components/App"
import { StoreProvider } from "../components/store-context"
import { createI18n, type LocaleMessages } from "../i18n"
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

const locales = import.meta.glob<LocaleMessages>("../locales/*.json", { import: "default" })

/** Renders the scene with all messages of the language. */
export async function showScene(scene: Scene, element: HTMLElement, language = "en"): Promise<() => void> {
	const messages = await locales[`../locales/${language}.json`]?.()
	if (!messages) throw new Error(`There are no words in ${language}.`)
	return renderScene(scene, element, createI18n(language, messages))
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
