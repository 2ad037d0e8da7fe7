import { readFileSync } from "node:fs"
import { join } from "node:path"
import js from "@eslint/js"
import reactHooks from "eslint-plugin-react-hooks"
import tseslint from "typescript-eslint"
import { bedrockTiers } from "./scripts/lint/plugin.mjs"

/** Code of the extension host with texts for users. */
const HOST = ["src/**/*.ts", "packages/{core,error-details,protocol}/src/**/*.ts"]
const TESTS = ["**/*.test.ts", "**/testing/**"]
/** The terminal is not translated. */
const TERMINAL = ["src/cli.ts", "src/cli/**"]

/** Other files with texts for the model, for developers or for the terminal only, or with markup. */
const UNTRANSLATED = [
	"packages/error-details/src/english.ts",
	"src/api/providers/bedrock/conversation/{known-turn,order-turns,pair-tools,repair-block,repair-conversation,tool-schema,tools-as-text}.ts",
	"src/api/providers/bedrock/converse/converse-tools.ts",
	"src/api/providers/bedrock/invoke-model/{chat-completions-body,json,read-chunks}.ts",
	"src/app/attachments/question-blocks.ts",
	"src/app/chat/{background,conversation}.ts",
	"src/app/workspace-tools/**",
	"src/price-list/{data-folder,explain-price,model-names,price-file}.ts",
	"src/vscode/webview-html.ts",
]

const readJson = (file) => JSON.parse(readFileSync(join(import.meta.dirname, file), "utf8"))
const hostKeys = { "l10n/bundle.l10n.json": Object.keys(readJson("l10n/bundle.l10n.json")) }

export default tseslint.config(
	{
		ignores: [
			"**/dist/",
			"**/node_modules/",
			".vscode-server/",
			"test-results/",
			"packages/core/src/generated/",
			"packages/roo-patch/payload/",
			"packages/roo-patch/src/testing/look-alikes/",
		],
	},
	js.configs.recommended,
	...tseslint.configs.strict,
	{
		plugins: { "bedrock-tiers": bedrockTiers },
		rules: {
			"@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
			"@typescript-eslint/no-dynamic-delete": "off",
			"@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
			"@typescript-eslint/no-invalid-void-type": "off",
			"no-console": "error",
			eqeqeq: ["error", "always", { null: "ignore" }],
		},
	},
	{
		files: ["webview-ui/src/**/*.{ts,tsx}"],
		plugins: { "react-hooks": reactHooks },
		rules: reactHooks.configs.recommended.rules,
	},
	{
		// The toolkit is deprecated: only these components know it, so that it can be replaced in one place.
		files: ["webview-ui/src/**/*.{ts,tsx}"],
		ignores: ["webview-ui/src/components/ui/**"],
		rules: { "no-restricted-imports": ["error", { patterns: ["@vscode/webview-ui-toolkit*"] }] },
	},
	{
		// Nothing can listen on a port in a browser, where the webview runs. The rule's own tests break the rule.
		ignores: ["webview-ui/**", "scripts/lint/*.test.mjs"],
		rules: { "bedrock-tiers/loopback-only": "error" },
	},
	{
		files: HOST,
		ignores: [...TESTS, ...TERMINAL, ...UNTRANSLATED],
		rules: {
			"bedrock-tiers/untranslated-text": [
				"error",
				{ names: ["Amazon Bedrock", "Bedrock Tiers", "Mistral AI", "Moonshot AI", "Roo Code"] },
			],
		},
	},
	{
		files: HOST,
		ignores: [...TESTS, ...TERMINAL],
		rules: { "bedrock-tiers/text-in-bundle": ["error", hostKeys] },
	},
	{
		// No content of the webview, and no message from it, chooses a command of VS Code.
		files: ["src/**/*.ts"],
		ignores: TESTS,
		rules: {
			"no-restricted-syntax": [
				"error",
				{
					selector: [
						"CallExpression[callee.property.name='executeCommand']",
						":not([arguments.0.value=/^(setContext|workbench.action.openWalkthrough)$/])",
						":not([arguments.0.expressions.0.name='MAIN_VIEW_ID'])",
					].join(""),
					message: "Add the command to the allowed ones in eslint.config.mjs. It must be a constant.",
				},
				{
					selector: "Identifier[name=/^(enableCommandUris|isTrusted)$/]",
					message: "A link in a message of a model must not run a command.",
				},
			],
		},
	},
	{
		// Text from outside must not control the terminal.
		files: TERMINAL,
		ignores: [...TESTS, "src/cli/output.ts"],
		rules: {
			"no-restricted-properties": [
				"error",
				...["stdout", "stderr"].map((property) => ({
					object: "process",
					property,
					message: "Print with the functions of src/cli/output.ts.",
				})),
			],
			"no-restricted-imports": ["error", "process", "node:process", "console", "node:console"],
		},
	},
	{
		// Text from outside must not become a link in a notification, or control characters in the log.
		files: ["src/extension.ts", "src/vscode/**"],
		ignores: [...TESTS, "src/vscode/{notifications,output-channel}.ts"],
		rules: {
			"no-restricted-properties": [
				"error",
				...["showInformationMessage", "showWarningMessage", "showErrorMessage", "createOutputChannel"].map(
					(property) => ({ property, message: "Use src/vscode/notifications.ts or output-channel.ts." }),
				),
			],
		},
	},
	{
		// These scripts run in a terminal and write to it.
		files: ["scripts/**/*.mjs", "packages/core/build/**/*.ts"],
		languageOptions: {
			globals: {
				process: "readonly",
				console: "readonly",
				performance: "readonly",
				setTimeout: "readonly",
				clearTimeout: "readonly",
				URL: "readonly",
				URLSearchParams: "readonly",
				fetch: "readonly",
				AbortSignal: "readonly",
				AbortController: "readonly",
				Buffer: "readonly",
				setInterval: "readonly",
				clearInterval: "readonly",
			},
		},
		rules: { "no-console": "off" },
	},
)
