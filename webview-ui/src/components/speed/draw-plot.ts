import type { RequestSpeed } from "@bedrock-tiers/protocol"
import uPlot from "uplot"
import type { Locale } from "../../locale"
import { measureText } from "./speed-text"
import type { Spread } from "./spread"
import { tierMark } from "./tier-marks"
import { hasEnoughValues, type Measure, type TierSpeeds } from "./tier-speeds"

export type PlotData = {
	readonly requests: readonly RequestSpeed[]
	readonly tiers: readonly TierSpeeds[]
	readonly measure: Measure
}

const HEIGHT_PX = 180
const MARK_PX = 3
const BAND_ALPHA = 0.14
const TIME_LABEL_PX = 72
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]
const DAY_S = 86_400
const MIN_PAD_S = 900

/** Draws requests over time, with the median and quartiles of each tier, into the element, at the element's width. */
export function drawPlot(element: HTMLElement, data: PlotData, locale: Locale): uPlot {
	const colourOf = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
	const axis: uPlot.Axis = {
		stroke: () => colourOf("--speed-text"),
		font: elementFont(element),
		grid: { stroke: () => colourOf("--speed-grid"), width: 1 },
		ticks: { show: false },
	}
	const { measure } = data
	const lines = data.tiers.map((speeds) => ({ spread: speeds[measure], ...tierMark(speeds.tier) }))
	return new uPlot(
		{
			...plotSize(element),
			// `null`: uPlot computes the padding from the width of the axis labels.
			padding: [8, null, 0, null],
			legend: { show: false },
			cursor: { show: false },
			scales: {
				x: { range: (_plot, from, to) => padRange(from, to) },
				y: { range: (_plot, _from, to) => [0, to * 1.08 || 1] },
			},
			axes: [
				{
					...axis,
					size: 24,
					space: TIME_LABEL_PX,
					values: (_plot, splits, _axis, _space, step) => splits.map((at) => timeText(at, step, locale)),
				},
				{
					...axis,
					size: 48,
					// Labels are whole tokens, so smaller steps would give two grid lines the same label.
					...(measure === "tokensPerSecond" ? { incrs: WHOLE_STEPS } : {}),
					values: (_plot, splits) => splits.map((at) => measureText(measure, at, locale)),
				},
			],
			series: [
				{},
				...lines.map(({ shape, colour }): uPlot.Series => ({
					paths: () => null,
					points: {
						show(plot, index) {
							drawMarks(plot, index, shape, colourOf(colour))
							return false
						},
					},
				})),
			],
			hooks: {
				drawAxes: [(plot) => lines.forEach(({ spread, colour }) => drawBand(plot, spread, colourOf(colour)))],
				draw: [
					(plot) =>
						lines.forEach(({ spread, dash, colour }) => drawMedian(plot, spread, dash, colourOf(colour))),
				],
			},
		},
		alignedData(data),
		element,
	)
}

export function plotSize(element: HTMLElement): { width: number; height: number } {
	return { width: Math.max(1, element.clientWidth), height: HEIGHT_PX }
}

/** Times in seconds, then one list of values per tier: `null` for a request of another tier or without the measure. */
function alignedData({ requests, tiers, measure }: PlotData): uPlot.AlignedData {
	const times = requests.map(({ at }) => Date.parse(at) / 1_000)
	const values = tiers.map(({ tier }) => requests.map((one) => (one.tier === tier ? one[measure] : null)))
	return [times, ...values]
}

/** Widens the time range: no mark is on the edge, and grid lines are minutes apart, since their labels show minutes. */
function padRange(from: number, to: number): [number, number] {
	const pad = Math.max((to - from) * 0.03, MIN_PAD_S)
	return [from - pad, to + pad]
}

function timeText(seconds: number, step: number, { day, time }: Locale): string {
	const at = new Date(seconds * 1_000).toISOString()
	return step >= DAY_S ? day(at) : time(at)
}

function drawMarks(plot: uPlot, index: number, shape: string, colour: string): void {
	const mark = new Path2D(shape)
	const size = MARK_PX * devicePixelRatio
	const marks = new Path2D()
	plot.data[index]?.forEach((value, at) => {
		if (value == null) return
		const x = plot.valToPos(plot.data[0][at] ?? 0, "x", true)
		marks.addPath(mark, new DOMMatrix([size, 0, 0, size, x, plot.valToPos(value, "y", true)]))
	})
	plot.ctx.fillStyle = colour
	plot.ctx.fill(marks)
}

function drawBand(plot: uPlot, spread: Spread | null, colour: string): void {
	if (!hasEnoughValues(spread)) return
	const { ctx, bbox } = plot
	const [top, bottom] = [plot.valToPos(spread.to, "y", true), plot.valToPos(spread.from, "y", true)]
	ctx.save()
	ctx.globalAlpha = BAND_ALPHA
	ctx.fillStyle = colour
	ctx.fillRect(bbox.left, top, bbox.width, Math.max(1, bottom - top))
	ctx.restore()
}

function drawMedian(plot: uPlot, spread: Spread | null, dash: readonly number[], colour: string): void {
	if (spread === null) return
	const { ctx, bbox } = plot
	const y = Math.round(plot.valToPos(spread.median, "y", true))
	ctx.save()
	ctx.strokeStyle = colour
	ctx.lineWidth = 2 * devicePixelRatio
	ctx.setLineDash(dash.map((length) => length * devicePixelRatio))
	ctx.beginPath()
	ctx.moveTo(bbox.left, y)
	ctx.lineTo(bbox.left + bbox.width, y)
	ctx.stroke()
	ctx.restore()
}

function elementFont(element: HTMLElement): string {
	const { fontSize, fontFamily } = getComputedStyle(element)
	return `${fontSize} ${fontFamily}`
}
