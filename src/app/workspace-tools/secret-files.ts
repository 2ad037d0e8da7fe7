import { fileMatcher } from "./glob"

/**
 * Files that usually contain secrets: passwords, tokens, private keys. They are listed, but their content is not read.
 */
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

/** Folders whose files are all treated as secret. `.git` stores remote URLs, which can contain passwords. */
export const SECRET_FOLDERS = [".git", ".ssh", ".aws", ".gnupg", ".kube", ".docker"] as const

const matchers = SECRET_FILES.map((pattern) => fileMatcher(pattern))

/** @param segments the path below the workspace folder; the last one is the name of the file or folder */
export function isSecret(segments: readonly string[]): boolean {
	const name = segments.at(-1)
	if (name === undefined) return false
	return segments.some(isSecretFolder) || matchers.some((matches) => matches?.(name))
}

export function isSecretFolder(name: string): boolean {
	return (SECRET_FOLDERS as readonly string[]).includes(name.toLowerCase())
}
