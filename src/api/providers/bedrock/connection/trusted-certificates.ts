import { readFileSync } from "node:fs"
import { rootCertificates, type ConnectionOptions } from "node:tls"
import { detail } from "@bedrock-tiers/error-details"
import { badInput } from "../../../provider-failure"

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Returns the TLS options that trust the certificates of AWS_CA_BUNDLE in addition to Node's own. Node itself reads
 * NODE_EXTRA_CA_CERTS, but not when a list of certificates is set, so the list contains them. Without AWS_CA_BUNDLE no
 * list is set, because it would replace the system's certificates that VS Code adds.
 * @throws ProviderFailure `bad-input` when the file cannot be read
 */
export function trustedCertificates(environment: Environment = process.env): Pick<ConnectionOptions, "ca"> {
	const bundle = environment.AWS_CA_BUNDLE?.trim()
	if (!bundle) return {}
	const extra = environment.NODE_EXTRA_CA_CERTS?.trim()
	return { ca: [...rootCertificates, readFile(bundle), ...(extra ? [readFile(extra)] : [])] }
}

function readFile(path: string): string {
	try {
		return readFileSync(path, "utf8")
	} catch (error) {
		const reason = (error as NodeJS.ErrnoException).code ?? String(error)
		throw badInput(detail("request.ca-file-unreadable", { path, reason }))
	}
}
