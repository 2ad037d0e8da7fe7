import { test } from "vitest"
import { anyFreePort } from "../../../scripts/lib/ports.mjs"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/** A VS Code server and its open window. */
export type HostWithWindow = {
	readonly host: VsCodeHost
	/** The window that the next test uses; `undefined` when it has to open one. */
	window: Workbench | undefined
}

/** The server that several test files use one after the other. */
export type SharedHost = HostWithWindow & {
	/** Port of the demo profile's endpoint: each file starts an emulator with its own options there. */
	readonly demoPort: number
	/** Port of the server that replaces AWS's price list, if a test starts one. */
	readonly priceListPort: number
}

const local = (port: number) => `http://127.0.0.1:${port}`

/** Its hooks can use `shared`, which starts when the first file needs it, and ends with the test process. */
export const testWithSharedHost = test.extend(
	"shared",
	{ scope: "worker" },
	// Vitest reads the names of the needed fixtures from the pattern.
	// eslint-disable-next-line no-empty-pattern
	async ({}, { onCleanup }): Promise<SharedHost> => {
		const [demoPort, priceListPort] = [await anyFreePort(), await anyFreePort()]
		const host = await startVsCodeHost({
			emulator: { url: local(demoPort) },
			env: { BEDROCK_TIERS_PRICE_LIST_URL: local(priceListPort) },
		})
		onCleanup(() => host.close())
		return { host, demoPort, priceListPort, window: undefined }
	},
)
