import type { SaveState } from "../../state/webview-state"
import { useLocale, type Locale } from "../../locale"
import { Button } from "../ui/Button"
import { StatusLine } from "../ui/StatusLine"
import { RECOVERS_FOCUS } from "../use-focus-recovery"
import { hasField } from "./field-error"

type SaveBarProps = {
	readonly save: SaveState
	readonly profileId: string
	/** Saving would change something. */
	readonly dirty: boolean
	/** What is marked at its field has to be put right first. */
	readonly blocked: boolean
	/** There is something to discard. */
	readonly touched: boolean
	readonly onSave: () => void
	readonly onDiscard: () => void
}

export function SaveBar({ save, profileId, dirty, blocked, touched, onSave, onDiscard }: SaveBarProps) {
	const locale = useLocale()
	const { t } = locale
	const waiting = blocked ? t("settings.blocked") : dirty ? t("settings.unsaved") : ""
	const ours = save.kind !== "idle" && save.profileId === profileId ? save : null
	return (
		<div className="save-bar" role="group" aria-label={t("settings.save")} {...RECOVERS_FOCUS}>
			<Button disabled={!dirty || blocked || save.kind === "saving"} onClick={onSave}>
				{t("settings.save")}
			</Button>
			<Button look="secondary" disabled={!touched} onClick={onDiscard}>
				{t("settings.discard")}
			</Button>
			<StatusLine>{ours ? saveText(ours, locale) : waiting}</StatusLine>
		</div>
	)
}

function saveText(save: Exclude<SaveState, { kind: "idle" }>, { t }: Locale): string {
	if (save.kind !== "refused") return t(`settings.${save.kind}`)
	if (hasField(save.field)) return t("settings.refusedAtField")
	return save.field === ""
		? t("settings.refusedWhole", { message: save.message })
		: t("settings.refused", { field: save.field, message: save.message })
}
