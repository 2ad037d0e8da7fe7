import { apiName, parseModelRef, type SelectableTier, type TierChoice } from "@bedrock-tiers/core"
import { profileTierChoice, type RefreshedPrices, type TierRefusal } from "@bedrock-tiers/protocol"
import { useEffect, useRef, type ReactNode } from "react"
import { useLocale, type Locale } from "../../locale"
import { useStore } from "../store-context"
import type { DropdownOption } from "../ui/Dropdown"
import { FieldNotes } from "../ui/FieldNotes"
import type { EditorProps } from "./editor-props"
import { PriceTable } from "./PriceTable"
import { RefusalNotes } from "./RefusalNotes"
import { SettingDropdown } from "./SettingDropdown"

type TierFieldProps = EditorProps & {
	/** Tier of the stored settings. */
	readonly storedTier: SelectableTier
	/** Whether the user has seen the notice about the price of Priority. */
	readonly knowsPriority: boolean
	readonly refreshed: RefreshedPrices | null
	/** Refusals that apply to the model as the edited settings would call it. */
	readonly refusals: readonly TierRefusal[]
	/** Shown below the prices. */
	readonly children?: ReactNode
}

/** Service tier field, or the reason why the model has no choice of tiers, with the price of each tier below. */
export function TierField(props: TierFieldProps) {
	const { storedTier, knowsPriority, refreshed, refusals, children, ...editor } = props
	const locale = useLocale()
	const store = useStore()
	const field = useRef<HTMLDivElement>(null)
	useEffect(() => {
		if (store.getState().focusTarget === "tier") field.current?.querySelector("select")?.focus()
	}, [store])
	const { t } = locale
	const settings = editor.draft.edited
	const { modelId, serviceTier } = settings
	const choice = profileTierChoice(settings, refreshed)
	const hasPrices = choice.model !== null || choice.options.some(({ price }) => price !== null)
	const chosen = choice.options.find((option) => option.tier === serviceTier)
	const isFirstPriority = chosen?.tier === "priority" && storedTier !== "priority" && !knowsPriority
	const notes = (
		<>
			<div role="status">
				{isFirstPriority && <p className="warning">{priorityPriceNotice(choice, locale)}</p>}
			</div>
			{chosen?.contested && <p className="warning">{t("tierField.contested")}</p>}
			{choice.kind === "unknown-model" && parseModelRef(modelId) !== null && (
				<p className="hint">{t(hasPrices ? "tierField.unknownModelPriced" : "tierField.unknownModel")}</p>
			)}
			{!chosen && <p className="warning">{t("tierField.keptForLater", { tier: locale.tier(serviceTier) })}</p>}
		</>
	)
	return (
		<div ref={field} className="tier-field">
			{choice.kind === "standard-only" ? (
				<div className="field">
					<p>
						{t(choice.elsewhere ? "tierField.elsewhere" : "tierPromise.standardOnly", {
							model: choice.model?.name ?? modelId,
							api: apiName(settings.api),
						})}
					</p>
					<FieldNotes hint={notes} error={editor.error("settings.serviceTier")} />
				</div>
			) : (
				<>
					<SettingDropdown
						{...editor}
						setting="serviceTier"
						label={t("tierField.label")}
						options={tierOptions(choice, serviceTier, refusals, locale)}
						hint={notes}
					/>
					<RefusalNotes refusals={refusals} whenTierCannotServe={settings.whenTierCannotServe} />
				</>
			)}
			{hasPrices && <PriceTable choice={choice} settings={settings} refreshed={refreshed} />}
			{children}
		</div>
	)
}

function tierOptions(
	choice: TierChoice,
	stored: SelectableTier,
	refusals: readonly TierRefusal[],
	locale: Locale,
): DropdownOption<SelectableTier>[] {
	const { t } = locale
	const options = choice.options.map(({ tier, contested }) => {
		const option = t(`tierPromise.${tier}`)
		if (refusals.some(({ tierRequest }) => tierRequest.tier === tier))
			return { value: tier, text: t("tierField.refusedOption", { tier: locale.tier(tier) }) }
		return { value: tier, text: contested ? t("tierField.contestedOption", { option }) : option }
	})
	if (choice.options.some(({ tier }) => tier === stored)) return options
	return [...options, { value: stored, text: t("tierField.notTakenOption", { tier: locale.tier(stored) }) }]
}

/** Message with the extra cost of Priority over Standard, shown before Priority is saved for the first time. */
function priorityPriceNotice({ options }: TierChoice, { t, unitPrice, percent }: Locale): string {
	const pricesOf = (pricedTier: SelectableTier) => options.find(({ tier }) => tier === pricedTier)?.price?.prices
	const { inputUsdPerMTok: input = null, outputUsdPerMTok: output = null } = pricesOf("default") ?? {}
	const { inputUsdPerMTok: priorityInput = null, outputUsdPerMTok: priorityOutput = null } =
		pricesOf("priority") ?? {}
	if (!input || !output || priorityInput === null || priorityOutput === null) return t("priorityWord.unknown")
	const more = Math.round((priorityOutput / output - 1) * 1_000) / 10
	return t("priorityWord.known", {
		input: unitPrice(input),
		output: unitPrice(output),
		priorityInput: unitPrice(priorityInput),
		priorityOutput: unitPrice(priorityOutput),
		more: percent(more),
	})
}
