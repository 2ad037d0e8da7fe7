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
export function ApiKeyField({ edit, isSet, error, onEdit }: SecretProps<string>) {
	const { t } = useLocale()
	const hint = isSet ? t("credentials.keyHint") : t("credentials.keyNotStored")
	return (
		<StoredSecret
			messages={{ stored: t("credentials.keyStored"), removed: t("credentials.keyWillBeRemoved") }}
			keep={t("credentials.keepKey")}
			error={error("apiKey")}
			empty=""
			{...{ edit, isSet, onEdit }}>
			<TextField
				label={t("credentials.apiKey")}
				secret
				value={edit.kind === "replace" ? edit.value : ""}
				error={error("apiKey")}
				hint={hint}
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
export function StaticKeysFields({ edit, isSet, error, onEdit }: SecretProps<StaticKeysText>) {
	const { t } = useLocale()
	const typed = edit.kind === "replace" ? edit.value : NO_STATIC_KEYS
	const hint = isSet ? t("credentials.keyHint") : t("credentials.keysNotStored")
	const change = (part: Partial<StaticKeysText>) => {
		const value = { ...typed, ...part }
		const isEmpty = KEY_FIELDS.every((field) => value[field] === "")
		onEdit(isEmpty && !isSet ? KEEP_SECRET : { kind: "replace", value })
	}
	return (
		<StoredSecret
			messages={{ stored: t("credentials.keysStored"), removed: t("credentials.keysWillBeRemoved") }}
			keep={t("credentials.keepKeys")}
			error={error("staticKeys")}
			empty={NO_STATIC_KEYS}
			{...{ edit, isSet, onEdit }}>
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

type StoredSecretProps<Value> = Omit<SecretProps<Value>, "error"> & {
	readonly messages: { readonly stored: string; readonly removed: string }
	readonly keep: string
	readonly error: string | undefined
	/** Initial value of a replacement. */
	readonly empty: Value
	/** Fields for entering the secret. */
	readonly children: ReactNode
}

function StoredSecret<Value>(props: StoredSecretProps<Value>) {
	const { t } = useLocale()
	const { edit, isSet, onEdit } = props
	const keep = isSet && (
		<Button look="secondary" onClick={() => onEdit(KEEP_SECRET)}>
			{props.keep}
		</Button>
	)
	if (edit.kind === "remove")
		return (
			<div className="field">
				<p>{props.messages.removed}</p>
				<div className="button-row">{keep}</div>
			</div>
		)
	if (edit.kind === "keep" && isSet)
		return (
			<div className="field">
				<p>{props.messages.stored}</p>
				<FieldNotes error={props.error} />
				<div className="button-row">
					<Button look="secondary" onClick={() => onEdit({ kind: "replace", value: props.empty })}>
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
			{props.children}
			{keep && <div className="button-row">{keep}</div>}
		</>
	)
}
