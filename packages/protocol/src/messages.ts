import { SELECTABLE_TIERS } from "@bedrock-tiers/core"
import * as z from "zod/mini"
import { attachmentIdsSchema, attachmentToHostSchemas, attachmentToWebviewSchemas } from "./attachments"
import { historyToHostSchemas, historyToWebviewSchemas } from "./history"
import { tierRequestSchema, tierRefusalSchema } from "./refusals"
import { connectionTestSchema } from "./connection-test"
import { errorDetailsSchema } from "./error-detail-schema"
import { profileNameSchema } from "./profiles"
import { apiKeySchema, staticKeysSchema } from "./secrets"
import { profileSettingsSchema } from "./settings"
import { speedsToHostSchemas, speedsToWebviewSchemas } from "./speeds"
import { exportReportSchema } from "./transfer"
import { viewChangesSchema } from "./view-changes"
import { answerPartSchema, chatMessageSchema, taskUsageSchema, viewStateSchema } from "./view-state"

const nonEmpty = z.string().check(z.minLength(1))
const namedProfile = { requestId: nonEmpty, profileId: nonEmpty, name: profileNameSchema }
const question = {
	text: z.string().check(z.trim(), z.minLength(1)),
	/** All attachments of the prompt. */
	attachments: z.optional(attachmentIdsSchema),
}

/** Messages from the webview to the extension host. */
export const toHostSchema = z.discriminatedUnion("type", [
	/** The webview has started. Answered with `state`. */
	z.strictObject({ type: z.literal("ready") }),
	/** Answered with `saved` and `state-changed`, or with `refused`. */
	z.strictObject({
		type: z.literal("save-settings"),
		requestId: nonEmpty,
		profileId: nonEmpty,
		settings: profileSettingsSchema,
		/** Settings stored when editing began. Settings that did not change since then keep the value stored now. */
		base: z.optional(profileSettingsSchema),
		/** Absent: keep the stored key. `null`: remove it. */
		apiKey: z.optional(z.nullable(apiKeySchema)),
		/** Absent: keep the stored keys. `null`: remove them. */
		staticKeys: z.optional(z.nullable(staticKeysSchema)),
	}),
	z.strictObject({ type: z.literal("select-profile"), profileId: nonEmpty }),
	/**
	 * Adds a profile with default settings and activates it. This and the next three messages are answered with `done`
	 * and `state-changed`, or with `refused`.
	 */
	z.strictObject({ type: z.literal("add-profile"), requestId: nonEmpty, name: profileNameSchema }),
	z.strictObject({ type: z.literal("rename-profile"), ...namedProfile }),
	/** Copies the settings but not the secrets, and activates the new profile. */
	z.strictObject({ type: z.literal("duplicate-profile"), ...namedProfile }),
	/** Deletes the profile and its secrets. Refused for the last profile. */
	z.strictObject({ type: z.literal("delete-profile"), requestId: nonEmpty, profileId: nonEmpty }),
	/**
	 * Sends a minimal request with the stored profile, which is billed. A test that is still running ends. Answered
	 * with several `connection-test` messages.
	 */
	z.strictObject({ type: z.literal("test-connection"), profileId: nonEmpty }),
	z.strictObject({ type: z.literal("stop-test") }),
	/** Lets the user select a Roo Code settings file. Answered with `state-changed` or `refused`. */
	z.strictObject({ type: z.literal("choose-import") }),
	/** Adds profiles from the selected file, identified by their names in it. Answered with `state-changed`. */
	z.strictObject({ type: z.literal("import-profiles"), names: z.array(z.string()) }),
	z.strictObject({ type: z.literal("leave-import") }),
	/** Writes a file for Roo Code to a location that the user selects. Answered with `exported`, or not at all. */
	z.strictObject({
		type: z.literal("export-profiles"),
		profileIds: z.array(nonEmpty).check(z.minLength(1)),
		/** Writes the keys to the file in plain text. */
		withSecrets: z.boolean(),
	}),
	z.strictObject({ type: z.literal("send"), ...question }),
	/** Sends the last prompt, whose answer failed, again on the tier. */
	z.strictObject({
		type: z.literal("retry"),
		tier: z.enum(SELECTABLE_TIERS),
		/** Sends the request although the task has reached its cost limit. */
		beyondLimit: z.optional(z.boolean()),
		/** Leaves out the parameter that Bedrock refused, now and in later requests to the model. */
		withoutRefusedParameter: z.optional(z.boolean()),
	}),
	/** Sends an edited prompt and removes the original and everything after it. Answered with `state-changed`. */
	z.strictObject({ type: z.literal("edit"), messageId: nonEmpty, ...question }),
	/**
	 * Sends the last prompt again on the tier and removes its previous answer. `messageId` is the id of the last
	 * answer; no other answer can be replaced.
	 */
	z.strictObject({ type: z.literal("answer-again"), messageId: nonEmpty, tier: z.enum(SELECTABLE_TIERS) }),
	z.strictObject({ type: z.literal("stop") }),
	z.strictObject({ type: z.literal("new-chat") }),
	/** Sets whether the model may read the workspace in the open chat. Answered with `state-changed`. */
	z.strictObject({ type: z.literal("allow-tools"), allowed: z.boolean() }),
	/** Sets the tier of the open chat; `null` for the profile's tier. Answered with `state-changed`. */
	z.strictObject({ type: z.literal("choose-chat-tier"), tier: z.nullable(z.enum(SELECTABLE_TIERS)) }),
	/** Reads AWS's price list for the active profile's region: the only request that is not sent to Bedrock. */
	z.strictObject({ type: z.literal("refresh-prices") }),
	/** Restores the built-in catalog's prices for the active profile's region. */
	z.strictObject({ type: z.literal("remove-refreshed-prices") }),
	/** Removes a remembered tier refusal. Answered with `refusals`. */
	z.strictObject({ type: z.literal("forget-refusal"), profileId: nonEmpty, tierRequest: tierRequestSchema }),
	...attachmentToHostSchemas,
	...historyToHostSchemas,
	...speedsToHostSchemas,
])
export type ToHost = z.infer<typeof toHostSchema>

