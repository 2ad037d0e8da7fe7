import { createRoot } from "react-dom/client"
import { I18nextProvider } from "react-i18next"
import { App, preloadPages } from "./components/App"
import { preloadAttachments } from "./components/attachments/lazy-attachments"
import { preloadMarkdown } from "./components/markdown/Markdown"
import { StoreProvider } from "./components/store-context"
import { loadMessages } from "./load-messages"
import { createViewStore } from "./state/view-store"
import { createTransport, vscodePort } from "./transport"
import "./styles/base.css"
import "./styles/ui.css"
import "./styles/settings.css"
import "./styles/chat.css"
import "./styles/markdown.css"
import "./styles/history.css"
import "./styles/speed.css"

const root = document.getElementById("root")
if (root) void start(root)

async function start(root: HTMLElement): Promise<void> {
	const store = createViewStore(createTransport(vscodePort()))
	// The extension host answers while the messages are being loaded.
	store.start()
	const i18n = await loadMessages(document.documentElement.lang)
	createRoot(root).render(
		<I18nextProvider i18n={i18n}>
			<StoreProvider value={store}>
				<App />
			</StoreProvider>
		</I18nextProvider>,
	)
	preloadAttachments()
	preloadMarkdown()
	preloadPages()
}
