/** Calls back once, soon. */
export type Schedule = (callback: () => void) => void

/** A drawing of at most this long is followed by the next frame. */
const QUICK_MS = 8
/** Of the time that a longer one took: typing has the rest. */
const PAUSE = 2

/**
 * The next frame; after a drawing that took long, a later one. So a long answer that is costly to draw grows in fewer steps,
 * and the page stays quick under the person's hands.
 */
export function pacedFrames(): Schedule {
	let notBefore = 0

	function draw(callback: () => void) {
		requestAnimationFrame(() => {
			const started = performance.now()
			callback()
			// Comes after the layout and the painting of this frame.
			setTimeout(() => {
				const took = performance.now() - started
				notBefore = took > QUICK_MS ? performance.now() + PAUSE * took : 0
			})
		})
	}

	return (callback) => {
		const wait = notBefore - performance.now()
		if (wait > 0) setTimeout(draw, wait, callback)
		else draw(callback)
	}
}
