/** A measurement that runs once per round, in turn with others. */
export type Contestant<Result> = { readonly name: string; run(): Promise<Result> }

/**
 * Runs all contestants in every round. Each round starts with the next contestant, so that a warm cache or a slow
 * moment of the machine does not always affect the same one. The first `warmUp` rounds are not recorded.
 */
export async function runInterleaved<Result>(
	contestants: readonly Contestant<Result>[],
	{ rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<Map<string, Result[]>> {
	const results = new Map(contestants.map(({ name }) => [name, [] as Result[]]))
	for (let round = -warmUp; round < rounds; round++) {
		for (let turn = 0; turn < contestants.length; turn++) {
			const contestant = contestants[(turn + round + warmUp) % contestants.length]
			if (!contestant) continue
			collectGarbage()
			const result = await contestant.run()
			if (round >= 0) results.get(contestant.name)?.push(result)
		}
	}
	return results
}

/** Keeps a measurement from including the garbage of an earlier one. Throws if Node was started without --expose-gc. */
export function collectGarbage(): void {
	if (!globalThis.gc) throw new Error("Start Node with --expose-gc.")
	globalThis.gc()
}
