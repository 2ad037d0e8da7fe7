import { expect, it } from "vitest"
import { explainInstallFailure } from "./install-failure"

/** Lines as pnpm 10.8.1 prints them. */

it.each([
	[" ERR_PNPM_FETCH_404  GET https://registry.example/left-pad: Not Found - 404", "left-pad", "left-pad"],
	[
		" ERR_PNPM_FETCH_404  GET https://registry.example/npm/left-pad/-/left-pad-1.3.0.tgz: Not Found - 404",
		"left-pad@1.3.0",
		"left-pad",
	],
	[
		"/a/b:\n ERR_PNPM_FETCH_404  GET https://registry.example/npm/@scope%2Fleft.pad: Not Found - 404",
		"@scope/left.pad",
		"@scope/left.pad",
	],
	[
		" ERR_PNPM_NO_MATCHING_VERSION  No matching version found for @scope/pad@9.9.9 while fetching it from https://registry.example/",
		"@scope/pad@9.9.9",
		"@scope/pad",
	],
])("explainInstallFailure names the package that the registry does not have: %s", (line, request, name) => {
	expect(explainInstallFailure(`Progress: resolved 1\n${line}\n\nNo authorization header was set.`)).toBe(
		`The registry does not have ${request}. Check npm's setting "registry", ` +
			`or use another package in its place: --replace ${name}=<folder or version>.`,
	)
})

it("explainInstallFailure names the package whose install script failed", () => {
	expect(
		explainInstallFailure(
			".../node_modules/core-js postinstall: Done\n" +
				".../node_modules/@vscode/ripgrep postinstall: GET https://example.com\n" +
				".../node_modules/@vscode/ripgrep postinstall: Failed\n ELIFECYCLE  Command failed with exit code 1.\n",
		),
	).toBe(
		"The install script of @vscode/ripgrep failed. Solve its cause, " +
			"or use another package in its place: --replace @vscode/ripgrep=<folder or version>.",
	)
})

it.each([
	"",
	" ERR_PNPM_FETCH_401  GET https://registry.example/left-pad: Unauthorized - 401\n",
	" ELIFECYCLE  Command failed with exit code 1.\n",
])("explainInstallFailure returns null for another failure: %j", (output) => {
	expect(explainInstallFailure(output)).toBeNull()
})
