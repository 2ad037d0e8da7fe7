import { isMessage, textOf } from "./strings.mjs"

/**
 * Each text that is passed to `t` is a key of the resource files for translators. The option has the keys
 * by file name.
 */
export const textInBundle = {
	meta: {
		type: "problem",
		schema: [{ type: "object", additionalProperties: { type: "array", items: { type: "string" } } }],
		defaultOptions: [{}],
		messages: { missing: 'Add "{{text}}" to {{file}}.' },
	},
	create({ options: [keysByFile], report }) {
		const files = Object.entries(keysByFile).map(([file, keys]) => [file, new Set(keys)])
		return {
			"Literal, TemplateLiteral"(node) {
				if (!isMessage(node)) return
				const text = textOf(node)
				for (const [file, keys] of files)
					if (!keys.has(text)) report({ node, messageId: "missing", data: { text, file } })
			},
		}
	},
}
