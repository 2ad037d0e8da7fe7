import * as vscode from "vscode"

/**
 * Runs a long task with a notification that shows its progress and lets the user cancel it.
 * @returns `undefined` when the user cancelled the task
 */
export async function cancellableTask<T>(
	title: string,
	run: (signal: AbortSignal, report: (progress: string) => void) => Promise<T>,
): Promise<T | undefined> {
	const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true }
	return vscode.window.withProgress(options, async (progress, token) => {
		const abort = new AbortController()
		const subscription = token.onCancellationRequested(() => abort.abort())
		try {
			return await run(abort.signal, (message) => progress.report({ message }))
		} catch (error) {
			if (abort.signal.aborted) return undefined
			throw error
		} finally {
			subscription.dispose()
		}
	})
}
