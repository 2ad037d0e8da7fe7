import { performance } from "node:perf_hooks"
import { collectGarbage } from "./rounds"
import { spreadOf, type Spread } from "./statistics"

/**
 * What one call takes, in microseconds: each round is so many calls, and the warm-up so many rounds.
 * @param call gets the number of the call, and gives something that is kept, so that it cannot be optimised away
 */
export function microsecondsACall(
	call: (index: number) => unknown,
	{ rounds, calls, warmUp = 3 }: { readonly rounds: number; readonly calls: number; readonly warmUp?: number },
): Spread {
	const values: number[] = []
	let kept: unknown
	for (let round = -warmUp; round < rounds; round++) {
		collectGarbage()
		const started = performance.now()
		for (let index = 0; index < calls; index++) kept = call(index)
		const perCall = ((performance.now() - started) * 1000) / calls
		if (round >= 0) values.push(perCall)
	}
	if (kept === undefined) throw new Error("The call gave nothing.")
	return spreadOf(values)
}
