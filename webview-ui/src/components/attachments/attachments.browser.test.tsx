import { textDetail } from "@bedrock-tiers/error-details"
import type { Attachment, ChatMessage } from "@bedrock-tiers/protocol"
import { beforeEach, describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { fakePort, type FakePort } from "../../testing/fake-port"
import { renderApp } from "../../testing/render-app"
import {
	chatView,
	EVERY_IMAGE,
	imageAttachment,
	profile,
	textAttachment,
	viewState,
} from "@bedrock-tiers/test-kit/samples/view-state"
import { settled } from "../../testing/settled"

const NOVA = "amazon.nova-lite-v1:0"
const image = imageAttachment()
const text = textAttachment()
/** Base64 of "PNG". */
const BASE64 = "UE5H"

beforeEach(() => {
	document.body.dataset.attachments = EVERY_IMAGE
})

type Options = { readonly messages?: ChatMessage[]; readonly modelId?: string }

async function renderChat({ messages = [], modelId = NOVA }: Options = {}, port: FakePort = fakePort()) {
	const app = await renderApp(
		viewState({ profiles: [profile({ modelId })], chat: chatView({ messages }) }),
		"chat",
		port,
	)
	const { screen } = app
	const button = (name: string) => screen.getByRole("button", { name, exact: true })
	// The attachment tools are loaded after the page.
	await expect.element(button("Add image")).toBeVisible()
	const message = screen.getByRole("textbox", { name: "Message" })
	const box = () => screen.container.querySelector(".composer vscode-text-area") as HTMLElement
	/** Sends the host's answer to the last attach request. */
	const attach = (attachment: Attachment | null) => {
		const attachRequest = port.posted.findLast(({ type }) => type === "attach-image" || type === "attach-text")
		const requestId = attachRequest && "requestId" in attachRequest ? attachRequest.requestId : null
		port.say({ type: "attached", requestId, attachment })
	}
	return { ...app, button, message, box, attach }
}

const file = (name = "shot.png", type = "image/png", content: BlobPart = "PNG") => new File([content], name, { type })

function transfer(files: readonly File[], plainText?: string): DataTransfer {
	const data = new DataTransfer()
	for (const one of files) data.items.add(one)
	if (plainText !== undefined) data.setData("text/plain", plainText)
	return data
}

/** Dispatches the event inside the text box's shadow root, as the browser does. */
function paste(box: HTMLElement, clipboardData: DataTransfer): ClipboardEvent {
	const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true })
	box.shadowRoot?.querySelector("textarea")?.dispatchEvent(event)
	return event
}

function drop(box: HTMLElement, dataTransfer: DataTransfer): DragEvent[] {
	return ["dragover", "drop"].map((kind) => {
		const event = new DragEvent(kind, { dataTransfer, bubbles: true, composed: true, cancelable: true })
		box.dispatchEvent(event)
		return event
	})
}

const focused = () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.localName

