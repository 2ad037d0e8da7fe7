import { createRequire } from "node:module"
import { build } from "esbuild"
import { applyPatch } from "../patch"
import { lookAlike, realPayload, type Generation } from "./look-alike"
import { TempTree } from "./temp-tree"

export type Settings = {
	apiModelId?: string
	awsRegion?: string
	awsAccessKey?: string
	awsSecretKey?: string
	awsUseCrossRegionInference?: boolean
	awsCustomArn?: string
	awsBedrockEndpointEnabled?: boolean
	awsBedrockEndpoint?: string
	awsBedrockServiceTier?: "STANDARD" | "FLEX" | "PRIORITY"
}
export type Tier = {
	requestedTier: string
	notSentReason: string | null
	servedTier: string | null
	billedTier: string
	basis: string
	knownUsd: number
	unpricedReason: string | null
}
export type Chunk = {
	type: string
	text?: string
	inputTokens?: number
	outputTokens?: number
	totalCost?: number
	serviceTier?: Tier
}
type Message = { role: "user"; content: string }

export type Handler = {
	createMessage(systemPrompt: string, messages: Message[]): AsyncGenerator<Chunk>
	completePrompt(prompt: string): Promise<string>
	getModel(): { id: string; info: { inputPrice?: number; outputPrice?: number } }
}
type Task = {
	interruptAtText: boolean
	readonly clineMessages: { text?: string }[]
	recursivelyMakeClineRequests(systemPrompt: string, messages: Message[]): Promise<void>
}

/** The exports of a look-alike that tests use at run time. */
export type Host = {
	AwsBedrockHandler: new (settings: Settings) => Handler
	Task: new (handler: Handler) => Task
	BEDROCK_SERVICE_TIER_MODEL_IDS?: readonly string[]
}

export type HostOptions = {
	/** False: the look-alike is not patched. Default: true. */
	readonly isPatched?: boolean
	/** False: the AWS SDK has no service tiers, like an older release. Default: true. */
	readonly sdkHasTiers?: boolean
}

const SDK = "@aws-sdk/client-bedrock-runtime"

/** Bundles a look-alike and loads it, with the real AWS SDK. */
export async function loadHost(
	generation: Generation,
	{ isPatched = true, sdkHasTiers = true }: HostOptions = {},
): Promise<Host> {
	const tree = new TempTree(lookAlike(generation), { git: false, modules: true })
	if (isPatched) applyPatch(tree.root, realPayload(), { force: true })
	tree.write("old-sdk.cjs", `const { ServiceTierType, ...others } = require("${SDK}")\nmodule.exports = others\n`)
	tree.write(
		"host.ts",
		["src/api/providers/bedrock", "src/core/task/Task", "packages/types/src/index"]
			.map((path) => `export * from "./${path}"\n`)
			.join(""),
	)
	await build({
		absWorkingDir: tree.root,
		entryPoints: ["host.ts"],
		outfile: "host.cjs",
		bundle: true,
		platform: "node",
		format: "cjs",
		logLevel: "warning",
		alias: {
			"@roo-code/types": tree.path("packages/types/src/index.ts"),
			...(!sdkHasTiers && { [SDK]: tree.path("old-sdk.cjs") }),
		},
		external: [SDK, tree.path("old-sdk.cjs")],
	})
	return createRequire(tree.path("host.cjs"))("./host.cjs") as Host
}
