import type { Credentials } from "@bedrock-tiers/protocol"
import { KEEP_API_KEY, type ApiKeyEdit } from "../../state/settings-draft"
import { useWords } from "../../words"
import { Button } from "../ui/Button"
import { Dropdown } from "../ui/Dropdown"
import { FieldNotes } from "../ui/FieldNotes"
import { TextField } from "../ui/TextField"
import type { ErrorAt } from "./field-error"

const METHODS = ["default-chain", "profile", "api-key"] as const satisfies readonly Credentials["method"][]

type ApiKeyFieldProps = {
	readonly apiKey: ApiKeyEdit
	readonly apiKeyIsSet: boolean
	readonly error: ErrorAt
	readonly onApiKey: (edit: ApiKeyEdit) => void
}

type CredentialsFieldsProps = ApiKeyFieldProps & {
	readonly credentials: Credentials
	readonly onChange: (credentials: Credentials) => void
}

export function CredentialsFields(props: CredentialsFieldsProps) {
	const { t } = useWords()
	const { credentials, error, onChange } = props
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
					error={error("settings.credentials.profile")}
					onChange={(profile) => onChange({ method: "profile", profile })}
				/>
			)}
			{credentials.method === "api-key" && <ApiKeyField {...props} />}
		</>
	)
}

/** The stored key never comes here: it can be replaced or removed, not seen. */
function ApiKeyField({ apiKey, apiKeyIsSet, error, onApiKey }: ApiKeyFieldProps) {
	const { t } = useWords()
	const keep = apiKeyIsSet && (
		<Button look="secondary" onClick={() => onApiKey(KEEP_API_KEY)}>
			{t("credentials.keepKey")}
		</Button>
	)
	if (apiKey.kind === "remove")
		return (
			<div className="field">
				<p>{t("credentials.keyWillBeRemoved")}</p>
				<div className="button-row">{keep}</div>
			</div>
		)
	if (apiKey.kind === "keep" && apiKeyIsSet)
		return (
			<div className="field">
				<p>{t("credentials.keyStored")}</p>
				<FieldNotes error={error("apiKey")} />
				<div className="button-row">
					<Button look="secondary" onClick={() => onApiKey({ kind: "replace", value: "" })}>
						{t("credentials.replace")}
					</Button>
					<Button look="secondary" onClick={() => onApiKey({ kind: "remove" })}>
						{t("credentials.remove")}
					</Button>
				</div>
			</div>
		)
	return (
		<>
			<TextField
				label={t("credentials.apiKey")}
				secret
				value={apiKey.kind === "replace" ? apiKey.value : ""}
				error={error("apiKey")}
				hint={<p className="hint">{apiKeyIsSet ? t("credentials.keyHint") : t("credentials.keyNotStored")}</p>}
				onChange={(value) => onApiKey(value === "" && !apiKeyIsSet ? KEEP_API_KEY : { kind: "replace", value })}
			/>
			{keep && <div className="button-row">{keep}</div>}
		</>
	)
}