describe("An image", () => {
	test("is posted to the host when it is pasted, is shown in the composer, and is sent with the text", async () => {
		const { box, message, button, posted, attach, screen } = await renderChat()
		expect(paste(box(), transfer([file()])).defaultPrevented).toBe(true)
		await expect.poll(() => posted("attach-image")).toMatchObject({ name: "shot.png", data: BASE64 })
		await expect.element(screen.getByText("Adding…")).toBeVisible()
		attach(image)
		await expect.element(button("Remove screenshot.png")).toBeVisible()
		await message.fill("What is this?")
		await userEvent.keyboard("{Enter}")
		expect(posted("send")).toEqual({ type: "send", text: "What is this?", attachments: [image.id] })
		await expect.element(button("Remove screenshot.png")).not.toBeInTheDocument()
	})

	test("is posted to the host when it is dropped; another file is not posted, and the reason names it", async () => {
		const { box, posted, port, screen } = await renderChat()
		const events = drop(box(), transfer([file("a.pdf", "application/pdf"), file("b.gif", "image/gif")]))
		expect(events.map(({ defaultPrevented }) => defaultPrevented)).toEqual([true, true])
		await expect.poll(() => posted("attach-image")?.name).toBe("b.gif")
		drop(box(), transfer([file("c.svg", "image/svg+xml")]))
		await expect.element(screen.getByRole("alert")).toHaveTextContent("c.svg is no PNG, JPEG, GIF or WebP image.")
		expect(port.posted.filter(({ type }) => type === "attach-image")).toHaveLength(1)
	})

	test("is ignored when the clipboard also has text, and the text is pasted", async () => {
		const { box, port } = await renderChat()
		expect(paste(box(), transfer([file()], "A1\tB1")).defaultPrevented).toBe(false)
		drop(box(), transfer([], "words"))
		await settled()
		expect(port.posted.filter(({ type }) => type === "attach-image")).toEqual([])
	})

	test("is read up to 3,932,160 bytes and refused before it is read above that", async () => {
		const { box, posted, port, screen } = await renderChat()
		paste(box(), transfer([file("large.png", "image/png", new Uint8Array(3_932_161))]))
		await expect
			.element(screen.getByRole("alert"))
			.toHaveTextContent("large.png has 3,932,161 bytes; an image may have 3,932,160 at most. Make it smaller.")
		expect(port.posted.some(({ type }) => type === "attach-image")).toBe(false)
		paste(box(), transfer([file("just.png", "image/png", new Uint8Array(3_932_160))]))
		await expect.poll(() => posted("attach-image")?.data.length).toBe(5_242_880)
		await expect.element(screen.getByRole("alert")).not.toBeInTheDocument()
	})

	test("is posted to the host when it is chosen in the file dialog", async () => {
		const { screen, posted } = await renderChat()
		const input = screen.container.querySelector<HTMLInputElement>(".composer input[type=file]")
		expect(input?.accept).toBe("image/png,image/jpeg,image/gif,image/webp")
		await userEvent.upload(input as HTMLElement, file("chosen.webp", "image/webp"))
		await expect.poll(() => posted("attach-image")?.name).toBe("chosen.webp")
	})

	test("is not added when the host refuses it; the composer shows the reason until the next attempt", async () => {
		const { box, posted, port, screen, button } = await renderChat()
		paste(box(), transfer([file()]))
		await expect.poll(() => posted("attach-image")).toBeDefined()
		const requestId = posted("attach-image")?.requestId ?? ""
		port.say({
			type: "refused",
			requestId,
			field: "",
			details: [textDetail("An image may have 8,000 pixels a side at most.")],
		})
		await expect.element(screen.getByRole("alert")).toHaveTextContent("8,000 pixels a side")
		await button("Add selection").click()
		await expect.element(screen.getByRole("alert")).not.toBeInTheDocument()
	})

	test.each([
		["openai.gpt-oss-120b-1:0", "gpt-oss-120b does not take images."],
		["made.up-model-v1:0", "It is not known whether made.up-model-v1:0 takes images, so none are sent to it."],
	])("has a warning before it is sent when %s is not known to accept images", async (modelId, warning) => {
		const { attach, button, screen } = await renderChat({ modelId })
		await expect.element(screen.getByText(warning)).not.toBeInTheDocument()
		attach(image)
		await expect.element(screen.getByText(warning)).toBeVisible()
		await button("Remove screenshot.png").click()
		await expect.element(screen.getByText(warning)).not.toBeInTheDocument()
	})

	test("has a warning before it is sent when it is the 21st of a message", async () => {
		const { attach, screen } = await renderChat()
		const add = (index: number) =>
			attach(imageAttachment({ id: String(index).padStart(64, "0"), name: `${index}.png` }))
		for (let index = 1; index <= 20; index++) add(index)
		await expect.element(screen.getByText("20 added")).toBeVisible()
		await expect.element(screen.getByText("A message takes 20 images at most.")).not.toBeInTheDocument()
		add(21)
		await expect.element(screen.getByText("A message takes 20 images at most.")).toBeVisible()
	})
})

