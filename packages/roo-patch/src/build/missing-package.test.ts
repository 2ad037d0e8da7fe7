import { expect, it } from "vitest"
import { findMissingPackage } from "./missing-package"

/** Lines as pnpm 10.8.1 prints them. */
it.each([
	[
		"a package",
		" ERR_PNPM_FETCH_404  GET https://registry.example/left-pad: Not Found - 404\n",
		{ name: "left-pad", request: "left-pad" },
	],
	[
		"the file of a package in the lock file",
		" ERR_PNPM_FETCH_404  GET https://registry.example/npm/left-pad/-/left-pad-1.3.0.tgz: Not Found - 404\n",
		{ name: "left-pad", request: "left-pad@1.3.0" },
	],
	[
		"a package with a scope",
		"/a/b:\n ERR_PNPM_FETCH_404  GET https://registry.example/npm/@scope%2Fleft.pad: Not Found - 404\n",
		{ name: "@scope/left.pad", request: "@scope/left.pad" },
	],
	[
		"a version",
		" ERR_PNPM_NO_MATCHING_VERSION  No matching version found for @scope/pad@9.9.9 while fetching it from https://registry.example/\n",
		{ name: "@scope/pad", request: "@scope/pad@9.9.9" },
	],
])(
	"findMissingPackage reads the name from the message about %s that the registry does not have",
	(_, output, missing) => {
		expect(findMissingPackage(`Progress: resolved 1\n${output}\nNo authorization header was set.`)).toEqual(missing)
	},
)

it.each([
	"",
	" ERR_PNPM_FETCH_401  GET https://registry.example/left-pad: Unauthorized - 401\n",
	" ELIFECYCLE  Command failed with exit code 1.\n",
])("findMissingPackage returns null for another failure: %j", (output) => {
	expect(findMissingPackage(output)).toBeNull()
})
