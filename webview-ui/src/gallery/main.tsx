import { createRoot } from "react-dom/client"
import { SCENES } from "./scenes"
import { showScene } from "./show-scene"
import { THEMES, wearTheme, type Theme } from "./themes"

// For looking at, in development only: gallery.html?scene=chat-served&theme=dark shows one scene, no scene lists them.
const query = new URLSearchParams(location.search)
const named = query.get("theme")
const theme: Theme = THEMES.find((each) => each === named) ?? "dark"
wearTheme(theme)

const element = document.getElementById("root") as HTMLElement
const scene = SCENES[query.get("scene") ?? ""]
if (scene) {
	await showScene(scene, element)
	// What takes the pictures waits for it.
	document.documentElement.dataset.shown = "true"
} else {
	createRoot(element).render(
		<ul>
			{Object.keys(SCENES).map((name) => (
				<li key={name}>
					<a href={`?scene=${name}&theme=${theme}`}>{name}</a>
				</li>
			))}
		</ul>,
	)
}
