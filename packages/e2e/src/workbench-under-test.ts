import { startEmulator, type Emulator, type EmulatorOptions } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest"
import { userAt } from "./user"
import { startVsCodeHost, type VsCodeHost, type VsCodeHostOptions } from "./vscode-host"
import type { Workbench, WorkbenchOptions } from "./workbench"

/** One VS Code server and one emulator per test file, and one window without stored data per test. */
export type WorkbenchUnderTest = {
	readonly emulator: Emulator
	readonly host: VsCodeHost
	readonly workbench: Workbench
	readonly user: ReturnType<typeof userAt>
	/** Opens the window of a test, with `opensInTest`. */
	open(options?: WorkbenchOptions): Promise<void>
}

type UnderTestOptions = {
	/** Whether each test calls `open` itself, instead of a window being opened before it. */
	readonly opensInTest?: boolean
	/** `false`: no demo profile, as on a user's machine. */
	readonly demo?: boolean
	readonly host?: VsCodeHostOptions
}

/** Registers the hooks that start and stop the environment of a test file. A failed test leaves a screenshot. */
export function workbenchUnderTest(
	options: EmulatorOptions,
	{ opensInTest = false, demo = true, host = {} }: UnderTestOptions = {},
): WorkbenchUnderTest {
	const test = {
		async open(window) {
			use(await test.host.open(window))
		},
	} as { -readonly [Key in keyof WorkbenchUnderTest]: WorkbenchUnderTest[Key] }
	const use = (workbench: Workbench) => {
		test.workbench = workbench
		test.user = userAt(workbench)
	}

	beforeAll(async () => {
		test.emulator = await startEmulator({ pace: "instant", ...options })
		test.host = await startVsCodeHost({ ...host, ...(demo && { emulator: test.emulator }) })
	})
	beforeEach(async () => {
		test.emulator.setScenario(options.scenario ?? "served-as-asked")
		test.emulator.setUsage(options.usage ?? null)
		test.emulator.requests.length = 0
		if (!opensInTest) await test.open()
	})
	afterEach(async ({ task }) => {
		const { workbench } = test
		if (task.result?.state === "fail")
			await workbench?.screenshot(`failed: ${task.name}`.replace(/[^a-z0-9]+/gi, "-"))
		await workbench?.close()
	})
	afterAll(async () => {
		await test.host?.close()
		await test.emulator?.close()
	})
	return test
}
