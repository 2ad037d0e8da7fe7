import { base64Length, MAX_IMAGE_BYTES, MAX_IMAGE_SIDE } from "@bedrock-tiers/core"
import * as z from "zod/mini"
import { problem } from "./problem"

/** What goes into a question besides its words. The content lies with the host, by its id; only facts are told of it. */

export const IMAGE_TYPES = {
	"image/png": "png",
	"image/jpeg": "jpg",
	"image/gif": "gif",
	"image/webp": "webp",
} as const
export type ImageType = keyof typeof IMAGE_TYPES

/** Of one question, images and texts together. */
export const MAX_ATTACHMENTS = 40

/** SHA-256 of what it is, so that nothing is there twice. */
export const attachmentIdSchema = z.string().check(z.regex(/^[0-9a-f]{64}$/, problem("is not the id of an attachment")))

const count = z.int().check(z.nonnegative())
const line = z.int().check(z.positive())
const name = z.string().check(z.minLength(1), z.maxLength(1_000))
const side = z.int().check(z.positive(), z.lte(MAX_IMAGE_SIDE))

export const attachmentSchema = z.discriminatedUnion("kind", [
	z.strictObject({
		kind: z.literal("image"),
		id: attachmentIdSchema,
		name,
		mediaType: z.enum(Object.keys(IMAGE_TYPES) as [ImageType, ...ImageType[]]),
		bytes: z.int().check(z.positive(), z.lte(MAX_IMAGE_BYTES)),
		/** Pixels. */
		width: side,
		height: side,
	}),
	/** A text of the editor, as it was when it was added. */
	z.strictObject({
		kind: z.literal("text"),
		id: attachmentIdSchema,
		/** As people know it: below the open folder, where it lies in one. */
		path: name,
		/** Null = the whole file. */
		lines: z.nullable(z.strictObject({ from: line, to: line })),
		characters: count,
		/** By its name, it usually holds passwords or keys. */
		mayBeSecret: z.boolean(),
	}),
])
export type Attachment = z.infer<typeof attachmentSchema>
export type ImageAttachment = Extract<Attachment, { kind: "image" }>
export type TextAttachment = Extract<Attachment, { kind: "text" }>

export const attachmentsSchema = z.array(attachmentSchema).check(z.maxLength(MAX_ATTACHMENTS))
/** Of what was added before, or belongs to a question of the chat that is open. */
export const attachmentIdsSchema = z.array(attachmentIdSchema).check(z.maxLength(MAX_ATTACHMENTS))

/** "image.png", "src/a.ts:12-40" */
export function attachmentName(attachment: Attachment): string {
	if (attachment.kind === "image") return attachment.name
	const { path, lines } = attachment
	if (!lines) return path
	return lines.from === lines.to ? `${path}:${lines.from}` : `${path}:${lines.from}-${lines.to}`
}

/** The file that its content lies in. */
export function attachmentFile(attachment: Attachment): string {
	return `${attachment.id}.${attachment.kind === "image" ? IMAGE_TYPES[attachment.mediaType] : "txt"}`
}

/** Where the content lies until it is sent; then it is beside this, in a folder by the chat's id. */
export const UNSENT_FOLDER = "unsent"

export const EDITOR_SOURCES = ["selection", "file"] as const
export type EditorSource = (typeof EDITOR_SOURCES)[number]

/** A question that nobody has sent yet, and one that is being put in other words. */
export const draftSchema = z.strictObject({
	/** Milliseconds since 1970, of its last change: of two that were kept, the later is the one. */
	at: z.number(),
	text: z.string().check(z.maxLength(1_000_000)),
	attachments: attachmentsSchema,
	editing: z.nullable(
		z.strictObject({
			messageId: z.string(),
			text: z.string().check(z.maxLength(1_000_000)),
			attachments: attachmentsSchema,
		}),
	),
})
export type Draft = z.infer<typeof draftSchema>

const requestId = z.string().check(z.minLength(1))

/** The first two are answered with `attached`, or with `refused`. */
export const attachmentToHostSchemas = [
	z.strictObject({
		type: z.literal("attach-image"),
		requestId,
		name: z.string().check(z.maxLength(200)),
		/** Base64. What kind of image it is, its bytes say. */
		data: z.string().check(z.minLength(1), z.maxLength(base64Length(MAX_IMAGE_BYTES))),
	}),
	/** What is selected in the editor, or a file that the person chooses then. */
	z.strictObject({ type: z.literal("attach-text"), requestId, source: z.enum(EDITOR_SOURCES) }),
	/** Of the chat that is open: answered with `attachment-text`. */
	z.strictObject({ type: z.literal("read-attachment"), id: attachmentIdSchema }),
	/** VS Code keeps what a page stores, but writes it late: what a reload must not lose is kept here, too. */
	z.strictObject({ type: z.literal("keep-draft"), draft: draftSchema }),
] as const

export const attachmentToWebviewSchemas = [
	/** Before the first `state`: what was kept last. */
	z.strictObject({ type: z.literal("draft"), draft: draftSchema }),
	z.strictObject({
		type: z.literal("attached"),
		/** Null = a command added it. */
		requestId: z.nullable(z.string()),
		/** Null = the person called it off. */
		attachment: z.nullable(attachmentSchema),
	}),
	z.strictObject({
		type: z.literal("attachment-text"),
		id: attachmentIdSchema,
		/** Null = it cannot be read any more. */
		text: z.nullable(z.string()),
	}),
] as const
