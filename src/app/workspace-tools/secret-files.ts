import { fileMatcher } from "./glob"

/** Files that usually hold secrets: passwords, tokens, private keys. Their names are listed, their content is not read. */
export const SECRET_FILES = [
	".env*",
	"*.env",
	"*.pem",
	"*.key",
	"*.ppk",
	"*.p12",
	"*.pfx",
	"*.jks",
	"*.keystore",
	"*.kdbx",
	"*.tfstate*",
	"*.tfvars",
	"id_{rsa,dsa,ecdsa,ed25519}",
	".npmrc",
	".pypirc",
	".netrc",
	"_netrc",
	".pgpass",
	".htpasswd",
	".git-credentials",
	"credentials",
	"credentials.json",
	"secrets.{json,yml,yaml,toml}",
] as const

/** Folders with nothing but such files. `.git` keeps the addresses that it fetches from, with passwords where people put them. */
export const SECRET_FOLDERS = [".git", ".ssh", ".aws", ".gnupg", ".kube", ".docker"] as const

const matchers = SECRET_FILES.map((pattern) => fileMatcher(pattern))

/** @param segments the path below the workspace folder, the file's or folder's own name last */
export function isSecret(segments: readonly string[]): boolean {
	const name = segments.at(-1)
	if (name === undefined) return false
	return segments.some(isSecretFolder) || matchers.some((matches) => matches?.(name))
}

export function isSecretFolder(name: string): boolean {
	return (SECRET_FOLDERS as readonly string[]).includes(name.toLowerCase())
}
