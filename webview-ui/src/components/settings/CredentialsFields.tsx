import { CREDENTIAL_METHODS } from "@bedrock-tiers/protocol"
import type { SecretsDraft } from "../../state/secret-edit"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"
import { TextField } from "../ui/TextField"
import type { EditorProps } from "./editor-props"
import { ApiKeyField, StaticKeysFields } from "./SecretFields"

type CredentialsFieldsProps = EditorProps & { readonly apiKeyIsSet: boolean; readonly staticKeysAreSet: boolean }

export function CredentialsFields(props: CredentialsFieldsProps) {
	const { draft, apiKeyIsSet, staticKeysAreSet, error, onEdit, onChange } = props
	const { t } = useLocale()
	const { credentials } = draft.edited
	const editSecrets = (secrets: Partial<SecretsDraft>) => onEdit((before) => ({ ...before, ...secrets }))
	return (
		<>
			<Dropdown
				label={t("credentials.label")}
				value={credentials.method}
				options={CREDENTIAL_METHODS.map((method) => ({ value: method, text: t(`credentials.${method}`) }))}
				error={error("settings.credentials")}
				hint={credentials.method === "default-chain" && t("credentials.defaultChainHint")}
				onChange={(method) =>
					onChange({ credentials: method === "profile" ? { method, profile: "" } : { method } })
				}
			/>
			{credentials.method === "profile" && (
				<TextField
					label={t("credentials.profileName")}
					value={credentials.profile}
					hint={t("credentials.profileHint")}
					error={error("settings.credentials.profile")}
					onChange={(profile) => onChange({ credentials: { method: "profile", profile } })}
				/>
			)}
			{credentials.method === "api-key" && (
				<ApiKeyField
					edit={draft.apiKey}
					isSet={apiKeyIsSet}
					error={error}
					onEdit={(apiKey) => editSecrets({ apiKey })}
				/>
			)}
			{credentials.method === "static-keys" && (
				<StaticKeysFields
					edit={draft.staticKeys}
					isSet={staticKeysAreSet}
					error={error}
					onEdit={(staticKeys) => editSecrets({ staticKeys })}
				/>
			)}
		</>
	)
}
