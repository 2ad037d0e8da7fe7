/** Milliseconds from frame to frame while something is done, and those that a page cannot be without. */
export async function framesWhile(
	work: () => Promise<void>,
): Promise<{ worst: number; slowest5Percent: number; count: number }> {
	const frames: number[] = []
	let last = performance.now()
	let running = true
	const onFrame = (now: number) => {
		frames.push(now - last)
		last = now
		if (running) requestAnimationFrame(onFrame)
	}
	requestAnimationFrame(onFrame)
	await work()
	running = false
	const sorted = frames.slice(1).sort((one, other) => one - other)
	return {
		worst: sorted.at(-1) ?? 0,
		slowest5Percent: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
		count: sorted.length,
	}
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** As a wheel does it: the page knows that it is the person who scrolls. */
export function scrollByHand(element: Element, top: number): void {
	element.dispatchEvent(new WheelEvent("wheel", { bubbles: true }))
	element.scrollTop = top
}
