import * as z from "zod"

export const structure = z.looseObject({})
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
export const converseRequest = z.looseObject({
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
export type Message = ConverseRequest["messages"][number]
export type Block = Message["content"][number]
