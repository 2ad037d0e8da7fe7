import { MAX_IMAGE_BYTES } from "@bedrock-tiers/core"
import { textDetail } from "@bedrock-tiers/error-details"
import { IMAGE_TYPES } from "@bedrock-tiers/protocol"
import { useCallback, useLayoutEffect } from "react"
import type { Into } from "../../state/webview-state"
import { useLocale, type Locale } from "../../locale"
import { useStore } from "../store-context"

/** Adds images that are pasted or dropped in the zone. Returns a function that adds files from another source. */
export function useImageFiles(zone: HTMLElement | null, into: Into) {
	const locale = useLocale()
	const store = useStore()

	const addFiles = useCallback(
		async (files: readonly File[]) => {
			for (const file of files) {
				const problem = fileProblem(file, locale)
				if (problem !== null) {
					store.refuseAttachment(into, textDetail(problem))
					continue
				}
				try {
					store.attachImage(into, file.name, await readAsBase64(file))
				} catch {
					store.refuseAttachment(into, textDetail(locale.t("attach.gone", { name: file.name })))
				}
			}
		},
		[locale, store, into],
	)

	// Before the first paint: a paste into a visible text box must not be missed.
	useLayoutEffect(() => {
		if (!zone) return
		const onPaste = (event: ClipboardEvent) => {
			const { files, types } = event.clipboardData ?? new DataTransfer()
			// A clipboard with text is pasted as text: some programs add a picture of the text to it.
			if (files.length === 0 || types.includes("text/plain")) return
			event.preventDefault()
			void addFiles([...files])
		}
		const onDragOver = (event: DragEvent) => {
			if (event.dataTransfer?.types.includes("Files")) event.preventDefault()
		}
		const onDrop = (event: DragEvent) => {
			const files = [...(event.dataTransfer?.files ?? [])]
			if (files.length === 0) return
			event.preventDefault()
			void addFiles(files)
		}
		const controller = new AbortController()
		const { signal } = controller
		zone.addEventListener("paste", onPaste, { signal })
		zone.addEventListener("dragover", onDragOver, { signal })
		zone.addEventListener("drop", onDrop, { signal })
		return () => controller.abort()
	}, [zone, addFiles])

	return addFiles
}

/** Why a file cannot be added, checked before it is read; `null` when it may be a valid image. */
function fileProblem({ name, type, size }: File, { t, count }: Locale): string | null {
	if (!Object.hasOwn(IMAGE_TYPES, type)) return t("attach.notAnImage", { name })
	return size > MAX_IMAGE_BYTES
		? t("attach.tooLarge", { name, bytes: count(size), most: count(MAX_IMAGE_BYTES) })
		: null
}

/** Rejects when the file can no longer be read. */
function readAsBase64(file: File): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader()
		reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ""))
		reader.onerror = () => reject(reader.error ?? new Error(file.name))
		reader.readAsDataURL(file)
	})
}
