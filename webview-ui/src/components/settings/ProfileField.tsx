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
	/** `null` when no profile form is open. */
	readonly edit: ProfileEdit | null
	/** Whether the profile has unsaved settings. */
	readonly dirty: boolean
}

/** Selects the active profile, and offers the actions on it. */
export function ProfileField({ profile, profiles, edit, dirty }: ProfileFieldProps) {
	const { t } = useLocale()
	const store = useStore()
	const actions = useRef<HTMLDivElement>(null)
	const openedAction = useRef<ProfileAction | null>(null)
	const shownProfileId = useRef(profile.id)
	useEffect(() => {
		// When the form closes, the focus returns to the button that opened it.
		if (edit === null && openedAction.current !== null) actionButton(actions.current, openedAction.current)?.focus()
		openedAction.current = edit?.kind ?? null
	}, [edit])
	const isPermanent = !isDeletable(profile, profiles)
	useEffect(() => {
		// If the focused button is the delete button, it is about to be disabled and would lose the focus.
		if (isPermanent && shownProfileId.current !== profile.id && actions.current?.contains(document.activeElement))
			actionButton(actions.current, "add")?.focus()
		shownProfileId.current = profile.id
	}, [profile.id, isPermanent])
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
						disabled={action === "delete" && isPermanent}
						onClick={() => store.startProfileEdit(action, profile.id, names[action])}>
						{t(`profiles.${action}`)}
					</Button>
				))}
			</div>
			{isPermanent && profile.kind === "aws" && <p className="hint">{t("profiles.last")}</p>}
			{edit?.profileId === profile.id && <ProfileEditForm edit={edit} profile={profile} dirty={dirty} />}
		</div>
	)
}

function actionButton(row: HTMLElement | null, action: ProfileAction): HTMLElement | undefined {
	return row?.querySelectorAll<HTMLElement>("vscode-button")[PROFILE_ACTIONS.indexOf(action)]
}
