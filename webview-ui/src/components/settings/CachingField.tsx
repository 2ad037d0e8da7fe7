import type { RequestApi } from "@bedrock-tiers/core"
import { CACHE_LIFETIMES, type CacheLifetime } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"
import { InsteadOfField } from "../ui/InsteadOfField"
import type { AnswerModel } from "./answer-model"

type CachingFieldProps = {
	readonly answering: AnswerModel
	readonly api: RequestApi
	readonly lifetime: CacheLifetime
	readonly error: string | undefined
	readonly onChange: (lifetime: CacheLifetime) => void
}

/** For how long a prompt is cached, where the model takes the marks for it. */
export function CachingField({ answering, api, lifetime, error, onChange }: CachingFieldProps) {
	const { t } = useLocale()
	const { model, name, toBeNamed } = answering
	const caching = model?.promptCaching
	// Nothing is marked here, which is what the other two would say too.
	const kept = lifetime === "1h" ? t("caching.kept") : undefined
	if (!caching && !toBeNamed) {
		const isAutomatic = model?.automaticCaching?.apis.includes(api)
		return (
			<InsteadOfField
				sentence={isAutomatic ? t("caching.byItself", { model: name }) : undefined}
				kept={kept}
				error={error}
			/>
		)
	}
	const hasHour = toBeNamed || caching?.lifetimes.includes("1h")
	const offered = CACHE_LIFETIMES.filter((each) => each !== "1h" || hasHour || each === lifetime)
	return (
		<Dropdown
			label={t("caching.label")}
			value={lifetime}
			options={offered.map((each) => ({
				value: each,
				text: t(each === "1h" && !hasHour ? "caching.hourNotTaken" : `caching.${each}`),
			}))}
			hint={
				lifetime === "1h" && !hasHour ? (
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
