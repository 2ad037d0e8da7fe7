import { encodeFrame, readFixture, type Frame } from "./response-fixture"
import { MUTATIONS, type Mutation } from "./response-mutations"

/** A ConverseStream response, Flex requested and served: 1,000 input tokens, 100 output tokens, $0.000105. */
export const SAMPLE = readFixture("converse-text")
export const SAMPLE_TEXT = "Two tiers are paid by the token: Flex – half the price – and Priority."

export function sampleBytes(frames: readonly Frame[] = SAMPLE.frames): Buffer {
	return Buffer.concat(frames.map((frame) => encodeFrame(frame)))
}

/**
 * An InvokeModelWithResponseStream response in chat completions format. Its first five chunks contain reasoning and
 * "Here are the files:".
 */
export const INVOKE_SAMPLE = readFixture("invoke-chat-completions")

/** A minimal response: message start, one text delta, message stop, metadata. AWS's padding is removed. */
export const SHORT_FRAMES: readonly Frame[] = [0, 1, 6, 7].flatMap((index) => {
	const frame = SAMPLE.frames[index]
	if (!frame) return []
	const { p: _padding, ...payload } = frame.payload ?? {}
	return [{ ...frame, payload }]
})

/**
 * Finds one mutation of a response by its kind (a key of `MUTATIONS`) and name.
 * @throws when no mutation matches
 */
export function findMutation(kind: string, name: string, sample = SAMPLE): Mutation {
	const found = MUTATIONS[kind]?.(sample).find((mutation) => mutation.name === name)
	if (!found) throw new Error(`There is no mutation "${kind}", "${name}".`)
	return found
}
