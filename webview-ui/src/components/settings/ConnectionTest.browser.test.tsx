import { detail, textDetail } from "@bedrock-tiers/error-details"
import type { ConnectionTest } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { renderApp } from "../../testing/render-app"
import { profile, request, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

async function renderTest() {
	const app = await renderApp(viewState(), "settings")
	const sendResult = (result: ConnectionTest, profileId = "aws-1") =>
		app.port.say({ type: "connection-test", profileId, test: result })
	return {
		...app,
		sendResult,
		run: app.screen.getByRole("button", { name: "Test connection (billed)" }),
		stop: app.screen.getByRole("button", { name: "Stop the test" }),
		region: app.screen.getByRole("combobox", { name: "Region" }),
	}
}

describe("Test connection", () => {
	test("uses the saved settings, shows tier and cost of the answer, and can be stopped", async () => {
		const { run, stop, sendResult, posted, screen } = await renderTest()
		expect(stop.elements()).toHaveLength(0)
		await run.click()
		expect(posted("test-connection")?.profileId).toBe("aws-1")
		sendResult({ kind: "running" })
		await expect.element(run).toBeDisabled()
		await stop.click()
		expect(posted("stop-test")).toBeDefined()
		sendResult({ kind: "stopped" })
		await expect.element(screen.getByText("Stopped. What was sent by then may be billed.")).toBeVisible()
		sendResult({ kind: "answered", request: request({ totalUsd: 0.0000054, knownUsd: 0.0000054 }) })
		await expect.element(screen.getByText("Bedrock answered: $0.0000054 · Flex")).toBeVisible()
		await expect.element(run).toBeEnabled()
	})

	test("shows why it failed", async () => {
		const { sendResult, screen } = await renderTest()
		const details = [detail("request.timeout"), textDetail("AWS says no.")]
		sendResult({ kind: "failed", error: { code: "timeout", details } })
		await expect.element(screen.getByText("Bedrock did not answer in time. Try again. AWS says no.")).toBeVisible()
	})

	test("is disabled until changes are saved, and drops the result for the earlier settings", async () => {
		const { run, sendResult, region, screen, port, posted } = await renderTest()
		sendResult({ kind: "answered", request: request() })
		await region.selectOptions("eu-west-1")
		await expect.element(run).toBeDisabled()
		await expect.element(screen.getByText(/save or discard your changes first/)).toBeVisible()
		await screen.getByRole("button", { name: "Save" }).click()
		port.say({ type: "saved", requestId: posted("save-settings")?.requestId ?? "" })
		await expect.element(run).toBeEnabled()
		expect(screen.getByText(/Bedrock answered/).elements()).toHaveLength(0)
	})

	test("is labelled as billed, except for the emulator", async () => {
		const { screen, port, run } = await renderTest()
		await expect.element(run).toBeVisible()
		port.say({ type: "state", state: viewState({ profiles: [profile({}, { kind: "demo" })] }) })
		await expect.element(screen.getByRole("button", { name: "Test connection", exact: true })).toBeVisible()
		expect(run.elements()).toHaveLength(0)
	})

	test("does not show the result of another profile", async () => {
		const { sendResult, screen, port } = await renderTest()
		sendResult({ kind: "answered", request: request() })
		await expect.element(screen.getByText(/Bedrock answered/)).toBeVisible()
		const profiles = [profile(), profile({}, { id: "aws-2", name: "Work" })]
		port.say({ type: "state", state: viewState({ profiles, activeProfileId: "aws-2" }) })
		await expect.element(screen.getByText(/Bedrock answered/)).not.toBeInTheDocument()
	})
})
