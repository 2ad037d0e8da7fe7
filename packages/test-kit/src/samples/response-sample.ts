import { encodeFrame, readFixture, type Frame } from "./response-fixture"
import { MUTATIONS, type Mutation } from "./response-mutations"

/** One answer of ConverseStream, Flex asked and served: 1,000 tokens in, 100 out, $0.000105. */
export const SAMPLE = readFixture("converse-text")
export const SAMPLE_TEXT = "Two tiers are paid by the token: Flex – half the price – and Priority."

export function sampleBytes(frames: readonly Frame[] = SAMPLE.frames): Buffer {
	return Buffer.concat(frames.map((frame) => encodeFrame(frame)))
}

/** One answer of InvokeModel's stream in chat completions: thoughts, and "Here are the files:" in its first five chunks. */
export const INVOKE_SAMPLE = readFixture("invoke-chat-completions")

/** The shortest that holds all that matters: its start, a word, the model's stop, the numbers. Without AWS's padding. */
export const SHORT_FRAMES: readonly Frame[] = [0, 1, 6, 7].flatMap((index) => {
	const frame = SAMPLE.frames[index]
	if (!frame) return []
	const { p: _padding, ...payload } = frame.payload ?? {}
	return [{ ...frame, payload }]
})

/** The sample, or another answer, changed in one of the ways that the provider's own suite has for it. */
export function mutation(kind: string, name: string, sample = SAMPLE): Mutation {
	const found = MUTATIONS[kind]?.(sample).find((each) => each.name === name)
	if (!found) throw new Error(`There is no mutation "${kind}", "${name}".`)
	return found
}
