import { isDeletable, uniqueName, type Profile } from "@bedrock-tiers/protocol"
import { useEffect, useRef } from "react"
import { PROFILE_ACTIONS, type ProfileAction, type ProfileEdit } from "../../state/profile-edit"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { Dropdown } from "../ui/Dropdown"
import { ProfileEditForm } from "./ProfileEditForm"

type ProfileFieldProps = {
	readonly profile: Profile
	readonly profiles: readonly Profile[]
	/** Null = nothing is about to be done. */
	readonly edit: ProfileEdit | null
	/** Some of its settings are not saved yet. */
	readonly dirty: boolean
}

/** Which profile is in use, and what can be done to it. */
export function ProfileField({ profile, profiles, edit, dirty }: ProfileFieldProps) {
	const { t } = useLocale()
	const store = useStore()
	const actions = useRef<HTMLDivElement>(null)
	const opened = useRef<ProfileAction | null>(null)
	const shown = useRef(profile.id)
	useEffect(() => {
		// Back to where the form was opened from.
		if (edit === null && opened.current !== null) actionButton(actions.current, opened.current)?.focus()
		opened.current = edit?.kind ?? null
	}, [edit])
	const stays = !isDeletable(profile, profiles)
	useEffect(() => {
		// The button that had the focus is switched off soon, which would take it away.
		if (stays && shown.current !== profile.id && actions.current?.contains(document.activeElement))
			actionButton(actions.current, "add")?.focus()
		shown.current = profile.id
	}, [profile.id, stays])
	const names: Record<ProfileAction, string> = {
		add: uniqueName(t("profiles.newName"), profiles),
		rename: profile.name,
		duplicate: uniqueName(t("profiles.copyName", { name: profile.name }), profiles),
		delete: profile.name,
	}
	return (
		<div className="profile-field">
			<Dropdown
				label={t("app.profile")}
				value={profile.id}
				options={profiles.map(({ id, name }) => ({ value: id, text: name }))}
				onChange={store.selectProfile}
			/>
			<div ref={actions} className="button-row" role="group" aria-label={t("profiles.actions")}>
				{PROFILE_ACTIONS.map((action) => (
					<Button
						key={action}
						look="quiet"
						label={t(`profiles.${action}Label`)}
						disabled={action === "delete" && stays}
						onClick={() => store.startProfileEdit(action, profile.id, names[action])}>
						{t(`profiles.${action}`)}
					</Button>
				))}
			</div>
			{stays && profile.kind === "aws" && <p className="hint">{t("profiles.last")}</p>}
			{edit?.profileId === profile.id && <ProfileEditForm edit={edit} profile={profile} dirty={dirty} />}
		</div>
	)
}

function actionButton(row: HTMLElement | null, action: ProfileAction): HTMLElement | undefined {
	return row?.querySelectorAll<HTMLElement>("vscode-button")[PROFILE_ACTIONS.indexOf(action)]
}
