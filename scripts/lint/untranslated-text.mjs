import { isMessage, textOf } from "./strings.mjs"

/** Two words in a row, or a word and a value. */
const SENTENCE = /[a-z]{2,}[,;:]? ([a-z]{2,}|\{\})/i

/**
 * Text that looks like a sentence is passed to `t`, which translates it, or is an error detail. Names that are the same
 * in all languages are an option.
 */
export const untranslatedText = {
	meta: {
		type: "problem",
		schema: [
			{
				type: "object",
				properties: { names: { type: "array", items: { type: "string" } } },
				additionalProperties: false,
			},
		],
		defaultOptions: [{ names: [] }],
		messages: {
			untranslated:
				'Pass "{{text}}" to `t`, make it an error detail, or disable this rule with the reason why users never see it.',
		},
	},
	create({ options: [{ names }], report }) {
		return {
			"Literal, TemplateLiteral"(node) {
				if (isMessage(node) || node.parent.type.startsWith("Import")) return
				const text = textOf(node)
				if (text === undefined) return
				if (SENTENCE.test(names.reduce((rest, name) => rest.replaceAll(name, ""), text)))
					report({ node, messageId: "untranslated", data: { text } })
			},
		}
	},
}
