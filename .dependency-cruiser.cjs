// Which modules may import which (docs/architecture.md). It is an allow-list: an import that no rule allows is an error.
const TEST = "\\.test\\.tsx?$|/testing/|^packages/(test-kit|system-tests)/|^webview-ui/src/gallery/"
const CORE = "^packages/core/src/"
const DETAILS = "^packages/error-details/src/"
const PROTOCOL = "^packages/protocol/src/"
const EMULATOR = "^packages/bedrock-emulator/src/index\\.ts$"
const ROO_PATCH = "^packages/roo-patch/src/index\\.ts$"
const API_CONTRACT = "^src/api/(index|provider-contract|provider-failure)\\.ts$"
const APP_PORTS = "^src/app/(ports|workspace|request-refused)\\.ts$"
/** The files that packages export: tests of other packages may import these, and no private file. */
const EXPORTS = [
	"^packages/core/src/(index|testing/usage-record)\\.ts$",
	"^packages/(error-details|protocol|bedrock-emulator|roo-patch|e2e)/src/index\\.ts$",
	"^packages/test-kit/src/",
]
const npm = (...names) => `node_modules/(${names.join("|")})(/|$)`
const NODE = { dependencyTypes: ["core"] }

/** Production code of a module may import itself and the targets. */
const module_ = (from, ...targets) => ({
	from: { path: from, pathNot: TEST },
	to: { path: [from, ...targets] },
})
const node = (from) => ({ from: { path: from, pathNot: TEST }, to: NODE })
const tests = (to) => ({ from: { path: TEST }, to })

module.exports = {
	forbidden: [{ name: "no-cycles", severity: "error", from: {}, to: { circular: true } }],
	allowedSeverity: "error",
	allowed: [
		// Tests.
		tests({
			path: [
				"^src/",
				"^scripts/lib/",
				"^package\\.json$",
				"^webview-ui/src/locales/",
				"node_modules/",
				...EXPORTS,
			],
		}),
		tests(NODE),
		{ from: { path: "^packages/([^/]+)/.*(\\.test\\.tsx?$|/testing/)" }, to: { path: "^packages/$1/" } },
		{ from: { path: "^packages/(test-kit|system-tests)/" }, to: { path: "^packages/$1/" } },
		{ from: { path: "^webview-ui/src/(.*\\.test\\.tsx?$|(testing|gallery)/)" }, to: { path: "^webview-ui/" } },

		module_(CORE),
		// Plain Node: the scripts run before anything is installed.
		module_("^scripts/"),
		module_("^scripts/build\\.mjs$", npm("esbuild", "vite")),
		module_("^scripts/lib/document-table\\.mjs$", npm("prettier")),
		module_("^scripts/bench\\.mjs$", npm("esbuild")),
		module_("^scripts/lint/.*\\.test\\.mjs$", npm("eslint", "vitest")),
		module_("^scripts/lib/take-gallery\\.mjs$", npm("vite", "playwright", "playwright-core")),
		node("^scripts/"),

		module_("^packages/core/build/", CORE, npm("zod")),
		node("^packages/core/build/"),

		module_(DETAILS, CORE),
		module_(PROTOCOL, CORE, DETAILS, npm("zod")),

		module_("^packages/bedrock-emulator/", npm("@smithy/core", "zod")),
		node("^packages/bedrock-emulator/"),

		module_(
			"^packages/e2e/",
			CORE,
			PROTOCOL,
			EMULATOR,
			"^scripts/lib/",
			npm("playwright", "playwright-core", "yauzl"),
		),
		node("^packages/e2e/"),

		module_(
			"^packages/bench/",
			CORE,
			PROTOCOL,
			EMULATOR,
			"^packages/e2e/src/index\\.ts$",
			"^packages/test-kit/src/hosts/load-probe\\.ts$",
			"^src/api/providers/bedrock/index\\.ts$",
			"^scripts/lib/",
			npm("@ai-sdk/amazon-bedrock", "@aws-sdk/client-bedrock-runtime", "@smithy/node-http-handler"),
		),
		node("^packages/bench/"),

		module_("^packages/roo-patch/", npm("typescript", "zod")),
		node("^packages/roo-patch/"),

		module_("^src/api/", CORE, DETAILS, PROTOCOL, npm("@aws-sdk/[^/]+", "@smithy/[^/]+", "https-proxy-agent")),
		node("^src/api/"),

		module_("^src/price-list/", CORE, DETAILS, npm("zod", "@streamparser/[^/]+")),
		node("^src/price-list/"),

		// Use cases: storage < attachments < chat < settings and history < session.
		module_("^src/app/[^/]+\\.ts$", "^src/app/", CORE, DETAILS, PROTOCOL, API_CONTRACT, "^src/price-list/"),
		module_("^src/app/storage/", APP_PORTS, CORE, DETAILS, PROTOCOL),
		module_("^src/app/attachments/", "^src/app/storage/", APP_PORTS, CORE, DETAILS, PROTOCOL, API_CONTRACT),
		module_("^src/app/chat/", "^src/app/(attachments|storage)/", APP_PORTS, CORE, DETAILS, PROTOCOL, API_CONTRACT),
		module_("^src/app/settings/", "^src/app/(chat|storage)/", APP_PORTS, CORE, DETAILS, PROTOCOL, API_CONTRACT),
		module_("^src/app/history/", "^src/app/(chat|attachments|storage)/", APP_PORTS, CORE, DETAILS, PROTOCOL),
		module_("^src/app/workspace-tools/", PROTOCOL, API_CONTRACT, npm("zod")),
		node("^src/app/"),

		module_(
			"^src/vscode/",
			CORE,
			DETAILS,
			PROTOCOL,
			API_CONTRACT,
			"^src/app/",
			"^vscode$|node_modules/@types/vscode/",
		),
		node("^src/vscode/"),

		module_(
			"^src/extension\\.ts$",
			CORE,
			DETAILS,
			PROTOCOL,
			"^src/(api|app|vscode)/",
			"^vscode$|node_modules/@types/vscode/",
			"^package\\.json$",
		),

		module_(
			"^src/cli(/|\\.ts$)",
			CORE,
			DETAILS,
			PROTOCOL,
			"^src/(api|app|price-list)/",
			EMULATOR,
			ROO_PATCH,
			npm("commander", "zod"),
			"^package\\.json$",
		),
		node("^src/cli(/|\\.ts$)"),

		module_(
			"^webview-ui/",
			CORE,
			DETAILS,
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
		module_("^webview-ui/build/", npm("vite")),
		node("^webview-ui/build/"),
	],
	options: {
		doNotFollow: { path: "node_modules" },
		exclude: { path: "(^|/)(dist|\\.vscode-server)/|packages/core/src/generated/.*\\.map$|/testing/look-alikes/" },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.base.json" },
		enhancedResolveOptions: {
			exportsFields: ["exports"],
			conditionNames: ["import", "require", "node", "default", "types"],
		},
	},
}
