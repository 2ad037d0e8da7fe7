import * as z from "zod/mini"
import { chatViewSchema, viewStateSchema, type ViewState } from "./view-state"

/** Members of the view state, and of its chat, that have a new value. */
export const viewChangesSchema = z.extend(z.partial(viewStateSchema), { chat: z.optional(z.partial(chatViewSchema)) })
export type ViewChanges = z.infer<typeof viewChangesSchema>

/** Changes that turn `before` into `now`. */
export function viewChanges(before: ViewState, now: ViewState): ViewChanges {
	const { chat: _, ...members } = changedMembers(before, now)
	const chat = before.chat.id === now.chat.id ? changedMembers(before.chat, now.chat) : now.chat
	return { ...members, ...(Object.keys(chat).length > 0 ? { chat } : {}) }
}

function changedMembers<T extends object>(before: T, now: T): Partial<T> {
	const keys = Object.keys(now) as (keyof T)[]
	return Object.fromEntries(
		keys.filter((key) => !isSame(before[key], now[key])).map((key) => [key, now[key]]),
	) as Partial<T>
}

/** Values of a view state are never changed, so equal references need no comparison of a long chat. */
function isSame(one: unknown, other: unknown): boolean {
	if (Object.is(one, other)) return true
	if (Array.isArray(one) && Array.isArray(other))
		return one.length === other.length && one.every((item, index) => isSame(item, other[index]))
	return JSON.stringify(one) === JSON.stringify(other)
}
