import type { ModelInfo } from "@roo-code/types"

import { formatPrice } from "@src/utils/formatPrice"
import { useAppTranslation } from "@src/i18n/TranslationContext"

type ModelInfoViewProps = { apiProvider?: string; modelInfo?: ModelInfo }

export const ModelInfoView = ({ apiProvider, modelInfo }: ModelInfoViewProps) => {
	const { t } = useAppTranslation()
	const shown = (price?: number) => (price === undefined ? "—" : formatPrice(price))

	return (
		<div data-provider={apiProvider}>
			{modelInfo?.inputPrice !== undefined && (
				<span>
					{t("settings:modelInfo.inputPrice")}: {formatPrice(modelInfo.inputPrice)} / 1M tokens
				</span>
			)}
			<span>{shown(modelInfo?.outputPrice)}</span>
		</div>
	)
}
