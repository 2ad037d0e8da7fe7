/** Maximum number of alternatives that one pattern may expand to. */
const MAX_ALTERNATIVES = 64

/**
 * Compiles a glob for names or paths: `*` and `?` within a segment, `**` for any number of segments, `{a,b}` for either
 * text. A pattern without a slash is matched against the file name, any other against the whole path. Case-insensitive.
 * It does not use regular expressions, because a hostile pattern could make them backtrack for hours.
 * @returns `undefined` when the pattern expands to more than 64 alternatives
 */
export function fileMatcher(pattern: string): ((path: string) => boolean) | undefined {
	const alternatives = expandBraces(
		pattern
			.toLowerCase()
			.replaceAll("\\", "/")
			.replace(/^\.?\//, ""),
	)
	if (!alternatives) return undefined
	return (path) => alternatives.some((alternative) => matchesGlob(path.toLowerCase(), alternative))
}

function matchesGlob(path: string, pattern: string): boolean {
	const segments = path.split("/")
	if (!pattern.includes("/")) return matchesSegment(segments.at(-1) ?? "", pattern)
	return matchesSequence(segments, pattern.split("/"), "**", matchesSegment)
}

function matchesSegment(text: string, pattern: string): boolean {
	return matchesSequence(text, pattern, "*", (character, expected) => expected === "?" || character === expected)
}

/**
 * Whether the whole pattern matches the items; the wildcard stands in for any number of them. Backtracks to the last
 * wildcard only, so the time is at most item count × pattern length.
 */
export function matchesSequence<Item, Expected>(
	items: ArrayLike<Item>,
	pattern: ArrayLike<Expected>,
	wildcard: Expected,
	isMatch: (item: Item, expected: Expected) => boolean,
): boolean {
	let itemIndex = 0
	let patternIndex = 0
	let afterWildcard = -1
	let wildcardEnd = 0
	while (itemIndex < items.length) {
		if (patternIndex < pattern.length && pattern[patternIndex] === wildcard) {
			afterWildcard = ++patternIndex
			wildcardEnd = itemIndex
		} else if (
			patternIndex < pattern.length &&
			isMatch(items[itemIndex] as Item, pattern[patternIndex] as Expected)
		) {
			itemIndex++
			patternIndex++
		} else if (afterWildcard >= 0) {
			patternIndex = afterWildcard
			itemIndex = ++wildcardEnd
		} else return false
	}
	while (patternIndex < pattern.length && pattern[patternIndex] === wildcard) patternIndex++
	return patternIndex === pattern.length
}

function expandBraces(pattern: string): string[] | undefined {
	let expanded: string[] = []
	let pending = [pattern]
	while (pending.length > 0) {
		const next: string[] = []
		for (const text of pending) {
			const group = /\{([^{}]*)\}/.exec(text)
			if (!group) expanded = [...expanded, text]
			else
				for (const choice of (group[1] as string).split(","))
					next.push(text.slice(0, group.index) + choice + text.slice(group.index + group[0].length))
			if (next.length + expanded.length > MAX_ALTERNATIVES) return undefined
		}
		pending = next
	}
	return expanded
}
