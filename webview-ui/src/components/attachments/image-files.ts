import { MAX_IMAGE_BYTES } from "@bedrock-tiers/core"
import { IMAGE_TYPES } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"

/** For a file dialog. What a file really is, its bytes say to the host. */
export const ACCEPTED = Object.keys(IMAGE_TYPES).join(",")

/** Why a file cannot be added, before it is read; null = it may be one. */
export function fileProblem({ name, type, size }: File, { t, count }: Locale): string | null {
	if (!Object.hasOwn(IMAGE_TYPES, type)) return t("attach.notAnImage", { name })
	return size > MAX_IMAGE_BYTES
		? t("attach.tooLarge", { name, bytes: count(size), most: count(MAX_IMAGE_BYTES) })
		: null
}

/** Rejects when the file cannot be read any more. */
export function base64Of(file: File): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader()
		reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ""))
		reader.onerror = () => reject(reader.error ?? new Error(file.name))
		reader.readAsDataURL(file)
	})
}
