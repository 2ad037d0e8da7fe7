import { textDetail } from "@bedrock-tiers/error-details"
import type { Attachment, ViewState } from "@bedrock-tiers/protocol"
import {
	answer,
	chatView,
	EVERY_IMAGE,
	imageAttachment,
	profile,
	textAttachment,
	usage,
	viewState,
} from "@bedrock-tiers/test-kit/samples/view-state"
import type { Scene } from "./scene"

const NOVA = "amazon.nova-pro-v1:0"
const WIDE = imageAttachment({ id: "3".repeat(64), name: "the-whole-screen-of-a-very-wide-display-2026-11-23.png" })
const SECRET = textAttachment({ id: "4".repeat(64), path: "packages/app/.env.local", lines: null, mayBeSecret: true })

/** A draft with attachments. */
const draft =
	(attachments: readonly Attachment[], modelId = NOVA, next: Scene = () => {}): Scene =>
	(port, store) => {
		document.body.dataset.attachments = EVERY_IMAGE
		port.say({ type: "state", state: viewState({ profiles: [profile({ modelId })] }) })
		for (const attachment of attachments) port.say({ type: "attached", requestId: null, attachment })
		store.typeMessage("What is wrong here?")
		next(port, store)
	}

function sent(part: Partial<ViewState> = {}): ViewState {
	const attachments = [textAttachment(), imageAttachment(), WIDE]
	const messages = [
		{ role: "user", id: "q1", text: "What is wrong here?", attachments } as const,
		answer({ id: "a1" }),
	]
	return viewState({
		profiles: [profile({ modelId: NOVA })],
		chat: chatView({ title: "What is wrong here?", messages: [...messages], usage: usage(0.0012) }),
		...part,
	})
}

export const ATTACHMENT_SCENES: Record<string, Scene> = {
	"attachments-draft": draft([textAttachment(), imageAttachment(), WIDE]),
	"attachments-secret": draft([SECRET]),
	"attachments-model-takes-none": draft([imageAttachment()], "openai.gpt-oss-120b-1:0"),
	"attachments-adding": draft([imageAttachment()], NOVA, (_port, store) => store.attachText(null, "selection")),
	"attachments-refused": draft([imageAttachment()], NOVA, (_port, store) =>
		store.refuseAttachment(null, textDetail("notes.pdf is no PNG, JPEG, GIF or WebP image.")),
	),
	"attachments-sent": (port) => {
		document.body.dataset.attachments = EVERY_IMAGE
		port.say({ type: "state", state: sent() })
	},
	"attachments-gone": (port) => {
		document.body.dataset.attachments = "data:text/plain,none#"
		port.say({ type: "state", state: sent() })
	},
	"attachments-edited": (port, store) => {
		document.body.dataset.attachments = EVERY_IMAGE
		const state = sent()
		port.say({ type: "state", state })
		const [question] = state.chat.messages
		if (question?.role === "user") store.editQuestion(question)
	},
}
