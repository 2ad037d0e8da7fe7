import { performance } from "node:perf_hooks"
import { collectGarbage } from "./rounds"
import { spreadOf, type Spread } from "./statistics"

/**
 * Measures the duration of one call in microseconds. `calls` is the number of calls per round, and `warmUp` the number
 * of rounds that are not recorded.
 * @param call receives the index of the call; its result is stored, so that the call cannot be optimized away
 */
export function measureMicrosecondsPerCall(
	call: (index: number) => unknown,
	{ rounds, calls, warmUp = 3 }: { readonly rounds: number; readonly calls: number; readonly warmUp?: number },
): Spread {
	const values: number[] = []
	let lastResult: unknown
	for (let round = -warmUp; round < rounds; round++) {
		collectGarbage()
		const started = performance.now()
		for (let index = 0; index < calls; index++) lastResult = call(index)
		const perCall = ((performance.now() - started) * 1000) / calls
		if (round >= 0) values.push(perCall)
	}
	if (lastResult === undefined) throw new Error("The call gave nothing.")
	return spreadOf(values)
}
