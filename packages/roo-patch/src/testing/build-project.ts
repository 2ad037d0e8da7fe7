import { chmodSync } from "node:fs"
import { replaceOnce } from "./look-alike"
import * as paths from "./paths"
import { createCheckout, TempTree } from "./temp-tree"

/** A checkout that can be built: Zoo Code 3.80.0, by its manifests. */
export function createProject(manifest: Record<string, unknown> = {}): TempTree {
	const tree = createCheckout("zoo")
	const project = {
		packageManager: "pnpm@10.8.1",
		engines: { node: "22.23.1" },
		scripts: { vsix: "turbo vsix" },
		...manifest,
	}
	tree.write("package.json", JSON.stringify(project))
	tree.write(".gitignore", "node_modules\nbin\n")
	const extension = replaceOnce(tree.read(paths.MANIFEST), '"look-alike"', '"zoo-code", "version": "3.80.0"')
	tree.write(paths.MANIFEST, extension)
	tree.commit()
	return tree
}

const SDK_FOLDER = "node_modules/@aws-sdk/client-bedrock-runtime"

/** What the programs do when they are called. */
export type ProgramOptions = {
	readonly nodeVersion?: string
	readonly pnpmVersion?: string
	/** Shell commands of `pnpm install`. */
	readonly install?: string
	/** Shell commands of `pnpm run vsix`. */
	readonly build?: string
}

export const INSTALLS_SDK = `mkdir -p ${SDK_FOLDER} && echo '{ "version": "3.967.0" }' > ${SDK_FOLDER}/package.json`

/** Stand-ins for Node.js, pnpm and npx, to be first in the PATH. `calls()` returns how they were called. */
export function createPrograms(options: ProgramOptions = {}): { folder: string; calls: () => string[] } {
	const { nodeVersion = "22.23.1", pnpmVersion = "10.8.1", install = INSTALLS_SDK } = options
	const { build = "mkdir -p bin && echo built > bin/zoo-code-3.80.0.vsix" } = options
	const folder = new TempTree({ calls: "" }, { git: false })
	const pnpm = `case "$1" in --version) echo ${pnpmVersion};; install) ${install};; run) ${build};; esac`
	const record = `echo "$(basename "$0") $*" >> '${folder.path("calls")}'`
	const programs = {
		node: `echo v${nodeVersion}`,
		pnpm: `${record}\nenv | sed 's/^/env /'\n${pnpm}`,
		npx: `${record}\nshift 2\n${pnpm}`,
	}
	for (const [name, script] of Object.entries(programs)) {
		folder.write(name, `#!/bin/sh\n${script}\n`)
		chmodSync(folder.path(name), 0o755)
	}
	const calls = () =>
		folder
			.read("calls")
			.split("\n")
			.filter((line) => line !== "" && !line.endsWith("--version"))
	return { folder: folder.root, calls }
}
