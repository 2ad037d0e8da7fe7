import { useEffect, useRef } from "react"
import { useLocale } from "../../locale"
import { drawPlot, sizeOf, type Plotted } from "./draw-plot"

/** Requests by time. A picture beside a table that says the same: a screen reader is given that. */
export function SpeedPlot({ requests, tiers, measure }: Plotted) {
	const locale = useLocale()
	const element = useRef<HTMLDivElement>(null)
	useEffect(() => {
		const { current } = element
		if (!current) return
		const plot = drawPlot(current, { requests, tiers, measure }, locale)
		const resized = new ResizeObserver(() => plot.setSize(sizeOf(current)))
		resized.observe(current)
		// VS Code writes a theme's colours into the page's style, and its kind into the body's class.
		const themed = new MutationObserver(() => plot.redraw())
		themed.observe(document.documentElement, { attributeFilter: ["style", "class"] })
		themed.observe(document.body, { attributeFilter: ["class"] })
		return () => {
			resized.disconnect()
			themed.disconnect()
			plot.destroy()
		}
	}, [requests, tiers, measure, locale])
	return <div ref={element} className="speed-plot" aria-hidden="true" />
}
