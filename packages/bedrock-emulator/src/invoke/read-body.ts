import type * as z from "zod"
import { readConverseRequest, type ConverseRequest } from "../converse-request"
import { AwsFailure } from "../failures"

/** @throws AwsFailure (400) that names the first thing wrong, in the emulator's own words */
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

/** The request in Converse's shape, which the rest of the emulator reads; its rules of a conversation hold for all. */
export function asConverse(request: object): ConverseRequest {
	return readConverseRequest(JSON.stringify(request))
}
