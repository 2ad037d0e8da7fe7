import { afterAll, beforeAll, expect, test } from "vitest"
import { startBuiltView, type BuiltView } from "./built-view"

/**
 * From the start of the view's script to the first frame in which a message can be typed. What VS Code takes to make a webview is
 * not in it. Other programs on the machine only ever add to a load, so it is the fastest quarter of the loads that is held; the
 * median and the spread are printed, and `npm run bench` holds the median.
 */

const LOADS = 15
const LIMIT_MS = 300

let view: BuiltView
beforeAll(async () => {
	view = await startBuiltView()
})
afterAll(() => view?.close())

test(`a message can be typed within ${LIMIT_MS} ms of the script's start`, async () => {
	const times: number[] = []
	for (let load = 0; load < LOADS; load++) {
		const { page, usableAfterMs } = await view.open()
		await page.keyboard.type("Hello")
		expect(await page.getByRole("textbox", { name: "Message" }).inputValue()).toBe("Hello")
		await page.close()
		times.push(usableAfterMs)
	}
	times.sort((one, other) => one - other)
	const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? Number.NaN)
	// eslint-disable-next-line no-console -- the numbers are what it is for
	console.log(`Usable after ${at(0.5)} ms (median of ${LOADS} loads; from ${at(0)} to ${at(1)} ms)`)
	expect(at(0.25)).toBeLessThan(LIMIT_MS)
})
