import { SELECTABLE_TIERS } from "@bedrock-tiers/core"
import * as z from "zod/mini"
import { attachmentIdsSchema, attachmentToHostSchemas, attachmentToWebviewSchemas } from "./attachments"
import { historyToHostSchemas, historyToWebviewSchemas } from "./history"
import { tierRequestSchema, tierRefusalSchema } from "./refusals"
import { connectionTestSchema } from "./connection-test"
import { profileNameSchema } from "./profiles"
import { apiKeySchema, staticKeysSchema } from "./secrets"
import { profileSettingsSchema } from "./settings"
import { speedsToHostSchemas, speedsToWebviewSchemas } from "./speeds"
import { exportReportSchema } from "./transfer"
import { chatMessageSchema, taskUsageSchema, viewStateSchema } from "./view-state"

const nonEmpty = z.string().check(z.minLength(1))
const trimmed = z.string().check(z.trim(), z.minLength(1))

/** From the webview to the host. */
export const toHostSchema = z.discriminatedUnion("type", [
	/** The webview has started: answered with `state`. */
	z.strictObject({ type: z.literal("ready") }),
	/** Answered with `saved` and `state`, or with `refused`. */
	z.strictObject({
		type: z.literal("save-settings"),
		requestId: nonEmpty,
		profileId: nonEmpty,
		settings: profileSettingsSchema,
		/** What was stored when the editing began: what did not change since then is left as it is stored now. */
		base: z.optional(profileSettingsSchema),
		/** Absent = keep what is stored; null = remove it. */
		apiKey: z.optional(z.nullable(apiKeySchema)),
		/** Absent = keep what is stored; null = remove them. */
		staticKeys: z.optional(z.nullable(staticKeysSchema)),
	}),
	z.strictObject({ type: z.literal("select-profile"), profileId: nonEmpty }),
	/** A new profile with default settings, which is in use then. These four are answered with `done` and `state`, or with `refused`. */
	z.strictObject({ type: z.literal("add-profile"), requestId: nonEmpty, name: profileNameSchema }),
	z.strictObject({
		type: z.literal("rename-profile"),
		requestId: nonEmpty,
		profileId: nonEmpty,
		name: profileNameSchema,
	}),
	/** With its settings and without its secrets; the new one is in use then. */
	z.strictObject({
		type: z.literal("duplicate-profile"),
		requestId: nonEmpty,
		profileId: nonEmpty,
		name: profileNameSchema,
	}),
	/** With its secrets. Refused where it is the last one. */
	z.strictObject({ type: z.literal("delete-profile"), requestId: nonEmpty, profileId: nonEmpty }),
	/**
	 * Asks Bedrock the smallest question by the profile as it is stored, which is billed; one that is still running ends.
	 * Answered with `connection-test`, more than once.
	 */
	z.strictObject({ type: z.literal("test-connection"), profileId: nonEmpty }),
	z.strictObject({ type: z.literal("stop-test") }),
	/** Lets the person choose a file of Roo Code's settings: answered with `state`, or with `refused`. */
	z.strictObject({ type: z.literal("choose-import") }),
	/** Adds profiles of the chosen file, by their names in it: answered with `state`. */
	z.strictObject({ type: z.literal("import-profiles"), names: z.array(z.string()) }),
	z.strictObject({ type: z.literal("leave-import") }),
	/** Writes a file for Roo Code where the person says: answered with `exported`, or not at all. */
	z.strictObject({
		type: z.literal("export-profiles"),
		profileIds: z.array(nonEmpty).check(z.minLength(1)),
		/** Keys are in the file then, in the clear. */
		withSecrets: z.boolean(),
	}),
	z.strictObject({ type: z.literal("send"), text: trimmed, attachments: z.optional(attachmentIdsSchema) }),
	/** Asks the last question again, whose answer failed, on the tier. */
	z.strictObject({
		type: z.literal("retry"),
		tier: z.enum(SELECTABLE_TIERS),
		/** Once more, although the task has reached its limit. */
		beyondLimit: z.optional(z.boolean()),
	}),
	/** Asks a question in other words: it and all after it are left out of the conversation. Answered with `state`. */
	z.strictObject({
		type: z.literal("edit"),
		messageId: nonEmpty,
		text: trimmed,
		/** All that it has then. */
		attachments: z.optional(attachmentIdsSchema),
	}),
	/** Asks the last question again, on the tier, and leaves what answered it out. The id is the last answer's: no other is. */
	z.strictObject({ type: z.literal("answer-again"), messageId: nonEmpty, tier: z.enum(SELECTABLE_TIERS) }),
	z.strictObject({ type: z.literal("stop") }),
	z.strictObject({ type: z.literal("new-chat") }),
	/** Whether the model may read in the workspace, in the chat that is open. Answered with `state`. */
	z.strictObject({ type: z.literal("allow-tools"), allowed: z.boolean() }),
	/** The tier of the chat that is open; null = the profile's. Answered with `state`. */
	z.strictObject({ type: z.literal("choose-chat-tier"), tier: z.nullable(z.enum(SELECTABLE_TIERS)) }),
	/** Reads AWS's price list for the active profile's region: the one request that goes elsewhere than to Bedrock. */
	z.strictObject({ type: z.literal("refresh-prices") }),
	/** Back to the built-in catalog for the active profile's region. */
	z.strictObject({ type: z.literal("remove-refreshed-prices") }),
	/** Forgets that the tier was refused: answered with `refusals`. */
	z.strictObject({ type: z.literal("forget-refusal"), profileId: nonEmpty, tierRequest: tierRequestSchema }),
	...attachmentToHostSchemas,
	...historyToHostSchemas,
	...speedsToHostSchemas,
])
export type ToHost = z.infer<typeof toHostSchema>

