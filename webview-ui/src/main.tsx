import { createRoot } from "react-dom/client"
import { I18nextProvider } from "react-i18next"
import { App, preloadPages } from "./components/App"
import { preloadAttachments } from "./components/attachments/lazy-attachments"
import { preloadMarkdown } from "./components/markdown/Markdown"
import { StoreProvider } from "./components/store-context"
import { createI18n } from "./i18n"
import { createViewStore } from "./state/view-store"
import { createTransport, vscodePort } from "./transport"
import "./styles/base.css"
import "./styles/ui.css"
import "./styles/settings.css"
import "./styles/chat.css"
import "./styles/markdown.css"
import "./styles/history.css"

const root = document.getElementById("root")
if (root) {
	const store = createViewStore(createTransport(vscodePort()))
	store.start()
	createRoot(root).render(
		<I18nextProvider i18n={createI18n(document.documentElement.lang)}>
			<StoreProvider value={store}>
				<App />
			</StoreProvider>
		</I18nextProvider>,
	)
	preloadAttachments()
	preloadMarkdown()
	preloadPages()
}
