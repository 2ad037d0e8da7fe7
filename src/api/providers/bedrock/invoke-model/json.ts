/** Readers of external JSON: a value of another type than the expected one counts as missing. */
export type JsonObject = Readonly<Record<string, unknown>>

export function asObject(value: unknown): JsonObject | null {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

export function asObjects(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.map(asObject).filter((item) => item !== null) : []
}

/** `null` when there is no text or the text is empty. */
export function asText(value: unknown): string | null {
	return typeof value === "string" && value !== "" ? value : null
}

/** Reads a number of tokens. */
export function asCount(value: unknown): number | null {
	return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null
}

/** Throws an Error when the bytes are not a JSON object, i.e. when the answer is damaged. */
export function parseJsonObject(bytes: Uint8Array): JsonObject {
	const parsed = asObject(JSON.parse(Buffer.from(bytes).toString("utf8")))
	if (!parsed) throw new Error("not a JSON object")
	return parsed
}
