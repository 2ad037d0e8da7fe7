import { findModel } from "@bedrock-tiers/core"
import { SPEED_DAYS, type Speeds } from "@bedrock-tiers/protocol"
import { Waiting } from "../ui/Waiting"
import { useMemo } from "react"
import { useLocale, type Locale } from "../../locale"
import { useStore } from "../store-context"
import { Dropdown } from "../ui/Dropdown"
import { NumbersTable } from "../ui/NumbersTable"
import { SpeedPlot } from "./SpeedPlot"
import { speedCells, speedNotes, verdictText } from "./speed-text"
import { tierMark } from "./tier-marks"
import { MIN_COMPARED, MEASURES, tierSpeeds, verdicts, type Measure, type TierSpeeds } from "./tier-speeds"

/** Compares the service tiers by the speed and cost of the user's own requests. */
export function SpeedView({ speeds }: { readonly speeds: Speeds | null }) {
	const { t } = useLocale()
	if (!speeds) return <Waiting text={t("speed.loading")} />
	return (
		<main className="speed">
			<p className="caption">{t("speed.intro", { days: SPEED_DAYS })}</p>
			{speeds.modelId === null ? (
				<p className="hint">{t("speed.none", { days: SPEED_DAYS })}</p>
			) : (
				<ModelSpeeds speeds={speeds} modelId={speeds.modelId} />
			)}
		</main>
	)
}

function ModelSpeeds({ speeds, modelId }: { readonly speeds: Speeds; readonly modelId: string }) {
	const locale = useLocale()
	const store = useStore()
	const { t } = locale
	const { requests } = speeds
	const tiers = useMemo(() => tierSpeeds(requests), [requests])
	const options = speeds.models.map(({ id, requests: count }) => ({
		value: id,
		text: t("speed.modelOption", { model: findModel(id)?.name ?? id, count }),
	}))
	return (
		<>
			<Dropdown label={t("speed.model")} value={modelId} options={options} onChange={store.askSpeeds} />
			<div className="stack" role="status">
				{verdictTexts(tiers, locale).map((text) => (
					<p key={text}>{text}</p>
				))}
			</div>
			<Legend tiers={tiers} />
			{MEASURES.map((measure) => (
				<section key={measure} className="stack">
					<h2>{measureTitle(measure, locale)}</h2>
					{tiers.some((tier) => tier[measure] !== null) && (
						<SpeedPlot requests={requests} tiers={tiers} measure={measure} />
					)}
					<SpeedTable tiers={tiers} measure={measure} />
				</section>
			))}
			{speedNotes(speeds, locale).map((note) => (
				<p key={note} className="caption">
					{note}
				</p>
			))}
		</>
	)
}

function SpeedTable({ tiers, measure }: { readonly tiers: readonly TierSpeeds[]; readonly measure: Measure }) {
	const locale = useLocale()
	const { t } = locale
	return (
		<NumbersTable
			caption={measureTitle(measure, locale)}
			head={[
				t("taskUsage.tier"),
				t("speed.count"),
				t("speed.median"),
				t("speed.middleHalf"),
				t(measure === "firstTokenMs" ? "speed.nineOfTenUnder" : "speed.nineOfTenOver"),
				t("speed.prompt"),
			]}
			rows={tiers.map((tier) => ({
				key: tier.tier,
				cells: [locale.tier(tier.tier), ...speedCells(measure, tier, locale)],
			}))}
		/>
	)
}

/** Legend for the marks and lines of the plots. */
function Legend({ tiers }: { readonly tiers: readonly TierSpeeds[] }) {
	const { t, tier: tierName } = useLocale()
	return (
		<div className="speed-legend" aria-hidden="true">
			<ul>
				{tiers.map(({ tier }) => {
					const { shape, dash, colour } = tierMark(tier)
					return (
						<li key={tier}>
							<svg viewBox="-16 -5 32 10" style={{ color: `var(${colour})` }}>
								<path className="speed-line" d="M-16 0H16" strokeDasharray={dash.join(" ")} />
								<path d={shape} transform="scale(3.5)" />
							</svg>
							{tierName(tier)}
						</li>
					)
				})}
			</ul>
			<p className="caption">{t("speed.key", { fewest: MIN_COMPARED })}</p>
		</div>
	)
}

function verdictTexts(tiers: readonly TierSpeeds[], locale: Locale): string[] {
	const [first, second] = tiers
	if (first && !second) return [locale.t("speed.oneTier", { tier: locale.tier(first.tier) })]
	return verdicts(tiers).map((verdict) => verdictText(verdict, locale))
}

function measureTitle(measure: Measure, { t }: Locale): string {
	return t(measure === "firstTokenMs" ? "speed.firstToken" : "speed.perSecond")
}
