import type * as z from "zod"
import { readConverseRequest, type ConverseRequest } from "../converse-request"
import { AwsFailure } from "../failures"

/** @throws AwsFailure (400) for the first invalid member; the message is the emulator's own, not AWS's */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: string): z.infer<Schema> {
	let parsed: unknown
	try {
		parsed = JSON.parse(body)
	} catch {
		throw new AwsFailure("ValidationException", "The request body is not valid JSON.")
	}
	const result = schema.safeParse(parsed)
	if (result.success) return result.data
	const [issue] = result.error.issues
	throw new AwsFailure("ValidationException", `Malformed input request: ${issue?.path.join(".")}: ${issue?.message}`)
}

/** Validates a request in Converse's format, which the rest of the emulator reads. Converse's rules apply to all. */
export function toConverseRequest(request: object): ConverseRequest {
	return readConverseRequest(JSON.stringify(request))
}
