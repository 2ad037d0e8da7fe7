/** Calls the callback once, asynchronously. */
export type Schedule = (callback: () => void) => void

/** Longest drawing after which the next frame is used. */
const QUICK_MS = 8
/** Pause after a longer drawing, as a multiple of its duration, which leaves time for typing. */
const PAUSE_FACTOR = 2

/**
 * Schedules callbacks for the next frame, or for a later one after a long drawing. An answer that is expensive to draw
 * then grows in fewer steps, and the page stays responsive to user input.
 */
export function pacedFrames(): Schedule {
	let notBefore = 0

	function draw(callback: () => void) {
		requestAnimationFrame(() => {
			const started = performance.now()
			callback()
			// Runs after the layout and the painting of this frame.
			setTimeout(() => {
				const took = performance.now() - started
				notBefore = took > QUICK_MS ? performance.now() + PAUSE_FACTOR * took : 0
			})
		})
	}

	return (callback) => {
		const wait = notBefore - performance.now()
		if (wait > 0) setTimeout(draw, wait, callback)
		else draw(callback)
	}
}
