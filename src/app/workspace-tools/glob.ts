/** Alternatives that one pattern may stand for. */
const MAX_ALTERNATIVES = 64

/**
 * A pattern for names or paths: `*` and `?` within a segment, `**` for any number of segments, `{a,b}` for either. Without
 * a slash it is held against the name, else against the whole path. Upper and lower case are the same.
 * No regular expression: those can be made to run for hours.
 * @returns undefined when the pattern stands for more than 64 alternatives
 */
export function fileMatcher(pattern: string): ((path: string) => boolean) | undefined {
	const alternatives = expandBraces(
		pattern
			.toLowerCase()
			.replaceAll("\\", "/")
			.replace(/^\.?\//, ""),
	)
	if (!alternatives) return undefined
	return (path) => alternatives.some((one) => matchesGlob(path.toLowerCase(), one))
}

function matchesGlob(path: string, pattern: string): boolean {
	const segments = path.split("/")
	if (!pattern.includes("/")) return matchesSegment(segments.at(-1) ?? "", pattern)
	return matchesSequence(segments, pattern.split("/"), "**", matchesSegment)
}

function matchesSegment(text: string, pattern: string): boolean {
	return matchesSequence(text, pattern, "*", (character, wanted) => wanted === "?" || character === wanted)
}

/** Goes back to the last wildcard only, so the time is at most length × length. */
function matchesSequence(
	items: ArrayLike<string>,
	pattern: ArrayLike<string>,
	wildcard: string,
	same: (item: string, wanted: string) => boolean,
): boolean {
	let item = 0
	let at = 0
	let afterWildcard = -1
	let taken = 0
	while (item < items.length) {
		if (at < pattern.length && pattern[at] === wildcard) {
			afterWildcard = ++at
			taken = item
		} else if (at < pattern.length && same(items[item] as string, pattern[at] as string)) {
			item++
			at++
		} else if (afterWildcard >= 0) {
			at = afterWildcard
			item = ++taken
		} else return false
	}
	while (at < pattern.length && pattern[at] === wildcard) at++
	return at === pattern.length
}

function expandBraces(pattern: string): string[] | undefined {
	let done: string[] = []
	let open = [pattern]
	while (open.length > 0) {
		const next: string[] = []
		for (const one of open) {
			const group = /\{([^{}]*)\}/.exec(one)
			if (!group) done = [...done, one]
			else
				for (const choice of (group[1] as string).split(","))
					next.push(one.slice(0, group.index) + choice + one.slice(group.index + group[0].length))
			if (next.length + done.length > MAX_ALTERNATIVES) return undefined
		}
		open = next
	}
	return done
}
