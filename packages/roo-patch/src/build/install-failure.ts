/**
 * Explains a failed `pnpm install` by its output: which package is the cause, and what to do.
 * @returns `null` when the cause is no single package
 */
export function explainInstallFailure(output: string): string | null {
	const [, url] = /ERR_PNPM_FETCH_404\s+GET (\S+?):? /.exec(output) ?? []
	const [, range] = /ERR_PNPM_NO_MATCHING_VERSION\s+No matching version found for (\S+)/.exec(output) ?? []
	const missing = url === undefined ? range : packageOfUrl(url)
	if (missing !== undefined)
		return `The registry does not have ${missing}. Check npm's setting "registry", or ${replaceHint(missing)}`
	const [, failed] = /node_modules\/((?:@[\w.~-]+\/)?[\w.~-]+) (?:pre|post)?install: Failed/.exec(output) ?? []
	return failed === undefined
		? null
		: `The install script of ${failed} failed. Solve its cause, or ${replaceHint(failed)}`
}

/** @param request the name of a package, or name and version */
function replaceHint(request: string): string {
	const [name] = /^@?[^@]+/.exec(request) ?? []
	return `use another package in its place: --replace ${name}=<folder or version>.`
}

/** A registry has a package at `…/name` or `…/@scope%2fname`, and its files at `…/name/-/name-1.0.0.tgz`. */
function packageOfUrl(url: string): string | undefined {
	const [path = "", file] = url.replace(/%2f/gi, "/").split("/-/")
	const name = /(?:@[\w.~-]+\/)?[\w.~-]+$/.exec(path)?.[0]
	const version = /-(\d+\.\d+\.\d+.*)\.tgz$/.exec(file ?? "")?.[1]
	return version === undefined ? name : `${name}@${version}`
}
