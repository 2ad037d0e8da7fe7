import type { Profile } from "@bedrock-tiers/protocol"
import { useEffect, useId, useRef } from "react"
import type { ProfileEdit } from "../../state/profile-edit"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { FieldNotes } from "../ui/FieldNotes"
import { TextField } from "../ui/TextField"

type ProfileEditFormProps = {
	readonly edit: ProfileEdit
	readonly profile: Profile
	/** Whether the profile has unsaved settings. */
	readonly dirty: boolean
}

/** Form for the name of a profile, or for confirming that it is deleted. */
export function ProfileEditForm({ edit, profile, dirty }: ProfileEditFormProps) {
	const { t, details } = useLocale()
	const store = useStore()
	const titleId = useId()
	const form = useRef<HTMLFormElement>(null)
	const { kind, name, problem } = edit
	const error = problem ? details(problem) : undefined
	const duplicateHint = `${t("profiles.duplicateHint")} ${dirty ? t("profiles.duplicateUnsaved") : ""}`
	useEffect(() => {
		const firstControl = form.current?.querySelector<HTMLElement>("vscode-text-field, vscode-button:last-of-type")
		firstControl?.focus()
		// The toolkit sets the text of the field after this effect.
		const frame = requestAnimationFrame(() => firstControl?.shadowRoot?.querySelector("input")?.select())
		return () => cancelAnimationFrame(frame)
	}, [kind])
	return (
		<form
			ref={form}
			className="profile-edit"
			aria-labelledby={titleId}
			onSubmit={(event) => event.preventDefault()}
			onKeyDown={(event) => {
				if (event.key === "Escape") store.leaveProfileEdit()
				if (event.key === "Enter" && (event.target as Element).matches("vscode-text-field")) {
					event.preventDefault()
					store.confirmProfileEdit()
				}
			}}>
			<p id={titleId}>{t(`profiles.${kind}Title`, { name: profile.name })}</p>
			{kind === "delete" ? (
				<FieldNotes hint={t("profiles.deleteHint")} error={error} />
			) : (
				<TextField
					label={t("profiles.name")}
					value={name}
					error={error}
					hint={kind === "duplicate" && duplicateHint}
					onChange={store.nameProfile}
				/>
			)}
			<div className="button-row">
				<Button disabled={edit.requestId !== null} onClick={store.confirmProfileEdit}>
					{t(`profiles.${kind}Confirm`)}
				</Button>
				<Button look="secondary" onClick={store.leaveProfileEdit}>
					{t("profiles.cancel")}
				</Button>
			</div>
		</form>
	)
}
