import { REQUEST_APIS, type RequestApi } from "@bedrock-tiers/core"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"

type ApiFieldProps = {
	readonly api: RequestApi
	readonly error: string | undefined
	readonly onChange: (api: RequestApi) => void
}

export function ApiField({ api, error, onChange }: ApiFieldProps) {
	const { t } = useLocale()
	return (
		<Dropdown
			label={t("apiField.label")}
			value={api}
			options={REQUEST_APIS.map((each) => ({ value: each, text: t(`apiField.${each}`) }))}
			error={error}
			hint={api === "invoke-model" && <p className="hint">{t("apiField.invokeModelHint")}</p>}
			onChange={onChange}
		/>
	)
}
