import { type ProviderSettings, BEDROCK_REGIONS } from "@roo-code/types"

import { useAppTranslation } from "@src/i18n/TranslationContext"
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@src/components/ui"

type BedrockProps = {
	apiConfiguration: ProviderSettings
	setApiConfigurationField: (field: keyof ProviderSettings, value: ProviderSettings[keyof ProviderSettings]) => void
}

export const Bedrock = ({ apiConfiguration, setApiConfigurationField }: BedrockProps) => {
	const { t } = useAppTranslation()

	return (
		<>
			<div>
				<label>{t("settings:providers.awsRegion")}</label>
				<Select
					value={apiConfiguration.awsRegion || ""}
					onValueChange={(value) => setApiConfigurationField("awsRegion", value)}>
					<SelectTrigger className="w-full">
						<SelectValue placeholder={t("settings:common.select")} />
					</SelectTrigger>
					<SelectContent>
						{BEDROCK_REGIONS.map((region) => (
							<SelectItem key={region} value={region}>
								{region}
							</SelectItem>
						))}
					</SelectContent>
				</Select>
			</div>
			<input
				type="checkbox"
				checked={apiConfiguration.awsUseCrossRegionInference ?? false}
				onChange={({ target }) => setApiConfigurationField("awsUseCrossRegionInference", target.checked)}
			/>
		</>
	)
}
