/**
 * Finds the package that the registry does not have in the output of `pnpm install`.
 * @returns its name; `null` when the install failed for another reason
 */
export function missingPackage(output: string): string | null {
	const [, url] = /ERR_PNPM_FETCH_404\s+GET (\S+?):? /.exec(output) ?? []
	if (url !== undefined) return nameInUrl(url)
	const [, request] = /ERR_PNPM_NO_MATCHING_VERSION\s+No matching version found for (\S+)/.exec(output) ?? []
	return request?.replace(/(?<=.)@.*/, "") ?? null
}

/** A registry has a package at `…/name` or `…/@scope%2fname`, and its files below `…/name/-/`. */
function nameInUrl(url: string): string | null {
	const [path = ""] = url.replace(/%2f/gi, "/").split("/-/")
	return /(?:@[\w.~-]+\/)?[\w.~-]+$/.exec(path)?.[0] ?? null
}