/** Views that a command can open; `usage` is the chat with its cost details expanded. */
export const SHOWN_VIEWS = ["chat", "settings", "usage", "history"] as const
export type ShownView = (typeof SHOWN_VIEWS)[number]

/** Messages from the extension host to the webview. */
export const toWebviewSchema = z.discriminatedUnion("type", [
	/** Complete state, sent after `ready`. */
	z.strictObject({ type: z.literal("state"), state: viewStateSchema }),
	/** What changed since the previous messages, when it is more than a single chat message. */
	z.strictObject({ type: z.literal("state-changed"), changes: viewChangesSchema }),
	/**
	 * Streamed content of an answer. It is appended to the last part when that has the same kind and is not complete,
	 * otherwise it starts a new part.
	 */
	z.strictObject({
		type: z.literal("delta"),
		messageId: z.string(),
		kind: z.enum(["text", "reasoning"]),
		text: z.string(),
	}),
	/** A part of a streaming answer that is new, or has a new content other than by deltas, such as a tool's result. */
	z.strictObject({
		type: z.literal("part"),
		messageId: z.string(),
		index: z.int().check(z.nonnegative()),
		part: answerPartSchema,
	}),
	/** A new or final chat message: it replaces the message with the same id, or is appended. */
	z.strictObject({
		type: z.literal("message"),
		message: chatMessageSchema,
		busy: z.boolean(),
		usage: taskUsageSchema,
	}),
	/** All remembered refusals, sent after a change. */
	z.strictObject({ type: z.literal("refusals"), refusals: z.array(tierRefusalSchema) }),
	z.strictObject({ type: z.literal("saved"), requestId: z.string() }),
	/** The requested operation was completed. */
	z.strictObject({ type: z.literal("done"), requestId: z.string() }),
	z.strictObject({ type: z.literal("connection-test"), profileId: nonEmpty, test: connectionTestSchema }),
	z.strictObject({ type: z.literal("exported"), report: exportReportSchema }),
	/** A message was invalid, or its operation was not possible; nothing was changed. */
	z.strictObject({
		type: z.literal("refused"),
		/** `null` when the message had no readable id. */
		requestId: z.nullable(z.string()),
		/** Path of the invalid field, for example "settings.region"; empty for the whole message. */
		field: z.string(),
		details: errorDetailsSchema,
	}),
	/** A command opens a view. */
	z.strictObject({ type: z.literal("show"), view: z.enum(SHOWN_VIEWS) }),
	...attachmentToWebviewSchemas,
	...historyToWebviewSchemas,
	...speedsToWebviewSchemas,
])
export type ToWebview = z.infer<typeof toWebviewSchema>
