/** A package that a project needs and its registry does not have. */
export type MissingPackage = {
	readonly name: string
	/** The name, with the version if only that is missing. */
	readonly request: string
}

/** Finds it in the output of `pnpm install`; `null` when the install failed for another reason. */
export function findMissingPackage(output: string): MissingPackage | null {
	const [, url] = /ERR_PNPM_FETCH_404\s+GET (\S+?):? /.exec(output) ?? []
	const [, range] = /ERR_PNPM_NO_MATCHING_VERSION\s+No matching version found for (\S+)/.exec(output) ?? []
	const request = url === undefined ? range : requestOfUrl(url)
	const name = /^@?[^@]+/.exec(request ?? "")?.[0]
	return request === undefined || name === undefined ? null : { name, request }
}

/** A registry has a package at `…/name` or `…/@scope%2fname`, and its files at `…/name/-/name-1.0.0.tgz`. */
function requestOfUrl(url: string): string | undefined {
	const [path = "", file] = url.replace(/%2f/gi, "/").split("/-/")
	const name = /(?:@[\w.~-]+\/)?[\w.~-]+$/.exec(path)?.[0]
	const version = /-(\d+\.\d+\.\d+.*)\.tgz$/.exec(file ?? "")?.[1]
	return version === undefined ? name : `${name}@${version}`
}
