import { useEffect, useRef } from "react"
import { useLocale } from "../../locale"
import { drawPlot, plotSize, type PlotData } from "./draw-plot"

/** Plot of requests over time. Hidden from screen readers, which get the same data from the table next to it. */
export function SpeedPlot({ requests, tiers, measure }: PlotData) {
	const locale = useLocale()
	const element = useRef<HTMLDivElement>(null)
	useEffect(() => {
		const { current } = element
		if (!current) return
		const plot = drawPlot(current, { requests, tiers, measure }, locale)
		const resizeObserver = new ResizeObserver(() => plot.setSize(plotSize(current)))
		resizeObserver.observe(current)
		// VS Code writes a theme's colours into the document's `style` attribute, and its kind into the body's class.
		const themeObserver = new MutationObserver(() => plot.redraw())
		themeObserver.observe(document.documentElement, { attributeFilter: ["style", "class"] })
		themeObserver.observe(document.body, { attributeFilter: ["class"] })
		return () => {
			resizeObserver.disconnect()
			themeObserver.disconnect()
			plot.destroy()
		}
	}, [requests, tiers, measure, locale])
	return <div ref={element} className="speed-plot" aria-hidden="true" />
}
