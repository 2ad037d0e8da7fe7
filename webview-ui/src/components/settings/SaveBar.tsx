import type { SaveState } from "../../state/webview-state"
import { useLocale, type Locale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { StatusLine } from "../ui/StatusLine"
import { RECOVERS_FOCUS } from "../use-focus-recovery"
import { hasField } from "./field-error"

type SaveBarProps = {
	readonly save: SaveState
	readonly profileId: string
	/** Whether saving would change anything. */
	readonly dirty: boolean
	/** Whether errors that are marked at fields have to be fixed before saving. */
	readonly blocked: boolean
	/** Whether there is anything to discard. */
	readonly touched: boolean
	readonly onDiscard: () => void
}

export function SaveBar({ save, profileId, dirty, blocked, touched, onDiscard }: SaveBarProps) {
	const locale = useLocale()
	const { t } = locale
	const store = useStore()
	const pendingText = blocked ? t("settings.blocked") : dirty ? t("settings.unsaved") : ""
	const profileSave = save.kind !== "idle" && save.profileId === profileId ? save : null
	return (
		<div className="save-bar" role="group" aria-label={t("settings.save")} {...RECOVERS_FOCUS}>
			<Button
				disabled={!dirty || blocked || save.kind === "saving"}
				onClick={() => store.saveSettings(profileId)}>
				{t("settings.save")}
			</Button>
			<Button look="secondary" disabled={!touched} onClick={onDiscard}>
				{t("settings.discard")}
			</Button>
			<StatusLine>{profileSave ? saveText(profileSave, locale) : pendingText}</StatusLine>
		</div>
	)
}

function saveText(save: Exclude<SaveState, { kind: "idle" }>, { t, details }: Locale): string {
	if (save.kind !== "refused") return t(`settings.${save.kind}`)
	if (hasField(save.field)) return t("settings.refusedAtField")
	const { field } = save
	const message = details(save.details)
	return field === "" ? t("settings.refusedWhole", { message }) : t("settings.refused", { field, message })
}
