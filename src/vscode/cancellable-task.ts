import * as vscode from "vscode"

/**
 * Runs something that takes a while, with a notification that shows how far it is and can end it.
 * @returns undefined when the person ended it
 */
export async function cancellableTask<T>(
	title: string,
	run: (signal: AbortSignal, report: (progress: string) => void) => Promise<T>,
): Promise<T | undefined> {
	const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true }
	return vscode.window.withProgress(options, async (progress, token) => {
		const ended = new AbortController()
		const subscription = token.onCancellationRequested(() => ended.abort())
		try {
			return await run(ended.signal, (message) => progress.report({ message }))
		} catch (error) {
			if (ended.signal.aborted) return undefined
			throw error
		} finally {
			subscription.dispose()
		}
	})
}
