import { statSync } from "node:fs"
import { join } from "node:path"
import { loadOnce } from "@bedrock-tiers/test-kit/hosts/load-probe"
import { formatSpread, type Section } from "./report"
import { spreadOf } from "./statistics"

const MAX_BYTES = 300_000
const MAX_LOAD_MS = 30
const MAX_ACTIVATION_MS = 20
const MAX_PACKAGE_BYTES = 2_000_000

/**
 * Measures size, load, activation and memory of the extension.
 * @param root project folder with a built dist/ and its .vsix
 */
export async function measureExtension(root: string, { rounds }: { readonly rounds: number }): Promise<Section> {
	const dist = join(root, "dist")
	const bytes = statSync(join(dist, "extension.js")).size
	const packageBytes = statSync(join(dist, "bedrock-tiers.vsix")).size
	const runs = []
	for (let round = 0; round < rounds; round++) runs.push(await loadOnce(dist))
	const load = spreadOf(runs.map(({ loadMs }) => loadMs))
	const activation = spreadOf(runs.map(({ activationMs }) => activationMs))
	const megabytes = (values: readonly number[]) =>
		formatSpread(spreadOf(values.map((value) => value / 1024 / 1024)), 1)
	return {
		title: "Extension",
		how: `Each of ${rounds} rounds in a new Node with a stand-in for the \`vscode\` module; median and quartiles. Memory is the heap and what it holds outside, after a collection, over that of an empty Node.`,
		columns: ["what", "value"],
		rows: [
			["extension.js, bytes", bytes.toLocaleString("en-US")],
			[".vsix, bytes", packageBytes.toLocaleString("en-US")],
			["load, ms", formatSpread(load, 1)],
			["activation, ms", formatSpread(activation, 1)],
			["memory after activation, MB", megabytes(runs.map((run) => run.bytes))],
			[
				"load of the provider with the AWS SDK, at the first request, ms",
				formatSpread(spreadOf(runs.map(({ sdkMs }) => sdkMs)), 0),
			],
			["memory with the AWS SDK, MB", megabytes(runs.map((run) => run.withSdkBytes))],
		],
		verdicts: [
			{ target: `extension.js under ${MAX_BYTES.toLocaleString("en-US")} bytes`, met: bytes < MAX_BYTES },
			{ target: `load under ${MAX_LOAD_MS} ms`, met: load.median < MAX_LOAD_MS },
			{ target: `activation under ${MAX_ACTIVATION_MS} ms`, met: activation.median < MAX_ACTIVATION_MS },
			{
				target: `.vsix under ${MAX_PACKAGE_BYTES.toLocaleString("en-US")} bytes`,
				met: packageBytes < MAX_PACKAGE_BYTES,
			},
		],
	}
}
