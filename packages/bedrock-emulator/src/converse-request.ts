import * as z from "zod"
import { checkConversation, checkUnicode } from "./conversation-rules"
import { converseRequest, structure, type ConverseRequest } from "./converse-shape"
import { AwsFailure } from "./failures"

/** Top-level members that the Converse API defines. */
export const CONVERSE_MEMBERS: readonly string[] = Object.keys(converseRequest.shape)

/**
 * Reads the requested tier and the unknown members of a body that is not validated yet. AWS silently drops unknown
 * members, which is how a misspelled tier gets lost; the emulator drops them too, but records their names.
 */
export function inspectConverseBody(body: string): { requestedTier: string | null; unknownMembers: string[] } {
	const parsed = parseJson(body)
	const members = structure.safeParse(parsed).data ?? {}
	const tier = z.looseObject({ serviceTier: z.looseObject({ type: z.string() }) }).safeParse(parsed)
	return {
		requestedTier: tier.data?.serviceTier.type ?? null,
		unknownMembers: Object.keys(members).filter((name) => !CONVERSE_MEMBERS.includes(name)),
	}
}

/**
 * Reads the body of a Converse or ConverseStream request.
 *
 * @throws AwsFailure: SerializationException for a wrong type, ValidationException for a wrong value
 */
export function readConverseRequest(body: string): ConverseRequest {
	const parsed = parseJson(body)
	if (parsed === undefined) throw new AwsFailure("SerializationException", "The request body is not valid JSON.")
	checkUnicode(parsed)
	const result = converseRequest.safeParse(parsed)
	if (!result.success) throw bodyFailure(result.error, parsed)
	checkConversation(result.data)
	return result.data
}

function bodyFailure(error: z.ZodError, body: unknown): AwsFailure {
	const issue = error.issues[0]
	const path = issue?.path ?? []
	const memberPath = path.map((step) => (typeof step === "number" ? `${step + 1}.member` : String(step))).join(".")
	const value = path.reduce<unknown>(
		(inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
		body,
	)
	const constraint = (text: string) =>
		new AwsFailure(
			"ValidationException",
			`1 validation error detected: Value ${value === undefined ? "null " : ""}at '${memberPath}' failed to satisfy ` +
				`constraint: ${text}`,
		)

	if (value === undefined) return constraint("Member must not be null")
	if (issue?.code === "invalid_type") {
		return new AwsFailure("SerializationException", `Unexpected value type in payload at '${memberPath}'`)
	}
	if (issue?.code === "invalid_value") {
		return constraint(`Member must satisfy enum value set: [${issue.values.map(String).join(", ")}]`)
	}
	return constraint(issue?.message ?? "Member is not valid")
}

/** `undefined`, which is never a JSON value, when the text is not valid JSON. */
export function parseJson(body: string): unknown {
	try {
		return JSON.parse(body)
	} catch {
		return undefined
	}
}
