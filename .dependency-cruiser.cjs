// Who may import whom (docs/architecture.md). An allow-list: what no rule allows is an error.
const TEST = "\\.(test|wire\\.test|browser\\.test|e2e\\.test)\\.tsx?$|/testing/"
const CORE = "^packages/core/src/"
const PROTOCOL = "^packages/protocol/src/"
const EMULATOR = "^packages/bedrock-emulator/src/index\\.ts$"
const ROO_PATCH = "^packages/roo-patch/src/index\\.ts$"
const API_CONTRACT = "^src/api/(index|provider-contract|provider-failure)\\.ts$"
const npm = (...names) => `node_modules/(${names.join("|")})(/|$)`
const NODE = { dependencyTypes: ["core"] }

const room = (from, ...targets) => ({
	from: { path: from, pathNot: TEST },
	to: { path: [from, ...targets.filter((target) => typeof target === "string")] },
})
const node = (from) => ({ from: { path: from, pathNot: TEST }, to: NODE })

module.exports = {
	forbidden: [
		{
			name: "no-cycles",
			severity: "error",
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
		},
	],
	allowedSeverity: "error",
	allowed: [
		// Tests may import anything but other rooms' private files; packages export one file only, so those cannot be reached.
		{ from: { path: TEST }, to: {} },

		room(CORE),
		// Plain Node, since they run before anything is installed.
		room("^scripts/"),
		room("^scripts/build\\.mjs$", npm("esbuild", "vite")),
		room("^scripts/lib/document-table\\.mjs$", npm("prettier")),
		room("^scripts/bench\\.mjs$", npm("esbuild")),
		room("^scripts/lib/take-gallery\\.mjs$", npm("vite", "playwright", "playwright-core")),
		node("^scripts/"),

		room("^packages/core/build/", CORE, npm("zod")),
		node("^packages/core/build/"),

		room(PROTOCOL, CORE, npm("zod")),

		room("^packages/bedrock-emulator/", npm("@smithy/core", "zod")),
		node("^packages/bedrock-emulator/"),

		room(
			"^packages/e2e/",
			CORE,
			PROTOCOL,
			EMULATOR,
			"^scripts/lib/",
			npm("playwright", "playwright-core", "yauzl"),
		),
		node("^packages/e2e/"),

		room(
			"^packages/bench/",
			CORE,
			PROTOCOL,
			EMULATOR,
			"^packages/e2e/src/index\\.ts$",
			"^src/api/providers/bedrock/index\\.ts$",
			"^src/testing/load-probe\\.ts$",
			"^scripts/lib/",
			npm("@ai-sdk/amazon-bedrock", "@aws-sdk/client-bedrock-runtime", "@smithy/node-http-handler"),
		),
		node("^packages/bench/"),

		room("^packages/roo-patch/", npm("typescript")),
		node("^packages/roo-patch/"),

		room("^src/api/", CORE, PROTOCOL, npm("@aws-sdk/[^/]+", "@smithy/[^/]+")),
		node("^src/api/"),

		room("^src/price-list/", CORE, npm("zod", "@streamparser/[^/]+")),
		node("^src/price-list/"),

		room("^src/app/", CORE, PROTOCOL, API_CONTRACT, "^src/price-list/"),
		room("^src/app/workspace-tools/", npm("ignore", "zod")),
		node("^src/app/"),

		room("^src/vscode/", CORE, PROTOCOL, "^src/app/", "^vscode$|node_modules/@types/vscode/"),
		node("^src/vscode/"),

		room(
			"^src/extension\\.ts$",
			CORE,
			PROTOCOL,
			"^src/(api|app|vscode)/",
			"^vscode$|node_modules/@types/vscode/",
			"^package\\.json$",
		),

		room(
			"^src/cli(/|\\.ts$)",
			CORE,
			PROTOCOL,
			"^src/(api|app|price-list)/",
			EMULATOR,
			ROO_PATCH,
			npm("commander", "zod"),
			"^package\\.json$",
		),
		node("^src/cli(/|\\.ts$)"),

		room(
			"^webview-ui/",
			CORE,
			PROTOCOL,
			npm(
				"react",
				"react-dom",
				"@types/react",
				"@types/react-dom",
				"@vscode/webview-ui-toolkit",
				"i18next",
				"react-i18next",
				"marked",
				"@tanstack/[^/]+",
				"uplot",
			),
		),
		room("^webview-ui/build/", npm("vite")),
		node("^webview-ui/build/"),
	],
	options: {
		doNotFollow: { path: "node_modules" },
		exclude: { path: "(^|/)(dist|\\.vscode-server)/|packages/core/src/generated/.*\\.map$" },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.base.json" },
		enhancedResolveOptions: {
			exportsFields: ["exports"],
			conditionNames: ["import", "require", "node", "default", "types"],
		},
	},
}
