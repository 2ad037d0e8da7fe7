/** Something that is measured beside others, once a round. */
export type Contestant<Result> = { readonly name: string; run(): Promise<Result> }

/**
 * Runs all contestants in every round, each round beginning with the next one, so that neither a warm cache nor a slow
 * moment of the machine is always the same one's. The first rounds only warm up and are not kept.
 */
export async function interleaved<Result>(
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

/** So that nobody pays for another's garbage. Throws where Node was not started with --expose-gc. */
export function collectGarbage(): void {
	if (!globalThis.gc) throw new Error("Start Node with --expose-gc.")
	globalThis.gc()
}
