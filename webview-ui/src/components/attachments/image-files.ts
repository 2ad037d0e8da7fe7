import { MAX_IMAGE_BYTES } from "@bedrock-tiers/core"
import { IMAGE_TYPES } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"

/** `accept` attribute of the file dialog. The host determines the actual type from the file's bytes. */
export const ACCEPTED_TYPES = Object.keys(IMAGE_TYPES).join(",")

/** Why a file cannot be added, checked before it is read; `null` when it may be a valid image. */
export function fileProblem({ name, type, size }: File, { t, count }: Locale): string | null {
	if (!Object.hasOwn(IMAGE_TYPES, type)) return t("attach.notAnImage", { name })
	return size > MAX_IMAGE_BYTES
		? t("attach.tooLarge", { name, bytes: count(size), most: count(MAX_IMAGE_BYTES) })
		: null
}

/** Rejects when the file can no longer be read. */
export function readAsBase64(file: File): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader()
		reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ""))
		reader.onerror = () => reject(reader.error ?? new Error(file.name))
		reader.readAsDataURL(file)
	})
}
