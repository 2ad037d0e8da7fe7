const LONE_SURROGATES = /\p{Surrogate}/gu

/**
 * Replaces halves of surrogate pairs, which are not valid in UTF-8: Bedrock rejects the whole request. A value without
 * them is returned as it is.
 */
export function wellFormed<Value>(value: Value): Value {
	return repaired(value) as Value
}

export function isWellFormed(text: string): boolean {
	return text.search(LONE_SURROGATES) < 0
}

function repaired(value: unknown): unknown {
	if (typeof value === "string") return isWellFormed(value) ? value : value.replace(LONE_SURROGATES, "\uFFFD")
	if (typeof value !== "object" || value === null) return value
	if (Array.isArray(value)) {
		const items = value.map(repaired)
		return items.every((item, index) => item === value[index]) ? value : items
	}
	const entries = Object.entries(value).map(([key, item]) => [repaired(key), repaired(item)] as [string, unknown])
	const isSame = Object.entries(value).every(([key, item], index) => {
		const [newKey, newItem] = entries[index] ?? []
		return newKey === key && newItem === item
	})
	return isSame ? value : Object.fromEntries(entries)
}
