import { lazy } from "react"

// Loaded on demand, since few questions have attachments.
const load = () => import("./Attachments")
export const AttachmentTools = lazy(() => load().then((module) => ({ default: module.AttachmentTools })))
export const QuestionAttachments = lazy(() => load().then((module) => ({ default: module.QuestionAttachments })))

export function preloadAttachments(): void {
	load().catch(() => {
		// The module is loaded again when it is needed.
	})
}
