/** An error whose message is sufficient for the user: it is printed without a stack trace. */
export class PlainFailure extends Error {}

/** Runs a script's main function, whose return value is the exit code, and prints its error. */
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
