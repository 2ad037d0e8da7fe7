import { z } from "zod"
import { AnchorMiss } from "../anchor-miss"
import type { FileTree } from "../checkout"
import { CheckoutFiles } from "../checkout-files"

/** What a checkout says about its own build. `null`: it says nothing, or nothing that can be used. */
export type Project = {
	readonly packageManager: { readonly name: string; readonly version: string } | null
	/** A version or range of Node.js, from `engines.node` or `.nvmrc`. */
	readonly node: string | null
	/** Where its script `vsix` writes the extension; `null` also when there is no such script. */
	readonly vsix: string | null
}

const projectSchema = z.object({
	packageManager: z.string().optional().catch(undefined),
	engines: z.object({ node: z.string() }).optional().catch(undefined),
	scripts: z.object({ vsix: z.string().optional() }).optional().catch(undefined),
})

const extensionSchema = z.object({
	name: z.string().regex(/^[\w-]+$/),
	version: z.string().regex(/^\d+\.\d+\.\d+$/),
})

export function readProject(tree: FileTree): Project {
	const { packageManager, engines, scripts } = readJson(tree, "package.json", projectSchema) ?? {}
	const [, name, version] = /^([a-z]+)@(\d+\.\d+\.\d+(?:-[\w.]+)?)(?:\+\w+[.\w]*)?$/.exec(packageManager ?? "") ?? []
	const extension = readJson(tree, "src/package.json", extensionSchema)
	return {
		packageManager: name !== undefined && version !== undefined ? { name, version } : null,
		node: engines?.node ?? readText(tree, ".nvmrc")?.trim() ?? null,
		vsix: scripts?.vsix && extension ? `bin/${extension.name}-${extension.version}.vsix` : null,
	}
}

/** How a user continues in a patched checkout. */
export type NextSteps = {
	/** Run in the checkout, in this order. Empty: the checkout does not say how it is built. */
	readonly commands: readonly string[]
	readonly node: Project["node"]
	readonly packageManager: Project["packageManager"]
}

/** The project's own commands after `patch`: install, build, and install the extension. */
export function nextSteps(root: string): NextSteps {
	const { node, packageManager, vsix } = readProject(new CheckoutFiles(root))
	const commands =
		packageManager && vsix
			? [
					[packageManager.name, ...INSTALL].join(" "),
					[packageManager.name, ...BUILD].join(" "),
					installCommand(vsix),
				]
			: []
	return { commands, node, packageManager }
}

/** Arguments of pnpm. The patch changes a dependency, so the lock file must not be frozen. */
export const INSTALL = ["install", "--no-frozen-lockfile"]
export const BUILD = ["run", "vsix"]

/** Installs the extension in VS Code. The path may contain spaces. */
export function installCommand(vsix: string): string {
	return `code --install-extension ${/^[\w./:\\-]+$/.test(vsix) ? vsix : `"${vsix}"`}`
}

function readJson<Shape>(tree: FileTree, path: string, schema: z.ZodType<Shape>): Shape | null {
	try {
		return schema.safeParse(JSON.parse(readText(tree, path) ?? "null")).data ?? null
	} catch (error) {
		if (error instanceof SyntaxError) return null
		throw error
	}
}

/** Returns `null` for a file that is missing or is no text. */
function readText(tree: FileTree, path: string): string | null {
	try {
		return tree.read(path)
	} catch (error) {
		if (error instanceof AnchorMiss) return null
		throw error
	}
}
