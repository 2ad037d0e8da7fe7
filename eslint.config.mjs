import js from "@eslint/js"
import reactHooks from "eslint-plugin-react-hooks"
import tseslint from "typescript-eslint"

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
