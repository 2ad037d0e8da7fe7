/** Invisible. After a character that starts an image or a tag, it makes both plain text for every Markdown parser. */
const WORD_JOINER = "\u2060"
const OPENING_FENCE = /^(`{3,}|~{3,})(.*)$/
const CLOSING_FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*$/
const LINE_END = /\r\n|\n|\r/

/**
 * Markdown that loads nothing when it is opened: images become links, HTML and Mermaid diagrams become text. Fenced code
 * that is not indented keeps its exact content; elsewhere a word joiner is inserted.
 *
 * Parsers need not agree with this function on where code begins. Exact code with images or HTML is therefore put
 * between tildes, and only if it has no fence of backticks: tildes are a fence nowhere else, so a parser that sees the
 * block within another fence still sees code.
 */
export function inertMarkdown(markdown: string): string {
	const output: string[] = []
	let block: { readonly fence: string; readonly info: string; readonly lines: string[] } | null = null
	for (const line of markdown.split(LINE_END)) {
		if (block) {
			const [, closing = ""] = CLOSING_FENCE.exec(line) ?? []
			if (!closing.startsWith(block.fence)) block.lines.push(line)
			else {
				output.push(fencedCode(block.lines.join("\n"), block.info))
				block = null
			}
			continue
		}
		const [, fence = "", info = ""] = OPENING_FENCE.exec(line) ?? []
		if (fence === "" || (fence.startsWith("`") && info.includes("`"))) output.push(inertText(line))
		else block = { fence, info, lines: [] }
	}
	if (block) output.push(fencedCode(block.lines.join("\n"), block.info))
	return output.join("\n")
}

function fencedCode(code: string, info: string): string {
	const content = code.includes("```") ? inertText(code) : code
	const sign = content === inertText(content) ? "`" : "~"
	const fence = sign.repeat(longestRun(content, sign) + 1)
	const language = inertText(info)
		.replaceAll("`", "")
		.replaceAll(/mermaid/gi, "text")
	return `${fence}${language}\n${content}\n${fence}`
}

/** Length of the longest run of the character; at least 2. */
function longestRun(text: string, sign: "`" | "~"): number {
	return [...text.matchAll(sign === "`" ? /`+/g : /~+/g)].reduce((longest, [run]) => Math.max(longest, run.length), 2)
}

function inertText(text: string): string {
	return text
		.replaceAll(/!(?=\[)|<(?=[a-z/!?])|~~(?=~)/gi, `$&${WORD_JOINER}`)
		.replaceAll(/(?<=```[\s.{]*)mermaid/gi, "text")
}
