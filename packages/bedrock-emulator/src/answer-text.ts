import type { ConverseRequest } from "./converse-shape"

const LONG_PARAGRAPHS = 8

const SENTENCES = [
	"A service tier decides who is served first when many requests wait for the same model.",
	"Flex is the patient choice: it costs half as much, and its requests give way to all others.",
	"Standard is what a request gets when it asks for nothing in particular, at the listed price.",
	"Priority is for somebody who sits and waits: it costs more per token and goes to the head of the queue.",
	"The answer itself is the same whichever tier was chosen, since the model behind them is the same.",
	"Which tier served a request is told at the end of the stream, and that is the one to price by.",
	"You can press Stop at any moment, and the emulator will notice and put its timers away.",
]

/** The text of the last user message; empty when it has no text block. */
function lastUserText({ messages }: ConverseRequest): string {
	const last = messages.findLast(({ role }) => role === "user")
	return (last?.content ?? []).flatMap(({ text }) => text ?? []).join("\n")
}

function longText(): string {
	const paragraph = (number: number) => {
		const sentences = [0, 1, 2].map((step) => SENTENCES[(number * 3 + step) % SENTENCES.length])
		return `${number + 1}. ${sentences.join(" ")}`
	}
	return Array.from({ length: LONG_PARAGRAPHS }, (_, number) => paragraph(number)).join("\n\n")
}

/** The emulator's generated answer, in Markdown. A prompt that asks for a long answer adds about 400 words. */
export function answerText(options: {
	request: ConverseRequest
	modelId: string
	requestedTier: string | null
	servedTier: string | null
	long: boolean
}): string {
	const { request, modelId, requestedTier, servedTier } = options
	const userText = lastUserText(request)
	const firstLine = userText.trim().split("\n")[0]?.slice(0, 200) ?? ""
	const lines = [
		"Hello! This is the **local Bedrock emulator**: no model was called, and nothing was charged.",
		[
			`- Model: \`${modelId}\``,
			`- Requested tier: ${requestedTier === null ? "none" : `\`${requestedTier}\``}`,
			`- Served tier: ${servedTier === null ? "not reported" : `\`${servedTier}\``}`,
		].join("\n"),
		firstLine === "" ? "Your message holds no text." : `You wrote:\n\n> ${firstLine}`,
	]
	if (options.long || /\blong/i.test(userText)) lines.push(longText())
	return lines.join("\n\n")
}

const WORDS_PER_DELTA = 3
const MAX_WORD_CHARACTERS = 24

/** Splits a text into deltas of a few words each. Joining the deltas gives the original text exactly. */
export function textDeltas(text: string): string[] {
	if (text === "") return []
	const words = text.trim() === "" ? [text] : (text.match(/\s*\S+\s*/g) ?? [])
	// Text in a language written without spaces is one long word, which must be split too.
	const pieces = words.flatMap((word) =>
		chunks(Array.from(word), MAX_WORD_CHARACTERS).map((characters) => characters.join("")),
	)
	return chunks(pieces, WORDS_PER_DELTA).map((group) => group.join(""))
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
	const count = Math.ceil(items.length / size)
	return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}
