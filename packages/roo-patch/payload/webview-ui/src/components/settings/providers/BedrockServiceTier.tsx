import { useId } from "react"

import {
	type BedrockTier,
	type BedrockTierChoice,
	type BedrockTierOption,
	type ProviderSettings,
	bedrockTierChoice,
	formatBedrockUnitPrice,
	planBedrockTier,
	requestedBedrockTier,
	storedBedrockTier,
} from "@roo-code/types"

import { useAppTranslation } from "@src/i18n/TranslationContext"
import { cn } from "@src/lib/utils"
import { bedrockTierName } from "@src/utils/bedrockTierName"
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@src/components/ui"

const DESCRIPTION_KEYS: Record<BedrockTier, string> = {
	default: "settings:bedrockTier.standardPromise",
	flex: "settings:bedrockTier.flexPromise",
	priority: "settings:bedrockTier.priorityPromise",
}

type BedrockServiceTierProps = {
	apiConfiguration: ProviderSettings
	setApiConfigurationField: (field: keyof ProviderSettings, value: ProviderSettings[keyof ProviderSettings]) => void
}

/** The service tier dropdown with its price table; at most a note when the model supports no tier. */
export const BedrockServiceTier = ({ apiConfiguration, setApiConfigurationField }: BedrockServiceTierProps) => {
	const { t } = useAppTranslation()
	const selectId = useId()
	const hintId = useId()

	const stored = requestedBedrockTier(apiConfiguration)
	const choice = bedrockTierChoice(apiConfiguration)
	const chosen = choice?.options.find(({ tier }) => tier === stored)
	const storedNote = t("settings:bedrockTier.keptNote", { tier: bedrockTierName(t, stored) })

	if (!choice) {
		return stored === "default" ? null : (
			<div className="text-sm text-vscode-descriptionForeground">{storedNote}</div>
		)
	}

	const optionName = ({ tier, contested }: BedrockTierOption) => {
		const name = bedrockTierName(t, tier)
		return contested ? t("settings:bedrockTier.contestedOption", { tier: name }) : name
	}
	const unsupportedName = t("settings:bedrockTier.notTakenOption", { tier: bedrockTierName(t, stored) })

	return (
		<div>
			<label htmlFor={selectId} className="block font-medium mb-1">
				{t("settings:bedrockTier.label")}
			</label>
			<Select
				value={stored}
				onValueChange={(value) => {
					const picked = choice.options.find(({ tier }) => tier === value)
					if (picked) setApiConfigurationField("awsBedrockServiceTier", storedBedrockTier(picked.tier))
				}}>
				<SelectTrigger
					id={selectId}
					className="w-full"
					aria-describedby={hintId}
					data-testid="bedrock-service-tier">
					<SelectValue>
						<span className="truncate">{chosen ? optionName(chosen) : unsupportedName}</span>
					</SelectValue>
				</SelectTrigger>
				<SelectContent className="max-w-[var(--radix-select-content-available-width)]">
					{choice.options.map((option) => (
						<SelectItem key={option.tier} value={option.tier} textValue={optionName(option)}>
							<span className="flex flex-col items-start">
								<span>{optionName(option)}</span>{" "}
								<span className="text-xs opacity-80">{t(DESCRIPTION_KEYS[option.tier])}</span>
							</span>
						</SelectItem>
					))}
					{!chosen && <SelectItem value={stored}>{unsupportedName}</SelectItem>}
				</SelectContent>
			</Select>
			<div id={hintId} className="text-sm text-vscode-descriptionForeground mt-1">
				<div>{chosen ? t(DESCRIPTION_KEYS[stored]) : storedNote}</div>
				{chosen?.contested && (
					<div>{t("settings:bedrockTier.contestedHint", { tier: bedrockTierName(t, stored) })}</div>
				)}
				{choice.kind === "unknown-model" && <div>{t("settings:bedrockTier.unknownModelHint")}</div>}
			</div>
			{choice.kind === "choose" && (
				<BedrockTierPrices choice={choice} chosen={stored} region={pricedRegion(apiConfiguration)} />
			)}
		</div>
	)
}

/** The region of the prices: that of an ARN, otherwise the selected one. Empty when no region is selected. */
function pricedRegion(apiConfiguration: ProviderSettings): string {
	const { apiModelId, awsCustomArn } = apiConfiguration
	return planBedrockTier(apiConfiguration, (apiModelId === "custom-arn" ? awsCustomArn : apiModelId) ?? "").region
}

const COLUMNS = [
	{ price: "inputUsdPerMTok", label: "settings:bedrockTier.columnInput", always: true },
	{ price: "outputUsdPerMTok", label: "settings:bedrockTier.columnOutput", always: true },
	{ price: "cacheReadUsdPerMTok", label: "settings:bedrockTier.columnCacheReads", always: false },
	{ price: "cacheWriteUsdPerMTok", label: "settings:bedrockTier.columnCacheWrites", always: false },
] as const

type BedrockTierPricesProps = { choice: BedrockTierChoice; chosen: BedrockTier; region: string }

const BedrockTierPrices = ({ choice: { options, route }, chosen, region }: BedrockTierPricesProps) => {
	const { t } = useAppTranslation()
	const columns = COLUMNS.filter(
		({ price, always }) => always || options.some((option) => (option.price?.prices[price] ?? null) !== null),
	)
	const place = [
		region || t("settings:bedrockTier.noRegion"),
		...(route === "geo" ? [t("settings:bedrockTier.geoRoute")] : []),
		...(route === "global" ? [t("settings:bedrockTier.globalRoute")] : []),
	].join(", ")

	return (
		<div className="@container mt-2 border border-vscode-dropdown-border rounded-xs overflow-x-auto">
			<table className="w-full text-xs @sm:text-sm">
				<caption className="max-w-[100cqw] px-1 @sm:px-3 py-1.5 text-left text-xs text-vscode-descriptionForeground">
					{t("settings:bedrockTier.pricesCaption", { place })}
				</caption>
				<thead className="bg-vscode-dropdown-background">
					<tr>
						<th scope="col" className="text-left px-1 @sm:px-3 py-1.5">
							{t("settings:bedrockTier.columnTier")}
						</th>
						{columns.map(({ price, label }) => (
							<th key={price} scope="col" className="text-right px-1 @sm:px-3 py-1.5">
								{t(label)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{options.map((option) => (
						<tr key={option.tier} className="border-t border-vscode-dropdown-border/60">
							<th
								scope="row"
								className={cn(
									"text-left px-1 @sm:px-3 py-1.5 whitespace-nowrap",
									option.tier === chosen ? "font-bold" : "font-normal",
								)}>
								{bedrockTierName(t, option.tier)}
								{option.tier === chosen && (
									<>
										<span
											className="codicon codicon-check ml-1 align-middle text-inherit"
											aria-hidden="true"
										/>
										<span className="sr-only"> ({t("settings:bedrockTier.chosen")})</span>
									</>
								)}
							</th>
							{columns.map(({ price }) => {
								const usdPerMTok = option.price?.prices[price] ?? null
								return (
									<td
										key={price}
										className={cn(
											"text-right px-1 @sm:px-3 py-1.5 tabular-nums",
											option.tier === chosen && "font-bold",
										)}>
										{usdPerMTok !== null ? (
											formatBedrockUnitPrice(usdPerMTok)
										) : (
											<>
												<span aria-hidden="true">—</span>
												<span className="sr-only">{t("settings:bedrockTier.notKnown")}</span>
											</>
										)}
									</td>
								)
							})}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	)
}
