import { expect, test } from "vitest"
import { SCENES } from "./gallery/scenes"
import { renderScene } from "./gallery/show-scene"
import { loadMessages } from "./load-messages"

const CHAT_SCENES = Object.entries(SCENES).filter(([name]) => /^(chat|attachments|task)-/.test(name))

test.each(CHAT_SCENES)("The scene %s needs only the messages that are loaded at the start", async (_name, scene) => {
	const i18n = await loadMessages("en")
	const missing = new Set<string>()
	Object.assign(i18n.options, {
		saveMissing: true,
		missingKeyHandler: (_languages: string[], _namespace: string, key: string) => missing.add(key),
	})
	const element = document.body.appendChild(document.createElement("div"))
	element.style.height = "100%"
	const removeScene = await renderScene(scene, element, i18n)
	removeScene()
	element.remove()
	expect([...missing]).toEqual([])
})
