import { readdirSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"

/** The three parts of Roo Code, each with the compiler options of its own tsconfig. */
export const PARTS = {
	"packages/types": {
		module: ts.ModuleKind.NodeNext,
		moduleResolution: ts.ModuleResolutionKind.NodeNext,
		moduleDetection: ts.ModuleDetectionKind.Force,
		noUncheckedIndexedAccess: true,
		lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
		types: ["node"],
	},
	src: {
		module: ts.ModuleKind.ESNext,
		moduleResolution: ts.ModuleResolutionKind.Bundler,
		noImplicitOverride: true,
		noImplicitReturns: true,
		noFallthroughCasesInSwitch: true,
		useUnknownInCatchVariables: false,
		lib: ["lib.es2022.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
		types: ["node", "vitest/globals"],
	},
	"webview-ui": {
		module: ts.ModuleKind.ESNext,
		moduleResolution: ts.ModuleResolutionKind.Bundler,
		noFallthroughCasesInSwitch: true,
		jsx: ts.JsxEmit.ReactJSX,
		lib: ["lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.esnext.d.ts"],
		types: [],
	},
} satisfies Record<string, ts.CompilerOptions>

export type Part = keyof typeof PARTS

/** Cache of parsed files: the compiler's own libraries and the packages' types are the same for every tree. */
const shared = new Map<string, ts.SourceFile | undefined>()

/**
 * Type-checks one part of a tree. Returns the errors, each as "path: message".
 * @param paths additional modules that are not resolved from node_modules
 */
export function compile(root: string, part: Part, paths: Record<string, string[]> = {}): string[] {
	const options: ts.CompilerOptions = {
		...PARTS[part],
		strict: true,
		target: ts.ScriptTarget.ES2022,
		isolatedModules: true,
		resolveJsonModule: true,
		esModuleInterop: true,
		skipLibCheck: true,
		noEmit: true,
		noUnusedLocals: true,
		paths: {
			"@roo-code/types": [join(root, "packages/types/src/index.ts")],
			...(part === "webview-ui" && {
				"@/*": [join(root, "webview-ui/src/*")],
				"@src/*": [join(root, "webview-ui/src/*")],
			}),
			...paths,
		},
	}
	const host = ts.createCompilerHost(options)
	host.getCurrentDirectory = () => root
	const read = host.getSourceFile
	host.getSourceFile = (name, language, ...others) => {
		if (!name.includes("/node_modules/")) return read(name, language, ...others)
		const key = `${name} ${JSON.stringify(language)}`
		if (!shared.has(key)) shared.set(key, read(name, language, ...others))
		return shared.get(key)
	}
	const program = ts.createProgram(sourcesOf(join(root, part)), options, host)
	return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
		const message = ts.flattenDiagnosticMessageText(messageText, " ")
		return `${file?.fileName.replace(`${root}/`, "") ?? part}: ${message}`
	})
}

/** Omits the webview's tests, because they need Roo Code's own test library and translations. */
function sourcesOf(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((path) => /\.tsx?$/.test(path) && !/\.spec\.tsx$/.test(path))
		.map((path) => join(folder, path))
}
