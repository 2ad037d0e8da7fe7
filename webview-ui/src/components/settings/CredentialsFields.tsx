import type { Credentials } from "@bedrock-tiers/protocol"
import type { SecretsDraft } from "../../state/secret-edit"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"
import { TextField } from "../ui/TextField"
import type { ErrorAt } from "./field-error"
import { ApiKeyField, StaticKeysFields } from "./SecretFields"

const METHODS = [
	"default-chain",
	"profile",
	"api-key",
	"static-keys",
] as const satisfies readonly Credentials["method"][]

type CredentialsFieldsProps = {
	readonly credentials: Credentials
	readonly secrets: SecretsDraft
	readonly apiKeyIsSet: boolean
	readonly staticKeysAreSet: boolean
	readonly error: ErrorAt
	readonly onChange: (credentials: Credentials) => void
	readonly onSecrets: (edits: Partial<SecretsDraft>) => void
}

export function CredentialsFields(props: CredentialsFieldsProps) {
	const { t } = useLocale()
	const { credentials, secrets, error, onChange, onSecrets } = props
	return (
		<>
			<Dropdown
				label={t("credentials.label")}
				value={credentials.method}
				options={METHODS.map((method) => ({ value: method, text: t(`credentials.${method}`) }))}
				error={error("settings.credentials")}
				hint={
					credentials.method === "default-chain" && (
						<p className="hint">{t("credentials.defaultChainHint")}</p>
					)
				}
				onChange={(method) => onChange(method === "profile" ? { method, profile: "" } : { method })}
			/>
			{credentials.method === "profile" && (
				<TextField
					label={t("credentials.profileName")}
					value={credentials.profile}
					hint={<p className="hint">{t("credentials.profileHint")}</p>}
					error={error("settings.credentials.profile")}
					onChange={(profile) => onChange({ method: "profile", profile })}
				/>
			)}
			{credentials.method === "api-key" && (
				<ApiKeyField
					edit={secrets.apiKey}
					isSet={props.apiKeyIsSet}
					error={error}
					onEdit={(apiKey) => onSecrets({ apiKey })}
				/>
			)}
			{credentials.method === "static-keys" && (
				<StaticKeysFields
					edit={secrets.staticKeys}
					isSet={props.staticKeysAreSet}
					error={error}
					onEdit={(staticKeys) => onSecrets({ staticKeys })}
				/>
			)}
		</>
	)
}
