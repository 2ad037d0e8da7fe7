import { lazy } from "react"

// Only few questions have more than words.
const load = () => import("./Attachments")
export const AttachmentTools = lazy(() => load().then((module) => ({ default: module.AttachmentTools })))
export const QuestionAttachments = lazy(() => load().then((module) => ({ default: module.QuestionAttachments })))

export function preloadAttachments(): void {
	load().catch(() => {
		// Asked for again when it is needed.
	})
}
