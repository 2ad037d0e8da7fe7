import { t } from "@bedrock-tiers/core"
import type { Credentials } from "@bedrock-tiers/protocol"

/** What is wrong with the credentials: they are missing, not known to AWS, or expired. */
export type CredentialFailure = "missing" | "wrong" | "expired"

/**
 * Returns the message for each signing method and failure, with what to do. The messages of AWS and the SDK are left
 * out: those about a signature quote the session token, those about a profile may quote a command.
 */
export function credentialFailureMessage(failure: CredentialFailure, credentials: Credentials): string {
	switch (credentials.method) {
		case "default-chain":
			return DEFAULT_CHAIN[failure]()
		case "profile":
			return profileMessage(failure, credentials.profile)
		case "api-key":
			return API_KEY[failure]()
		case "static-keys":
			return STATIC_KEYS[failure]()
	}
}

const DEFAULT_CHAIN: Readonly<Record<CredentialFailure, () => string>> = {
	missing: () =>
		t(
			"No AWS credentials were found on this machine. Set the usual AWS environment variables (AWS_BEARER_TOKEN_BEDROCK takes a Bedrock API key), or sign in with: aws sso login.",
		),
	wrong: () =>
		t(
			"AWS does not know the credentials that were found on this machine. Check the AWS environment variables, the shared AWS files and this machine's clock.",
		),
	expired: () => t("The AWS credentials have expired. Renew them (for SSO: aws sso login) and try again."),
}

const API_KEY: Readonly<Record<CredentialFailure, () => string>> = {
	missing: () => t("There is no Bedrock API key. Add one in Settings."),
	wrong: () =>
		t(
			"AWS does not know the Bedrock API key. Create a new one in the Amazon Bedrock console and enter it in Settings.",
		),
	expired: () =>
		t("The Bedrock API key has expired. Create a new one in the Amazon Bedrock console and enter it in Settings."),
}

const STATIC_KEYS: Readonly<Record<CredentialFailure, () => string>> = {
	missing: () => t("There are no AWS access keys. Add them in Settings."),
	wrong: () =>
		t(
			"AWS does not know the stored access keys. Enter all of them again in Settings (temporary keys need their session token), and check this machine's clock.",
		),
	expired: () => t("The stored access keys have expired. Enter new ones, with their session token, in Settings."),
}

function profileMessage(failure: CredentialFailure, profile: string): string {
	switch (failure) {
		case "missing":
			return t(
				'The AWS profile "{0}" gives no credentials. Check its name and its entry in the shared AWS files; for SSO, sign in with: aws sso login --profile {0}.',
				profile,
			)
		case "wrong":
			return t(
				'AWS does not know the keys of the AWS profile "{0}". Check its entry in the shared AWS files and this machine\'s clock.',
				profile,
			)
		case "expired":
			return t(
				'The credentials of the AWS profile "{0}" have expired. Renew them (for SSO: aws sso login --profile {0}) and try again; the files are read anew.',
				profile,
			)
	}
}
