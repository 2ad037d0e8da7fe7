import { detail, englishDetails } from "@bedrock-tiers/error-details"
import { answer, chatView, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { expect, test } from "vitest"
import { SCENES } from "./gallery/scenes"
import { renderScene } from "./gallery/show-scene"
import { detailTexts } from "./i18n"
import { loadMessages, loadPageMessages } from "./load-messages"

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

const LANGUAGES = Object.keys(import.meta.glob("./locales/*.json")).map((path) => path.replace(/^.*\/|\.json$/g, ""))

test.each(LANGUAGES)("A stored failure is shown in the current language: %s", async (language) => {
	const details = [detail("request.quota", { model: "Nova" }), detail("request.aws-says", { message: "Wait." })]
	const failed = answer({
		text: "",
		status: "failed",
		request: null,
		error: { code: "quota-throttled", details },
	})
	const state = viewState({ chat: chatView({ messages: [failed] }) })
	const i18n = await loadMessages(language)
	// The component that shows failures waits for them once; it is loaded already.
	await loadPageMessages()
	const element = document.body.appendChild(document.createElement("div"))
	const removeScene = await renderScene((port) => port.say({ type: "state", state }), element, i18n)
	const shown = element.querySelector("[role=alert]")?.textContent
	removeScene()
	element.remove()
	const text = detailTexts(i18n)("request.quota")
	expect(text === englishDetails["request.quota"]).toBe(language === "en")
	expect(shown).toContain(`${text?.replace("{model}", "Nova")} `)
	expect(shown).toContain("Wait.")
})
