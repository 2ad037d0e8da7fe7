import type { Attachment, Draft } from "@bedrock-tiers/protocol"
import type { HostMessage } from "../transport"
import type { Into, WebviewState } from "./webview-state"

export function applyAttached(state: WebviewState, message: HostMessage<"attached">): WebviewState {
	const { requestId, attachment } = message
	const into = state.attaching.pending.find((one) => one.requestId === requestId)?.into ?? null
	const pending = state.attaching.pending.filter((one) => one.requestId !== requestId)
	const next = { ...state, attaching: { ...state.attaching, pending } }
	return attachment ? withAttachments(next, into, (before) => addIfMissing(before, attachment)) : next
}

/** `undefined` when the refused request was not for a pending attachment. */
export function applyAttachRefused(
	state: WebviewState,
	{ requestId, details }: HostMessage<"refused">,
): WebviewState | undefined {
	const { pending } = state.attaching
	const refused = pending.find((one) => one.requestId === requestId)
	return (
		refused && {
			...state,
			attaching: {
				pending: pending.filter((one) => one !== refused),
				problem: { into: refused.into, details },
			},
		}
	)
}

/** Returns the state unchanged when the question is no longer being edited. */
export function withAttachments(
	state: WebviewState,
	into: Into,
	change: (before: readonly Attachment[]) => readonly Attachment[],
): WebviewState {
	if (into === null) return { ...state, attachments: change(state.attachments) }
	const { editing } = state
	if (editing?.messageId !== into) return state
	return { ...state, editing: { ...editing, attachments: change(editing.attachments) } }
}

function addIfMissing(before: readonly Attachment[], attachment: Attachment): readonly Attachment[] {
	return before.some(({ id }) => id === attachment.id) ? before : [...before, attachment]
}

/** The unsent text and attachments, in the form in which they are stored. */
export function draftOf({ composerText, attachments, editing, draftAt }: WebviewState): Draft {
	return {
		at: draftAt,
		text: composerText,
		attachments: [...attachments],
		editing: editing && { ...editing, attachments: [...editing.attachments] },
	}
}

/** Ignores the draft unless it is newer than the one in the state. */
export function applyDraft(state: WebviewState, { at, text, attachments, editing }: Draft): WebviewState {
	return at <= state.draftAt ? state : { ...state, draftAt: at, composerText: text, attachments, editing }
}
