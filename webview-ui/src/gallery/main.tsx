import { createRoot } from "react-dom/client"
import { I18nextProvider } from "react-i18next"
import { App } from "../components/App"
import { StoreProvider } from "../components/store-context"
import { englishI18n } from "../testing/english"
import { createViewStore } from "../state/view-store"
import { fakePort } from "../testing/fake-port"
import { createTransport } from "../transport"
import { SCENES } from "./scenes"
import { BODY_CLASS, THEMES, type Theme } from "./themes"
import "../styles/base.css"
import "../styles/ui.css"
import "../styles/settings.css"
import "../styles/chat.css"
import "../styles/markdown.css"
import "../styles/history.css"
import "../styles/speed.css"

// For looking at, in development only: gallery.html?scene=chat-served&theme=dark shows one scene, no scene lists them.
const query = new URLSearchParams(location.search)
const theme = (query.get("theme") ?? "dark") as Theme
for (const [name, value] of Object.entries(THEMES[theme])) {
	document.documentElement.style.setProperty(`--vscode-${name}`, value)
}
document.body.className = BODY_CLASS[theme]
document.body.style.background = "var(--vscode-sideBar-background)"

const root = createRoot(document.getElementById("root") as HTMLElement)
const scene = SCENES[query.get("scene") ?? ""]
if (scene) {
	const port = fakePort()
	const store = createViewStore(createTransport(port))
	store.start()
	scene(port, store)
	root.render(
		<I18nextProvider i18n={englishI18n()}>
			<StoreProvider value={store}>
				<App />
			</StoreProvider>
		</I18nextProvider>,
	)
} else {
	root.render(
		<ul>
			{Object.keys(SCENES).map((name) => (
				<li key={name}>
					<a href={`?scene=${name}&theme=${theme}`}>{name}</a>
				</li>
			))}
		</ul>,
	)
}
