import { base64Length, MAX_IMAGE_BYTES, MAX_IMAGE_SIDE } from "@bedrock-tiers/core"
import * as z from "zod/mini"
import { problem } from "./problem"

/** Attachments of a prompt. The extension host stores the content by its id; messages contain only metadata. */

export const IMAGE_TYPES = {
	"image/png": "png",
	"image/jpeg": "jpg",
	"image/gif": "gif",
	"image/webp": "webp",
} as const
export type ImageType = keyof typeof IMAGE_TYPES

/** Maximum per prompt, images and texts together. */
export const MAX_ATTACHMENTS = 40

/** SHA-256 of the content, so that the same content is not stored twice. */
export const attachmentIdSchema = z.string().check(z.regex(/^[0-9a-f]{64}$/, problem("attachment-id")))

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
	/** Text from the editor, as it was when it was attached. */
	z.strictObject({
		kind: z.literal("text"),
		id: attachmentIdSchema,
		/** Display path: relative to the open folder when the file is in one. */
		path: name,
		/** `null` for the whole file. */
		lines: z.nullable(z.strictObject({ from: line, to: line })),
		characters: z.int().check(z.nonnegative()),
		/** The file name indicates that the file may contain passwords or keys. */
		mayBeSecret: z.boolean(),
	}),
])
export type Attachment = z.infer<typeof attachmentSchema>
export type ImageAttachment = Extract<Attachment, { kind: "image" }>
export type TextAttachment = Extract<Attachment, { kind: "text" }>

export const attachmentsSchema = z.array(attachmentSchema).check(z.maxLength(MAX_ATTACHMENTS))
/** Ids of attachments that were added before, or that belong to a prompt of the open chat. */
export const attachmentIdsSchema = z.array(attachmentIdSchema).check(z.maxLength(MAX_ATTACHMENTS))

/** Display name, for example "image.png" or "src/a.ts:12-40". */
export function attachmentName(attachment: Attachment): string {
	if (attachment.kind === "image") return attachment.name
	const { path, lines } = attachment
	if (!lines) return path
	return lines.from === lines.to ? `${path}:${lines.from}` : `${path}:${lines.from}-${lines.to}`
}

/** Name of the file that contains the content. */
export function attachmentFile(attachment: Attachment): string {
	return `${attachment.id}.${attachment.kind === "image" ? IMAGE_TYPES[attachment.mediaType] : "txt"}`
}

/** Folder of content that has not been sent. Sent content is in a sibling folder, which is named by the chat id. */
export const UNSENT_FOLDER = "unsent"

export const EDITOR_SOURCES = ["selection", "file"] as const
export type EditorSource = (typeof EDITOR_SOURCES)[number]

const unsent = { text: z.string().check(z.maxLength(1_000_000)), attachments: attachmentsSchema }

/** A prompt that has not been sent, and an earlier prompt that is being edited. */
export const draftSchema = z.strictObject({
	/** Time of the last change, in milliseconds since 1970. Of two stored drafts, the later one is used. */
	at: z.number(),
	...unsent,
	/** `null` when no prompt is being edited. */
	editing: z.nullable(z.strictObject({ messageId: z.string(), ...unsent })),
})
export type Draft = z.infer<typeof draftSchema>

const requestId = z.string().check(z.minLength(1))

/** The first two messages are answered with `attached` or `refused`. */
export const attachmentToHostSchemas = [
	z.strictObject({
		type: z.literal("attach-image"),
		requestId,
		name: z.string().check(z.maxLength(200)),
		/** Base64. The bytes determine the image type. */
		data: z.string().check(z.minLength(1), z.maxLength(base64Length(MAX_IMAGE_BYTES))),
	}),
	/** Attaches the editor selection, or a file that the user then selects. */
	z.strictObject({ type: z.literal("attach-text"), requestId, source: z.enum(EDITOR_SOURCES) }),
	/** Reads an attachment of the open chat. Answered with `attachment-text`. */
	z.strictObject({ type: z.literal("read-attachment"), id: attachmentIdSchema }),
	/** VS Code persists webview state late, so the host also stores the draft, which must survive a reload. */
	z.strictObject({ type: z.literal("keep-draft"), draft: draftSchema }),
] as const

export const attachmentToWebviewSchemas = [
	/** The last stored draft, sent before the first `state`. */
	z.strictObject({ type: z.literal("draft"), draft: draftSchema }),
	z.strictObject({
		type: z.literal("attached"),
		/** `null` when a command added the attachment. */
		requestId: z.nullable(z.string()),
		/** `null` when the user canceled. */
		attachment: z.nullable(attachmentSchema),
	}),
	z.strictObject({
		type: z.literal("attachment-text"),
		id: attachmentIdSchema,
		/** `null` when the text can no longer be read. */
		text: z.nullable(z.string()),
	}),
] as const
