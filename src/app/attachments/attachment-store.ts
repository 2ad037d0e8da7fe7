import { createHash } from "node:crypto"
import { readdir, readFile, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { MAX_IMAGE_BYTES, MAX_IMAGE_SIDE } from "@bedrock-tiers/core"
import { detail } from "@bedrock-tiers/error-details"
import {
	attachmentFile,
	attachmentName,
	attachmentSchema,
	CHAT_ID,
	receive,
	UNSENT_FOLDER,
	type Attachment,
	type ImageAttachment,
	type TextAttachment,
} from "@bedrock-tiers/protocol"
import type { EditorText } from "../ports"
import { RequestRefused } from "../request-refused"
import { textRules } from "../workspace"
import { restrictFolder } from "../storage/private-files"
import { writeFileAtomic } from "../storage/write-file-atomic"
import { readImageFacts } from "./image-facts"

const UNSENT_DAYS = 90
const DAY_MS = 86_400_000

/**
 * Attachments of questions, as files. They are stored separately from the chats, so that a chat's file stays small.
 * Each chat has its own folder, which is deleted with the chat. Unsent attachments are in one folder for all windows
 * and are deleted after 90 days.
 */
export class AttachmentStore {
	readonly folder: string
	#isPruned = false

	constructor(folder: string) {
		this.folder = folder
		restrictFolder(folder)
	}

	/** Takes the media type from the image's bytes, not from its name. Throws RequestRefused. */
	async addImage(name: string, bytes: Buffer): Promise<ImageAttachment> {
		const facts = readImageFacts(bytes)
		if (!facts) throw new RequestRefused(detail("attachment.not-an-image"))
		if (bytes.length > MAX_IMAGE_BYTES)
			throw new RequestRefused(
				detail("attachment.image-too-large", { maxBytes: MAX_IMAGE_BYTES, bytes: bytes.length }),
			)
		const { width, height } = facts
		if (Math.max(width, height) > MAX_IMAGE_SIDE)
			throw new RequestRefused(detail("attachment.image-too-wide", { maxPixels: MAX_IMAGE_SIDE, width, height }))
		const id = sha256(bytes)
		const image: ImageAttachment = {
			kind: "image",
			id,
			name: name.trim() || `image.${facts.mediaType.split("/")[1]}`,
			bytes: bytes.length,
			...facts,
		}
		await this.#save(image, bytes)
		return image
	}

	/**
	 * The user chose the text, so any path and any content are allowed; a probable secret is marked. Throws
	 * RequestRefused.
	 */
	async addText({ path, lines, text }: EditorText): Promise<TextAttachment> {
		const { maxCharacters, looksSecret, visible } = await textRules()
		if (text.trim() === "") throw new RequestRefused(detail("attachment.empty-text"))
		if (text.length > maxCharacters)
			throw new RequestRefused(
				detail("attachment.text-too-long", { name: path, characters: text.length, maxCharacters }),
			)
		const attachment: TextAttachment = {
			kind: "text",
			id: sha256(JSON.stringify([path, lines, text])),
			path: visible(path).slice(-1_000),
			lines,
			characters: text.length,
			mayBeSecret: looksSecret(path),
		}
		await this.#save(attachment, text)
		return attachment
	}

	/**
	 * Attachments with these ids, in the order of the ids, without duplicates. Throws RequestRefused when one no
	 * longer exists.
	 * @param known attachments that the chat already has
	 */
	async find(ids: readonly string[], known: readonly Attachment[]): Promise<Attachment[]> {
		const found: Attachment[] = []
		for (const id of new Set(ids)) {
			const attachment = known.find((one) => one.id === id) ?? (await this.#unsent(id))
			if (!attachment) throw new RequestRefused(detail("attachment.gone"))
			found.push(attachment)
		}
		return found
	}

	/** Copies the attachments into the chat's folder. Throws RequestRefused when a content file no longer exists. */
	async copyToChat(chatId: string, attachments: readonly Attachment[], known: readonly Attachment[]): Promise<void> {
		const folder = this.#chatFolder(chatId)
		for (const attachment of attachments.filter(({ id }) => !known.some((one) => one.id === id))) {
			const file = attachmentFile(attachment)
			const content = await readFile(join(this.#unsentFolder, file)).catch((error: NodeJS.ErrnoException) => {
				if (error.code !== "ENOENT") throw error
				throw new RequestRefused(detail("attachment.named-gone", { name: attachmentName(attachment) }))
			})
			await writeFileAtomic(join(folder, file), content)
		}
	}

	/** `undefined` when the content can no longer be read. */
	async read(chatId: string, attachment: Attachment): Promise<Buffer | undefined> {
		return readFile(join(this.#chatFolder(chatId), attachmentFile(attachment))).catch(() => undefined)
	}

	async removeChat(chatId: string): Promise<void> {
		await rm(this.#chatFolder(chatId), { recursive: true, force: true })
	}

	async #unsent(id: string): Promise<Attachment | undefined> {
		try {
			const received = receive(attachmentSchema, JSON.parse(await readFile(this.#metadataFile(id), "utf8")))
			return received.ok && received.message.id === id ? received.message : undefined
		} catch {
			return undefined
		}
	}

	/** Writes the content before the metadata, so that metadata never exists without content. */
	async #save(attachment: Attachment, content: string | Uint8Array): Promise<void> {
		await this.#prune()
		await writeFileAtomic(join(this.#unsentFolder, attachmentFile(attachment)), content)
		await writeFileAtomic(this.#metadataFile(attachment.id), JSON.stringify(attachment))
	}

	/** Removes old unsent attachments, once per window. */
	async #prune(): Promise<void> {
		if (this.#isPruned) return
		this.#isPruned = true
		const oldest = Date.now() - UNSENT_DAYS * DAY_MS
		for (const name of await readdir(this.#unsentFolder).catch(() => [])) {
			const file = join(this.#unsentFolder, name)
			const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }))
			if (mtimeMs < oldest) await rm(file, { force: true }).catch(() => undefined)
		}
	}

	get #unsentFolder(): string {
		return join(this.folder, UNSENT_FOLDER)
	}

	#metadataFile(id: string): string {
		return join(this.#unsentFolder, `${id}.json`)
	}

	#chatFolder(chatId: string): string {
		// eslint-disable-next-line bedrock-tiers/untranslated-text -- only a programming error can cause it
		if (!CHAT_ID.test(chatId)) throw new Error("A chat's id is a UUID.")
		return join(this.folder, chatId)
	}
}

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex")
