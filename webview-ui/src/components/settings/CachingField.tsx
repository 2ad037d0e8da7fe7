import { CACHE_LIFETIMES } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { UnavailableField } from "../ui/UnavailableField"
import type { AnswerModel } from "./answer-model"
import type { EditorProps } from "./editor-props"
import { SettingDropdown } from "./SettingDropdown"

type CachingFieldProps = EditorProps & { readonly answerModel: AnswerModel }

/** Lifetime of cached prompts, for models that support cache checkpoints in requests. */
export function CachingField({ answerModel, ...editor }: CachingFieldProps) {
	const { t } = useLocale()
	const { model, name, isUnresolved } = answerModel
	const { api, promptCaching: lifetime } = editor.draft.edited
	const caching = model?.promptCaching
	if (!caching && !isUnresolved) {
		const isAutomatic = model?.automaticCaching?.apis.includes(api)
		return (
			<UnavailableField
				reason={isAutomatic ? t("caching.byItself", { model: name }) : undefined}
				// Only "1h" needs a note: notes for "off" and "5m" would repeat that no cache checkpoints are sent.
				storedNote={lifetime === "1h" ? t("caching.kept") : undefined}
				error={editor.error("settings.promptCaching")}
			/>
		)
	}
	const supportsHour = isUnresolved || caching?.lifetimes.includes("1h")
	const offered = CACHE_LIFETIMES.filter((each) => each !== "1h" || supportsHour || each === lifetime)
	const isUnsupported = lifetime === "1h" && !supportsHour
	return (
		<SettingDropdown
			{...editor}
			setting="promptCaching"
			label={t("caching.label")}
			options={offered.map((each) => ({
				value: each,
				text: t(each === "1h" && !supportsHour ? "caching.hourNotTaken" : `caching.${each}`),
			}))}
			hint={isUnsupported ? <p className="warning">{t("caching.hourKept")}</p> : t("caching.hint")}
		/>
	)
}
