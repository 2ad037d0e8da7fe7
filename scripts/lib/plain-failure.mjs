/** A failure whose message is all that a person needs: printed as it is, without a stack. */
export class PlainFailure extends Error {}

/** Runs a script's main function; its answer is the exit code. */
export async function runMain(main) {
	try {
		process.exitCode = (await main()) ?? 0
	} catch (error) {
		const noSpace = error?.code === "ENOSPC"
		if (noSpace) console.error("The disk is full. Free some space and try again.")
		else console.error(error instanceof PlainFailure ? error.message : error)
		process.exitCode = 1
	}
}
