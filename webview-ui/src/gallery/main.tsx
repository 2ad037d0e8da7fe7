import { createRoot } from "react-dom/client"
import { SCENES } from "./scenes"
import { showScene } from "./show-scene"
import { THEMES, wearTheme, type Theme } from "./themes"

// For looking at, in development only: gallery.html?scene=chat-served#dark shows one scene in one theme, no scene lists them.
const query = new URLSearchParams(location.search)
const named = (): Theme => THEMES.find((theme) => location.hash === `#${theme}`) ?? "dark"

wearTheme(named())
const element = document.getElementById("root") as HTMLElement
const scene = SCENES[query.get("scene") ?? ""]
if (scene) {
	await showScene(scene, element, query.get("language") ?? "en")
	// What takes the pictures waits for it.
	const dress = () => {
		wearTheme(named())
		document.documentElement.dataset.shown = named()
	}
	dress()
	addEventListener("hashchange", dress)
} else {
	createRoot(element).render(
		<ul>
			{Object.keys(SCENES).map((name) => (
				<li key={name}>
					<a href={`?scene=${name}#${named()}`}>{name}</a>
				</li>
			))}
		</ul>,
	)
}