/** What a command can ask for; `usage` is the chat with what it cost laid open. */
export const SHOWN_VIEWS = ["chat", "settings", "usage", "history"] as const
export type ShownView = (typeof SHOWN_VIEWS)[number]

/** From the host to the webview. */
export const toWebviewSchema = z.discriminatedUnion("type", [
	/** Everything: after `ready`, and whenever more than a message changed. */
	z.strictObject({ type: z.literal("state"), state: viewStateSchema }),
	/** More of a streaming answer: it goes to its last part where that is of the kind and not ended, else it begins one. */
	z.strictObject({
		type: z.literal("delta"),
		messageId: z.string(),
		kind: z.enum(["text", "reasoning"]),
		text: z.string(),
	}),
	/** A message is new or has reached its final form: replaces the one with its id, or goes to the end. */
	z.strictObject({
		type: z.literal("message"),
		message: chatMessageSchema,
		busy: z.boolean(),
		usage: taskUsageSchema,
	}),
	/** Remembered refusals have changed: all that there are now. */
	z.strictObject({ type: z.literal("refusals"), refusals: z.array(tierRefusalSchema) }),
	z.strictObject({ type: z.literal("saved"), requestId: z.string() }),
	/** What the message asked for was done. */
	z.strictObject({ type: z.literal("done"), requestId: z.string() }),
	z.strictObject({ type: z.literal("connection-test"), profileId: nonEmpty, test: connectionTestSchema }),
	z.strictObject({ type: z.literal("exported"), report: exportReportSchema }),
	/** A message did not fit, or could not be done; nothing was changed. */
	z.strictObject({
		type: z.literal("refused"),
		/** Null = the message had none that could be read. */
		requestId: z.nullable(z.string()),
		/** Path of the field that is wrong, as "settings.region"; empty = the whole message. */
		field: z.string(),
		message: z.string(),
	}),
	/** A command asks for a view. */
	z.strictObject({ type: z.literal("show"), view: z.enum(SHOWN_VIEWS) }),
	...attachmentToWebviewSchemas,
	...historyToWebviewSchemas,
	...speedsToWebviewSchemas,
])
export type ToWebview = z.infer<typeof toWebviewSchema>
