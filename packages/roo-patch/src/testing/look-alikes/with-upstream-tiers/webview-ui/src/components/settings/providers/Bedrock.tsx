import {
	type BedrockServiceTier,
	type ProviderSettings,
	BEDROCK_REGIONS,
	BEDROCK_SERVICE_TIER_MODEL_IDS,
} from "@roo-code/types"

import { useAppTranslation } from "@src/i18n/TranslationContext"
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@src/components/ui"

type BedrockProps = {
	apiConfiguration: ProviderSettings
	setApiConfigurationField: (field: keyof ProviderSettings, value: ProviderSettings[keyof ProviderSettings]) => void
}

export const Bedrock = ({ apiConfiguration, setApiConfigurationField }: BedrockProps) => {
	const { t } = useAppTranslation()

	// Of the models on the list only, as their ids are written there.
	const supportsServiceTiers = BEDROCK_SERVICE_TIER_MODEL_IDS.some((each) => each === apiConfiguration.apiModelId)

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
			{supportsServiceTiers && (
				<div>
					<label>{t("settings:providers.awsServiceTier")}</label>
					<Select
						value={apiConfiguration.awsBedrockServiceTier || "STANDARD"}
						onValueChange={(value) =>
							setApiConfigurationField("awsBedrockServiceTier", value as BedrockServiceTier)
						}>
						<SelectTrigger className="w-full">
							<SelectValue placeholder={t("settings:common.select")} />
						</SelectTrigger>
						<SelectContent>
							<SelectItem value="STANDARD">Standard</SelectItem>
							<SelectItem value="FLEX">Flex</SelectItem>
							<SelectItem value="PRIORITY">Priority</SelectItem>
						</SelectContent>
					</Select>
				</div>
			)}
			<input
				type="checkbox"
				checked={apiConfiguration.awsUseCrossRegionInference ?? false}
				onChange={({ target }) => setApiConfigurationField("awsUseCrossRegionInference", target.checked)}
			/>
		</>
	)
}
