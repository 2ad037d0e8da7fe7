import type { RequestApi } from "@bedrock-tiers/core"
import { CACHE_LIFETIMES, type CacheLifetime } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"
import { UnavailableField } from "../ui/UnavailableField"
import type { AnswerModel } from "./answer-model"

type CachingFieldProps = {
	readonly answerModel: AnswerModel
	readonly api: RequestApi
	readonly lifetime: CacheLifetime
	readonly error: string | undefined
	readonly onChange: (lifetime: CacheLifetime) => void
}

/** Lifetime of cached prompts, for models that support cache checkpoints in requests. */
export function CachingField({ answerModel, api, lifetime, error, onChange }: CachingFieldProps) {
	const { t } = useLocale()
	const { model, name, isUnresolved } = answerModel
	const caching = model?.promptCaching
	// Only "1h" needs a note: notes for "off" and "5m" would repeat that no cache checkpoints are sent.
	const storedNote = lifetime === "1h" ? t("caching.kept") : undefined
	if (!caching && !isUnresolved) {
		const isAutomatic = model?.automaticCaching?.apis.includes(api)
		return (
			<UnavailableField
				reason={isAutomatic ? t("caching.byItself", { model: name }) : undefined}
				storedNote={storedNote}
				error={error}
			/>
		)
	}
	const supportsHour = isUnresolved || caching?.lifetimes.includes("1h")
	const offered = CACHE_LIFETIMES.filter((each) => each !== "1h" || supportsHour || each === lifetime)
	return (
		<Dropdown
			label={t("caching.label")}
			value={lifetime}
			options={offered.map((each) => ({
				value: each,
				text: t(each === "1h" && !supportsHour ? "caching.hourNotTaken" : `caching.${each}`),
			}))}
			hint={
				lifetime === "1h" && !supportsHour ? (
					<p className="warning">{t("caching.hourKept")}</p>
				) : (
					<p className="hint">{t("caching.hint")}</p>
				)
			}
			error={error}
			onChange={onChange}
		/>
	)
}
