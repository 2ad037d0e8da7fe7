/** Whether every generated case runs (`npm run test:full`), instead of a sample of them (`npm test`). */
export const RUNS_ALL_CASES = process.env.TEST_FULL === "1"

/** The factor by which `npm test` reduces the number of generated cases. */
const SAMPLE_DIVISOR = 10

/** Number of generated cases to run, from the number of a full run. */
export const sampleSize = (count: number) => (RUNS_ALL_CASES ? count : Math.ceil(count / SAMPLE_DIVISOR))

/** All items in a full run; otherwise the first, the last and every tenth in between, so that both ends are tested. */
export function sample<Item>(items: readonly Item[]): readonly Item[] {
	if (RUNS_ALL_CASES) return items
	return items.filter((_, index) => index % SAMPLE_DIVISOR === 0 || index === items.length - 1)
}

/**
 * All items in a full run; otherwise one of `parts` parts. Together, the parts have all items: a suite that runs for
 * several signing methods or languages takes another part for each.
 */
export function samplePart<Item>(items: readonly Item[], parts: number, part: number): readonly Item[] {
	return RUNS_ALL_CASES ? items : items.filter((_, index) => index % parts === part % parts)
}
