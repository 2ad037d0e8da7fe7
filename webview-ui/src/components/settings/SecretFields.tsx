import type { ReactNode } from "react"
import { KEEP_SECRET, NO_STATIC_KEYS, type SecretEdit, type StaticKeysText } from "../../state/secret-edit"
import { useLocale } from "../../locale"
import { Button } from "../ui/Button"
import { FieldNotes } from "../ui/FieldNotes"
import { TextField } from "../ui/TextField"
import type { ErrorAt, FieldPath } from "./field-error"

type SecretProps<Value> = {
	readonly edit: SecretEdit<Value>
	readonly isSet: boolean
	readonly error: ErrorAt
	readonly onEdit: (edit: SecretEdit<Value>) => void
}

/** The webview never receives the stored key: it can be replaced or removed, but not shown. */
export function ApiKeyField(props: SecretProps<string>) {
	const { t } = useLocale()
	const { edit, isSet, error, onEdit } = props
	return (
		<StoredSecret {...props} secret="key" field="apiKey" empty="">
			<TextField
				label={t("credentials.apiKey")}
				secret
				value={edit.kind === "replace" ? edit.value : ""}
				error={error("apiKey")}
				hint={isSet ? t("credentials.keyHint") : t("credentials.keyNotStored")}
				onChange={(value) => onEdit(value === "" && !isSet ? KEEP_SECRET : { kind: "replace", value })}
			/>
		</StoredSecret>
	)
}

const KEY_FIELDS = [
	"accessKeyId",
	"secretAccessKey",
	"sessionToken",
] as const satisfies readonly (keyof StaticKeysText)[]

/** The keys are replaced together, because a session token belongs to its key pair. */
export function StaticKeysFields(props: SecretProps<StaticKeysText>) {
	const { t } = useLocale()
	const { edit, isSet, error, onEdit } = props
	const typed = edit.kind === "replace" ? edit.value : NO_STATIC_KEYS
	const hint = isSet ? t("credentials.keyHint") : t("credentials.keysNotStored")
	const change = (part: Partial<StaticKeysText>) => {
		const value = { ...typed, ...part }
		const isEmpty = KEY_FIELDS.every((field) => value[field] === "")
		onEdit(isEmpty && !isSet ? KEEP_SECRET : { kind: "replace", value })
	}
	return (
		<StoredSecret {...props} secret="keys" field="staticKeys" empty={NO_STATIC_KEYS}>
			{KEY_FIELDS.map((field) => (
				<TextField
					key={field}
					label={t(`credentials.${field}`)}
					secret
					value={typed[field]}
					error={error(`staticKeys.${field}` satisfies FieldPath)}
					hint={field === "sessionToken" && hint}
					onChange={(text) => change({ [field]: text })}
				/>
			))}
		</StoredSecret>
	)
}

type StoredSecretProps<Value> = SecretProps<Value> & {
	/** Prefix of the message keys. */
	readonly secret: "key" | "keys"
	readonly field: FieldPath
	/** Initial value of a replacement. */
	readonly empty: Value
	/** Fields for entering the secret. */
	readonly children: ReactNode
}

function StoredSecret<Value>(props: StoredSecretProps<Value>) {
	const { t } = useLocale()
	const { edit, isSet, error, onEdit, secret, field, empty, children } = props
	const keep = isSet && (
		<div className="button-row">
			<Button look="secondary" onClick={() => onEdit(KEEP_SECRET)}>
				{t(secret === "key" ? "credentials.keepKey" : "credentials.keepKeys")}
			</Button>
		</div>
	)
	if (edit.kind === "remove")
		return (
			<div className="field">
				<p>{t(`credentials.${secret}WillBeRemoved`)}</p>
				{keep}
			</div>
		)
	if (edit.kind === "keep" && isSet)
		return (
			<div className="field">
				<p>{t(`credentials.${secret}Stored`)}</p>
				<FieldNotes error={error(field)} />
				<div className="button-row">
					<Button look="secondary" onClick={() => onEdit({ kind: "replace", value: empty })}>
						{t("credentials.replace")}
					</Button>
					<Button look="secondary" onClick={() => onEdit({ kind: "remove" })}>
						{t("credentials.remove")}
					</Button>
				</div>
			</div>
		)
	return (
		<>
			{children}
			{keep}
		</>
	)
}
