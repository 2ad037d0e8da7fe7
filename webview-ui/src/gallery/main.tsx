import { createRoot } from "react-dom/client"
import { SCENES } from "./scenes"
import { showScene } from "./show-scene"
import { THEMES, applyTheme, type Theme } from "./themes"

// Development only: gallery.html?scene=chat-served#dark shows one scene in one theme. Without a scene, it lists all.
const query = new URLSearchParams(location.search)
const themeFromHash = (): Theme => THEMES.find((theme) => location.hash === `#${theme}`) ?? "dark"

applyTheme(themeFromHash())
const element = document.getElementById("root") as HTMLElement
const scene = SCENES[query.get("scene") ?? ""]
if (scene) {
	await showScene(scene, element, query.get("language") ?? "en")
	/** The script that takes the screenshots waits for the `data-shown` attribute. */
	const applyThemeFromHash = () => {
		applyTheme(themeFromHash())
		document.documentElement.dataset.shown = themeFromHash()
	}
	applyThemeFromHash()
	addEventListener("hashchange", applyThemeFromHash)
} else {
	createRoot(element).render(
		<ul>
			{Object.keys(SCENES).map((name) => (
				<li key={name}>
					<a href={`?scene=${name}#${themeFromHash()}`}>{name}</a>
				</li>
			))}
		</ul>,
	)
}
