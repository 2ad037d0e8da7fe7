import { startEmulator, type Emulator, type EmulatorOptions } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest"
import { resetWindow } from "./reset"
import { testWithSharedHost, type HostWithWindow } from "./shared-host"
import { userAt } from "./user"
import { startVsCodeHost, type VsCodeHost, type VsCodeHostOptions } from "./vscode-host"
import type { Workbench, WorkbenchOptions } from "./workbench"

/** One VS Code window for the tests of a file, and one emulator. */
export type WorkbenchUnderTest = {
	readonly emulator: Emulator
	readonly host: VsCodeHost
	readonly workbench: Workbench
	readonly user: ReturnType<typeof userAt>
	/** Where a test can start a server that replaces AWS's price list; only with the shared VS Code server. */
	readonly priceListPort: number
	/** The next test gets a new window, because a reset does not undo what this test changes. */
	discardWindow(): void
}

type UnderTestOptions = {
	/** `false`: no demo profile, as on a user's machine. */
	readonly demo?: boolean
	/** Options with which the file starts its own VS Code server, instead of using the shared one. */
	readonly host?: VsCodeHostOptions
	/** The window of earlier files is not used. */
	readonly startsWithNewWindow?: boolean
	/** Options of the windows of a file that starts its own server. */
	readonly window?: WorkbenchOptions
}

/**
 * Registers the hooks that prepare the environment of a test file. Its tests, and those of the other files with default
 * options, use the same window, which is reset before each test. After a test that failed or reloaded the window, the
 * next one gets a new window. A failed test leaves a screenshot.
 */
export function workbenchUnderTest(
	options: EmulatorOptions,
	{ demo = true, host, window, startsWithNewWindow = false }: UnderTestOptions = {},
): WorkbenchUnderTest {
	const ownsHost = host !== undefined || !demo
	let current: HostWithWindow
	let discarded = false
	const test = {
		discardWindow() {
			discarded = true
		},
	} as { -readonly [Key in keyof WorkbenchUnderTest]: WorkbenchUnderTest[Key] }
	const use = (workbench: Workbench) => {
		current.window = workbench
		test.workbench = workbench
		test.user = userAt(workbench)
	}
	const closeWindow = async () => {
		const { window } = current
		current.window = undefined
		await window?.close()
	}

	if (ownsHost) {
		beforeAll(async () => {
			test.emulator = await startEmulator({ pace: "instant", ...options })
			const ownHost = await startVsCodeHost({ ...host, ...(demo && { emulator: test.emulator }) })
			current = { host: ownHost, window: undefined }
		})
		afterAll(() => current?.host.close())
	} else {
		testWithSharedHost.beforeAll(async ({ shared: sharedHost }) => {
			current = sharedHost
			test.priceListPort = sharedHost.priceListPort
			test.emulator = await startEmulator({ pace: "instant", ...options, port: sharedHost.demoPort })
		})
	}
	beforeAll(async () => {
		test.host = current.host
		if (startsWithNewWindow) await closeWindow()
	})
	beforeEach(async () => {
		discarded = false
		test.emulator.setScenario(options.scenario ?? "served-as-asked")
		test.emulator.setUsage(options.usage ?? null)
		test.emulator.requests.length = 0
		if (!current.window) return use(await test.host.open(window))
		use(current.window)
		await resetWindow(test.host, test.workbench, test.user)
	})
	afterEach(async ({ task }) => {
		const failed = task.result?.state === "fail"
		if (failed) await current.window?.screenshot(`failed: ${task.name}`.replace(/[^a-z0-9]+/gi, "-"))
		if (failed || discarded || current.window?.wasReloaded) await closeWindow()
	})
	afterAll(() => test.emulator?.close())
	return test
}