describe("Attachments in the composer", () => {
	test("are removed by keyboard; the focus moves to the next one, the previous one or the text box", async () => {
		const { attach, button, message, box } = await renderChat()
		const third = imageAttachment({ id: "3".repeat(64), name: "third.png" })
		for (const one of [image, text, third]) attach(one)
		await expect.element(button("Remove third.png")).toBeVisible()
		;(button("Remove src/a.ts:12-40").element() as HTMLElement).focus()
		await userEvent.keyboard("{Enter}")
		await expect.poll(focused).toBe("Remove third.png")
		await userEvent.keyboard("{Enter}")
		await expect.poll(focused).toBe("Remove screenshot.png")
		await userEvent.keyboard("{Enter}")
		await expect.poll(() => document.activeElement).toBe(box())
		await userEvent.keyboard("Go")
		await expect.element(message).toHaveValue("Go")
	})

	test("do not take the focus from the text box when they are added", async () => {
		const { box, message, posted, attach, button } = await renderChat()
		await message.click()
		paste(box(), transfer([file()]))
		await expect.poll(() => posted("attach-image")).toBeDefined()
		attach(image)
		await expect.element(button("Remove screenshot.png")).toBeVisible()
		expect(document.activeElement).toBe(box())
	})

	test("are shown once when they are added twice, and a cancelled file dialog adds none", async () => {
		const { attach, button, screen } = await renderChat()
		attach(text)
		await button("Add file").click()
		attach(text)
		await button("Add file").click()
		attach(null)
		await expect.element(screen.getByText("1 added")).toBeVisible()
	})

	test("are restored with the text after a visit to the settings and after a reload of the page", async () => {
		const port = fakePort()
		const before = await renderChat({}, port)
		before.attach(image)
		before.attach(text)
		await before.message.fill("Half a th")
		port.say({ type: "show", view: "settings" })
		await before.button("Chat").click()
		await expect.element(before.button("Remove screenshot.png")).toBeVisible()
		await before.screen.unmount()
		const { button, message } = await renderChat({}, port)
		await expect.element(button("Remove screenshot.png")).toBeVisible()
		await expect.element(button("Remove src/a.ts:12-40")).toBeVisible()
		await expect.element(message).toHaveValue("Half a th")
	})

	test("return with the text when the host refuses the question", async () => {
		const { attach, button, message, port } = await renderChat()
		attach(image)
		await message.fill("What is this?")
		await button("Send").click()
		port.say({
			type: "refused",
			requestId: null,
			field: "",
			details: [textDetail("screenshot.png is no longer there.")],
		})
		await expect.element(button("Remove screenshot.png")).toBeVisible()
		await expect.element(message).toHaveValue("What is this?")
	})

	test("cannot be sent while another one is being added", async () => {
		const { attach, button, message, posted } = await renderChat()
		await message.fill("What is this?")
		await button("Add selection").click()
		await expect.element(button("Send")).toBeDisabled()
		await message.click()
		await userEvent.keyboard("{Enter}")
		expect(posted("send")).toBeUndefined()
		attach(text)
		await expect.element(button("Send")).toBeEnabled()
	})

	test("have a warning that names one that may contain secrets", async () => {
		const { attach, screen } = await renderChat()
		attach(textAttachment({ path: "app/.env", lines: null, mayBeSecret: true }))
		await expect.element(screen.getByText("app/.env may hold secrets. The model gets it as it is.")).toBeVisible()
	})
})

describe("A sent question", () => {
	const question = { role: "user", id: "q1", text: "What is this?", attachments: [image, text] } as const
	const messages = [{ ...question, attachments: [...question.attachments] }]

	test("shows its image, opens it larger in a dialog, and gets the focus back with Escape", async () => {
		const { button, screen } = await renderChat({ messages })
		await expect.element(screen.getByRole("img", { name: "screenshot.png" })).toBeVisible()
		;(button("Show screenshot.png larger").element() as HTMLElement).focus()
		await userEvent.keyboard("{Enter}")
		await expect.element(screen.getByRole("dialog", { name: "screenshot.png" })).toBeVisible()
		await userEvent.keyboard("{Escape}")
		await expect.element(screen.getByRole("dialog")).not.toBeInTheDocument()
		expect(focused()).toBe("Show screenshot.png larger")
	})

	test("requests the text of an attachment once, when it is first expanded", async () => {
		const { screen, port, posted } = await renderChat({ messages })
		await screen.getByText("src/a.ts:12-40").click()
		await expect.poll(() => posted("read-attachment")).toEqual({ type: "read-attachment", id: text.id })
		port.say({ type: "attachment-text", id: text.id, text: "const a = 1" })
		await expect.element(screen.getByText("const a = 1")).toBeVisible()
		await screen.getByText("src/a.ts:12-40").click()
		await screen.getByText("src/a.ts:12-40").click()
		await expect.element(screen.getByText("const a = 1")).toBeVisible()
		expect(port.posted.filter(({ type }) => type === "read-attachment")).toHaveLength(1)
	})

	test("shows which of its attachments no longer exist", async () => {
		document.body.dataset.attachments = "data:text/plain,none#"
		const { screen, port } = await renderChat({ messages })
		await expect.element(screen.getByText("screenshot.png is no longer there.")).toBeVisible()
		await screen.getByText("src/a.ts:12-40").click()
		port.say({ type: "attachment-text", id: text.id, text: null })
		await expect.element(screen.getByText("src/a.ts:12-40 is no longer there.")).toBeVisible()
	})

	test("keeps its attachments when it is edited, except removed ones, and accepts new ones", async () => {
		const { button, posted, screen, port } = await renderChat({ messages })
		await button("Edit the question").click()
		const editor = screen.getByRole("textbox", { name: "The question in other words" })
		await expect.element(editor).toHaveValue("What is this?")
		await button("Remove screenshot.png").click()
		await settled()
		const box = screen.container.querySelector(".question-editor vscode-text-area") as HTMLElement
		paste(box, transfer([file()]))
		await expect.poll(() => posted("attach-image")).toBeDefined()
		const more = imageAttachment({ id: "4".repeat(64), name: "more.png" })
		port.say({ type: "attached", requestId: posted("attach-image")?.requestId ?? "", attachment: more })
		await expect.element(button("Remove more.png")).toBeVisible()
		await button("Ask this instead").click()
		expect(posted("edit")).toEqual({
			type: "edit",
			messageId: "q1",
			text: "What is this?",
			attachments: [text.id, more.id],
		})
	})
})
