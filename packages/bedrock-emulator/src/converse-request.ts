import * as z from "zod"
import { AwsFailure } from "./failures"

const structure = z.looseObject({})
const cachePoint = z.looseObject({ type: z.string(), ttl: z.string().optional() })

/** AWS's unions are objects with exactly one member set. */
function union<Shape extends Record<string, z.ZodType>>(members: Shape) {
	const names = Object.keys(members)
	return z
		.looseObject(members)
		.partial()
		.refine((value) => names.filter((name) => value[name] !== undefined).length === 1, {
			message: `Member must have exactly one of: [${names.join(", ")}]`,
		})
}

const contentBlock = union({
	text: z.string(),
	image: structure,
	document: structure,
	video: structure,
	audio: structure,
	toolUse: z.looseObject({ toolUseId: z.string(), name: z.string(), input: z.unknown() }),
	toolResult: z.looseObject({ toolUseId: z.string(), content: z.array(structure) }),
	guardContent: structure,
	cachePoint,
	reasoningContent: structure,
	citationsContent: structure,
	searchResult: structure,
	toolAddition: structure,
	toolRemoval: structure,
})

const message = z.looseObject({ role: z.enum(["user", "assistant"]), content: z.array(contentBlock) })

/** The body of Converse and ConverseStream: every member that the API defines, with its type. */
const converseRequest = z.looseObject({
	messages: z.array(message),
	system: z.array(union({ text: z.string(), guardContent: structure, cachePoint })).optional(),
	inferenceConfig: z
		.looseObject({
			maxTokens: z.int().min(1).optional(),
			temperature: z.number().min(0).max(1).optional(),
			topP: z.number().min(0).max(1).optional(),
			stopSequences: z.array(z.string()).optional(),
		})
		.optional(),
	toolConfig: z
		.looseObject({
			tools: z.array(union({ toolSpec: structure, systemTool: structure, cachePoint })).min(1),
			toolChoice: structure.optional(),
		})
		.optional(),
	guardrailConfig: structure.optional(),
	additionalModelRequestFields: z.unknown().optional(),
	promptVariables: z.record(z.string(), structure).optional(),
	additionalModelResponseFieldPaths: z.array(z.string()).optional(),
	requestMetadata: z.record(z.string(), z.string()).optional(),
	performanceConfig: z.looseObject({ latency: z.enum(["standard", "optimized"]).optional() }).optional(),
	serviceTier: z.looseObject({ type: z.string() }).optional(),
	outputConfig: structure.optional(),
})

export type ConverseRequest = z.infer<typeof converseRequest>

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
	const result = converseRequest.safeParse(parsed)
	if (!result.success) throw bodyFailure(result.error, parsed)
	checkConversation(result.data)
	return result.data
}

/** Rules for which AWS has specific error messages. */
function checkConversation({ messages }: ConverseRequest): void {
	if (messages[0]?.role !== "user") {
		throw new AwsFailure(
			"ValidationException",
			"A conversation must start with a user message. Try again with a conversation that starts with a user message.",
		)
	}
	messages.forEach(({ content }, index) => {
		if (content.length === 0) {
			throw new AwsFailure(
				"ValidationException",
				`The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to ` +
					"the content field and try again.",
			)
		}
		const blank = content.findIndex(({ text }) => text?.trim() === "")
		if (blank >= 0) {
			throw new AwsFailure(
				"ValidationException",
				`The text field in the ContentBlock object at messages.${index}.content.${blank} is blank. Add text to ` +
					"the text field, and try again.",
			)
		}
	})
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
