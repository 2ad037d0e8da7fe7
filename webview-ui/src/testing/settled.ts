/** Three animation frames: React's commit, the virtual message list and the toolkit's update queue each take one. */
export async function nextFrames(): Promise<void> {
	for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
}

/**
 * Resolves when the page is at rest: every lazy part is loaded and drawn, and the main thread is idle, so that effects
 * have run and listeners are attached. The limit is the test's own timeout.
 */
export async function settled(): Promise<void> {
	do {
		await nextFrames()
		await new Promise<unknown>((resolve) => requestIdleCallback(resolve))
	} while (document.querySelector("[data-loading]") !== null)
}

/** Opens a `<details>` element and resolves after its `toggle` event, which is dispatched later than the change. */
export async function openDetails(details: HTMLDetailsElement): Promise<void> {
	if (details.open) return
	const toggled = new Promise((resolve) => details.addEventListener("toggle", resolve, { once: true }))
	details.open = true
	await toggled
}
