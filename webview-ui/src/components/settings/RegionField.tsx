import { knownRegions } from "@bedrock-tiers/core"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"

type RegionFieldProps = {
	readonly region: string
	readonly error: string | undefined
	readonly onChange: (region: string) => void
}

const OPTIONS = knownRegions().map((region) => ({ value: region, text: region }))

export function RegionField({ region, error, onChange }: RegionFieldProps) {
	const { t } = useLocale()
	return <Dropdown label={t("settings.region")} value={region} options={OPTIONS} error={error} onChange={onChange} />
}
